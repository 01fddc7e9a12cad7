import type { Page } from 'playwright-core';
import type { Shot } from '../../../e2e/shot';

const first = async (page: Page) => {
  await page.goto('/settings/staff');
  return (await page.locator('a[href^="/settings/staff/"]').first().getAttribute('href')) ?? '/settings/staff';
};

export const shots: Shot[] = [
  { name: 'settings-staff', path: '/settings/staff' },
  { name: 'settings-staff-one', path: first },
  { name: 'settings-staff-new', path: '/settings/staff', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.hf-inputs').waitFor(); } },
];
