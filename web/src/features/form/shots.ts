import type { Page } from 'playwright-core';
import type { Shot } from '../../../e2e/shot';

const first = async (page: Page) => {
  await page.goto('/settings/forms');
  return (await page.locator('a[href^="/settings/forms/"]').first().getAttribute('href')) ?? '/settings/forms';
};

export const shots: Shot[] = [{ name: 'settings-forms', path: '/settings/forms' }, { name: 'settings-form', path: first }];
