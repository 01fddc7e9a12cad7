import type { Page } from 'playwright-core';
import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('cases?limit=1&desc=true', '/cases');

/** A case that is not put right yet: one is opened where there is none. */
const unsolved = async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/cases?limit=1&state=open')).json()) as { items: { id: string }[] };
  const found = items[0] ?? ((await (await page.request.post('/api/v1/cases', { data: { matter: '电梯异响' } })).json()) as { id: string });
  return `/cases/${found.id}`;
};

export const shots: Shot[] = [
  { name: 'cases', path: '/cases' },
  { name: 'cases-board', path: '/cases?view=board' },
  { name: 'cases-none', path: '/cases?from=2001-01-01&to=2001-01-02' },
  { name: 'case', path: first },
  { name: 'case-resolve', path: unsolved, prepare: async (page) => {
    await page.locator('.hf-page-head .ant-btn-primary').click();
    await page.locator('.ant-modal').waitFor();
  } },
];
