import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'settings-channels', path: '/settings/channels' },
  { name: 'settings-channel-new', path: '/settings/channels', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.ant-modal input').first().waitFor(); } },
];
