import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('staff?limit=1', '/settings/staff');

export const shots: Shot[] = [
  { name: 'settings-staff', path: '/settings/staff' },
  { name: 'settings-staff-one', path: first },
  { name: 'settings-staff-new', path: '/settings/staff', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.hf-inputs').waitFor(); } },
];
