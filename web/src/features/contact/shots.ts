import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('contacts?limit=1', '/contacts');

export const shots: Shot[] = [
  { name: 'contacts', path: '/contacts' },
  { name: 'contacts-sheet', path: '/contacts?edit=true' },
  { name: 'contacts-empty', path: '/contacts?text=zzzzzz' },
  { name: 'contact', path: first },
  { name: 'contacts-duplicates', path: '/contacts/duplicates' },
  { name: 'assets-duplicates', path: '/contacts/duplicates?kind=assets' },
  { name: 'contact-missing', path: '/contacts/nobody' },
  { name: 'contact-new', path: '/contacts', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.hf-inputs').waitFor(); } },
];
