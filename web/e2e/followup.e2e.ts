import { describe, expect, test } from 'vitest';
import { en } from '../src/features/followup/en';
import { zh } from '../src/features/followup/zh';
import { enter, inTurn, open, settled, aBrowser } from './browser';
import { answer, detail, idOf, send } from './filling';

const steward = 'jinxiu_steward1';

describe.each(inTurn())('follow-ups on $database in $lang', (server) => {
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
    expect([done.state, done.verdict, done.records.length]).toEqual(['completed', 'satisfied', known.records.length + 1]);
    expect(asked).toBeGreaterThan(1); // it was tried in vain, and then once more
    expect(await again.evaluate(() => Object.keys(localStorage).filter((key) => /huifang\.(draft|outbox)/.test(key) && localStorage.getItem(key) !== '[]'))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
