import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { en as enRecurrence } from '../src/features/recurrence/en';
import { zh as zhRecurrence } from '../src/features/recurrence/zh';
import { en } from '../src/features/statistics/en';
import { zh } from '../src/features/statistics/zh';
import { aBrowser, enter, inTurn, open, settled } from './browser';
import { cellsOf } from './workbook';

/** The month before this one where the demonstration lives. */
function lastMonth(): string {
  const [year = 0, month = 0] = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7).split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}

const month = lastMonth();

/** One household complains twice of the same thing. */
async function complainTwice(page: Page): Promise<void> {
  for (const day of ['26', '28']) {
    const answer = await page.request.post('/api/v1/events', {
      data: { type: 'complaint.resolved', key: `month-${day}`, at: `${month}-${day}T10:00:00+08:00`, unit: 'jinxiu', department: '工程部', contact: { code: 'e2e-recurs', name: '反复投诉户', phones: ['13900007777'] }, attributes: { matter: '水泵房夜间噪声', opened_at: `${month}-${day}T09:00:00+08:00` } },
    });
    if (!answer.ok()) throw new Error(await answer.text());
  }
}

/** What a cell says, as a number where it is one. */
function plain(text: string): string | number {
  const said = text.trim().replace(/[▼▲]$/, ''); // a number format in the workbook
  if (/^-?[\d,]+(\.\d+)?%$/.test(said)) return Number(said.replace(/[,%]/g, '')) / 100;
  return /^-?[\d,]+(\.\d+)?$/.test(said) ? Number(said.replace(/,/g, '')) : said;
}

/** Whether a shown value is the exported one, as far as the screen shows it. */
function same(shown: string | number, exported: string | number): boolean {
  if (typeof exported === 'string') return plain(exported) === shown || exported.trim() === shown;
  return typeof shown === 'number' && Math.abs(shown - exported) < 0.00051;
}

describe.each(inTurn())('the month on $database in $lang', (server) => {
  const browser = aBrowser();
  const say = server.lang === 'zh' ? zh : en;
  const again = server.lang === 'zh' ? zhRecurrence : enRecurrence;

  test("a head's month end: what recurs is decided, a figure opens its records, the sheet is the export, the month is closed", async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang });
    await enter(page);
    await complainTwice(page);
    await enter(page, 'jinxiu_head');

    await page.goto(`/recurrences?month=${month}`);
    await settled(page);
    await page.getByRole('button', { name: again.detect }).click();
    const one = page.locator('.hf-recurrence', { hasText: '水泵房夜间噪声' });
    await one.getByRole('button', { name: again.decide }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: again.major }).click();
    await dialog.getByRole('textbox', { name: again.opinion }).fill('设备老化，立项更换');
    await dialog.getByRole('button', { name: again.decide }).click();
    await one.getByText(again.major).waitFor();
    await one.getByRole('link', { name: /AJ-/ }).waitFor(); // a case came of it

    await page.goto(`/statistics?month=${month}`);
    await settled(page);
    const figure = page.locator('a[href*="/statistics/records"]').filter({ hasText: /^\d+$/ }).first();
    const count = Number(await figure.textContent());
    await figure.click();
    await page.waitForURL(/\/statistics\/records/);
    await settled(page);
    await page.locator('tr[data-row]').nth(count - 1).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBe(count);

    await page.goto(`/statistics/month?month=${month}`);
    await settled(page);
    const shown = (await page.locator('.hf-sheet-paper td').allTextContents()).map(plain).filter((text) => text !== '');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: say.xlsx }).click()]);
    const exported = cellsOf(readFileSync(await file.path()));
    expect(exported.length).toBeGreaterThan(20);
    expect(shown.length).toBe(exported.length);
    expect(shown.filter((cell, i) => !same(cell, exported[i] ?? ''))).toEqual([]);
    expect(await page.getByRole('button', { name: say.freeze, exact: true }).count()).toBe(0); // heads look, who runs the organization closes

    await enter(page);
    await page.reload();
    await settled(page);
    await page.getByRole('button', { name: say.freeze, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: say.freeze, exact: true }).click();
    await page.locator('h1 .hf-tag-good').waitFor();
    expect(await page.getByRole('button', { name: say.freeze, exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
