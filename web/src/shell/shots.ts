import type { Shot } from '../../e2e/shot';

export const shots: Shot[] = [
  { name: 'login', path: '/', login: '' },
  {
    name: 'palette',
    path: '/alerts',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').last().waitFor();
    },
  },
  {
    name: 'account',
    path: '/alerts',
    prepare: async (page) => {
      await page.locator('.hf-account').click();
      await page.locator('.hf-account-panel').waitFor();
    },
  },
  { name: 'lost', path: '/no/such/page' },
];
