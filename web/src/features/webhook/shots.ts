import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'settings-webhooks', path: '/settings/webhooks' },
  { name: 'settings-webhook-new', path: '/settings/webhooks', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.ant-modal input').first().waitFor(); } },
];
