import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'settings-units', path: '/settings/units' },
  { name: 'settings-unit', path: '/settings/units', prepare: async (page) => { await page.locator('td .ant-btn-link').first().click(); await page.locator('.hf-inputs').waitFor(); } },
];
