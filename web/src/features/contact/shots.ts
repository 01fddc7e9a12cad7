import type { Page } from 'playwright-core';
import type { Shot } from '../../../e2e/shot';

const first = async (page: Page) => {
  await page.goto('/contacts');
  return (await page.locator('a[href^="/contacts/"]').first().getAttribute('href')) ?? '/contacts';
};

export const shots: Shot[] = [
  { name: 'contacts', path: '/contacts' },
  { name: 'contacts-sheet', path: '/contacts?edit=true' },
  { name: 'contacts-empty', path: '/contacts?text=zzzzzz' },
  { name: 'contact', path: first },
  { name: 'contact-missing', path: '/contacts/nobody' },
  { name: 'contact-new', path: '/contacts', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.hf-inputs').waitFor(); } },
];
