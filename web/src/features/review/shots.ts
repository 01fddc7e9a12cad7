import type { Page } from 'playwright-core';
import type { Shot } from '../../../e2e/shot';

const first = async (page: Page) => {
  const answer = await page.request.get('/api/v1/reviews?limit=1');
  return `/reviews/${((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? ''}`;
};

export const shots: Shot[] = [
  { name: 'reviews', path: '/reviews' },
  { name: 'reviews-none', path: '/reviews?text=zzzzzz' },
  { name: 'review', path: first },
  {
    name: 'review-refused', path: first,
    prepare: async (page) => {
      await page.keyboard.press('2');
      await page.locator('button[type="submit"]').click();
      await page.locator('.ant-form-item-explain-error').waitFor();
    },
  },
];
