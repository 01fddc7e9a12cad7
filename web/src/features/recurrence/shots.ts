import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'recurrences', path: '/recurrences?month=2026-10' },
  { name: 'recurrences-none', path: '/recurrences?month=2001-01' },
  {
    name: 'recurrence-decide', path: '/recurrences?month=2026-10',
    prepare: async (page) => {
      const decide = page.locator('.hf-recurrence .ant-btn-primary').first();
      if (await decide.isVisible()) {
        await decide.click();
        await page.locator('.ant-modal').waitFor();
      }
    },
  },
];
