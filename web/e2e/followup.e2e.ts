import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { en } from '../src/features/followup/en';
import { zh } from '../src/features/followup/zh';
import { enter, open, servers, settled, aBrowser } from './browser';

const steward = 'jinxiu_steward1';

interface Item {
  code: string;
  kind: string;
  options?: { code: string; label: { zh: string; en: string }; verdict?: string }[];
}

interface Detail {
  id: string;
  state: string;
  verdict?: string;
  attempts: number;
  records: unknown[];
  form_definition: { items: Item[] };
}

const detail = async (page: Page, id: string) => (await (await page.request.get(`/api/v1/followups/${id}`)).json()) as Detail;
const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Chooses the answer that makes the verdict, then fills in whatever else the form insists on. */
async function answer(page: Page, verdict: 'satisfied' | 'dissatisfied', lang: 'zh' | 'en', known?: Detail): Promise<void> {
  const { form_definition: form } = known ?? (await detail(page, idOf(page)));
  const item = form.items.find((one) => one.options?.some((option) => option.verdict === verdict));
  const option = item?.options?.find((one) => one.verdict === verdict);
  if (!item || !option) throw new Error('the form has no such verdict');
  await page.locator(`.fu-form [data-item="${item.code}"]`).getByText(option.label[lang], { exact: true }).click();
}

/** Sends; what is missing is filled in, and sent again. */
async function send(page: Page, button: string, sent: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await page.getByRole('button', { name: button, exact: true }).click();
    for (let wait = 0; wait < 40; wait++) {
      if (await sent()) return;
      if ((await page.locator('.hf-item-wrong').count()) > 0) break;
      await page.waitForTimeout(100);
    }
    const wrong = page.locator('.hf-item-wrong');
    while ((await wrong.count()) > 0) {
      const field = wrong.first().locator('textarea, input[type="text"], input:not([type])');
      if ((await field.count()) > 0) await field.first().fill('3');
      else await wrong.first().getByRole('radio').first().or(wrong.first().getByRole('button').first()).first().click();
    }
  }
  throw new Error('the form could not be sent');
}

describe.each(servers().map((server, i) => ({ ...server, lang: (['zh', 'en'] as const)[i % 2] ?? 'zh' })))('follow-ups on $database in $lang', (server) => {
  const browser = aBrowser();
  const say = server.lang === 'zh' ? zh : en;
  const other = server.lang === 'zh' ? 'en' : 'zh';

  test("a steward's day: by keyboard from the list to an unhappy customer's case, and on", async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang });
    await enter(page, steward);
    await page.goto('/today');
    await settled(page);
    await page.locator('.fu-row').first().waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: say.keys.title }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('j');
    const chosen = await page.locator('.fu-row-current').getAttribute('data-row');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/followups/${chosen}*`);
    await page.locator('.fu-form .hf-item').first().waitFor();

    await page.keyboard.press('t'); // the script, with the customer's name in it
    await page.locator('.fu-phrases p').first().waitFor();
    expect(await page.locator('.fu-phrases').textContent()).not.toContain('{{');

    await page.locator('.fu-dispositions button').nth(1).click(); // nobody there
    await page.locator('.fu-ladder').waitFor();
    expect((await detail(page, chosen ?? '')).attempts).toBeGreaterThan(0);

    await answer(page, 'dissatisfied', server.lang);
    await send(page, say.fill.save, () => page.getByText(say.outcome.title, { exact: true }).isVisible());
    await page.locator('.fu-led-case a').waitFor();
    const done = await detail(page, chosen ?? '');
    expect([done.state, done.verdict, done.records.length]).toEqual(['completed', 'dissatisfied', 1]);

    await page.keyboard.press('n');
    await page.waitForURL((url) => url.pathname.startsWith('/followups/') && !url.pathname.endsWith(chosen ?? ''));
    await page.locator('.fu-form .hf-item').first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a visit on a phone: the tab closed, the network cut, and the record sent once', async () => {
    const words = other === 'zh' ? zh : en;
    const { context, page, complaints } = await open(browser(), server, { lang: other, size: 'phone' });
    await enter(page, steward);
    await page.goto('/today');
    await settled(page);
    await page.locator('.fu-card').first().click();
    await page.locator('.fu-form .hf-item').first().waitFor();
    const known = await detail(page, idOf(page));
    const address = page.url();
    await answer(page, 'satisfied', other, known);
    await page.close();

    const again = await context.newPage(); // what was filled in is there
    await again.goto(address);
    await again.getByText(words.fill.discard, { exact: true }).waitFor();

    await context.setOffline(true);
    let asked = 0;
    again.on('request', (request) => { if (request.url().endsWith('/complete')) asked++; });
    await send(again, words.fill.save, () => again.getByText(words.outbox.this).isVisible());
    expect((await detail(again, known.id)).state).not.toBe('completed');
    await again.waitForTimeout(1500);
    await context.setOffline(false);
    await again.getByText(words.outcome.title, { exact: true }).waitFor();
    const done = await detail(again, known.id);
    expect([done.state, done.verdict, done.records.length]).toEqual(['completed', 'satisfied', 1]);
    expect(asked).toBeGreaterThan(1); // it was tried in vain, and then once more
    expect(await again.evaluate(() => Object.keys(localStorage).filter((key) => /huifang\.(draft|outbox)/.test(key) && localStorage.getItem(key) !== '[]'))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
