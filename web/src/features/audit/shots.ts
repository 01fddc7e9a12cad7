import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'settings-audit', path: '/settings/audit' },
  { name: 'settings-audit-filtered', path: '/settings/audit?kind=followup&action=followup.completed' },
  { name: 'settings-audit-verified', path: '/settings/audit', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn').last().click(); await page.locator('[role=status].hf-tag').waitFor(); } },
];
