import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'settings-roles', path: '/settings/roles' },
  { name: 'settings-role-new', path: '/settings/roles', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.hf-checks').waitFor(); } },
];
