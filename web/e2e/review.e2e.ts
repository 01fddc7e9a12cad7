import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { en as enFill } from '../src/features/followup/en';
import { zh as zhFill } from '../src/features/followup/zh';
import { en } from '../src/features/review/en';
import { zh } from '../src/features/review/zh';
import { aBrowser, enter, inTurn, open, settled } from './browser';
import { answer, detail, idOf, send } from './filling';

const supervisor = 'jinxiu_supervisor';

/** A follow-up of somebody else's that can be worked on now. */
async function openWork(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v1/followups?state=overdue,planned&limit=50');
  const { items } = (await answer.json()) as { items: { id: string; opens_at: string; program: string }[] };
  const found = items.find(({ opens_at: opens }) => Date.parse(opens) < Date.now());
  if (!found) throw new Error('nothing can be worked on');
  return found.id;
}

describe.each(inTurn())('review on $database in $lang', (server) => {
  const browser = aBrowser();
  const say = server.lang === 'zh' ? zh : en;
  const fill = server.lang === 'zh' ? zhFill : enFill;

  test("a supervisor's review: one unqualified and a case, one to do again, and never one's own", async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang });
    await enter(page, supervisor);
    await page.goto('/reviews');
    await settled(page);
    await page.getByRole('button', { name: say.start, exact: true }).click();
    await page.waitForURL(/\/reviews\/[^/]+$/);
    await settled(page);

    // The record and what happened stand side by side.
    const [left, right] = await Promise.all([0, 1].map((i) => page.locator('.hf-review > div').nth(i).boundingBox()));
    expect(left && right && Math.abs(left.y - right.y) < 2 && right.x >= left.x + left.width).toBe(true);

    const first = idOf(page);
    await page.keyboard.press('2');
    await page.keyboard.press('Control+Enter');
    await page.getByText(say.opinionNeeded).waitFor();
    expect((await detail(page, first)).review).toBe('pending');
    await page.getByLabel(say.opinion, { exact: true }).fill('照片与登记不符，请到场复查');
    await page.keyboard.press('Control+Enter');
    const told = await page.locator('.ant-message').getByText(/AJ-\d{4}-\d+/).textContent();
    await page.waitForURL((url) => !url.pathname.endsWith(first));
    const refused = await detail(page, first);
    expect([refused.verdict, refused.review]).toEqual(['unqualified', 'unqualified']);

    await settled(page);
    const second = idOf(page);
    const before = await detail(page, second);
    await page.keyboard.press('3');
    await page.getByLabel(say.opinion, { exact: true }).fill('没有问到满意度，请重新回访');
    await page.getByRole('button', { name: new RegExp(`^(${say.submitNext}|${say.submit})$`) }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(second));
    const again = await detail(page, second);
    expect([again.review, again.records]).toEqual(['redo', before.records]); // planned anew, and what was found is kept
    expect(['planned', 'overdue']).toContain(again.state);

    const number = /AJ-\d{4}-\d+/.exec(told ?? '')?.[0] ?? '';
    await page.goto('/cases');
    await settled(page);
    await page.getByRole('link', { name: number }).first().click();
    await page.waitForURL((url) => /\/cases\/.+/.test(url.pathname));
    await settled(page);
    expect(complaints).toEqual([]);

    const own = await openWork(page);
    await page.goto(`/followups/${own}`);
    await page.locator('.fu-form .hf-item').first().waitFor();
    await answer(page, 'satisfied', server.lang);
    await send(page, fill.fill.save, () => page.getByText(fill.outcome.title, { exact: true }).isVisible());
    await page.goto(`/reviews/${own}`);
    await settled(page);
    expect(await page.getByLabel(say.opinion, { exact: true }).count()).toBe(0);
    const { version } = await detail(page, own);
    const tried = await page.request.post(`/api/v1/followups/${own}/review`, { data: { decision: 'qualified', opinion: '', version } });
    expect([tried.status(), ((await tried.json()) as { reason: string }).reason]).toEqual([403, 'review.own']);
    await page.goto('/reviews');
    await settled(page);
    expect(await page.locator(`[data-row="${own}"]`).count()).toBe(0);
    await context.close();
  });
});
