import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'settings-tokens', path: '/settings/tokens' },
  { name: 'settings-token-new', path: '/settings/tokens', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.ant-modal .hf-input').first().waitFor(); } },
];
