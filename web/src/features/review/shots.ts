import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('reviews?limit=1', '/reviews');

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
