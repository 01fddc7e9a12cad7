import { describe, expect, test } from 'vitest';
import { en as enContact } from '../src/features/contact/en';
import { zh as zhContact } from '../src/features/contact/zh';
import { en } from '../src/features/followup/en';
import { zh } from '../src/features/followup/zh';
import { en as enUi } from '../src/ui/en';
import { zh as zhUi } from '../src/ui/zh';
import { aBrowser, enter, inTurn, open, settled } from './browser';
import { detail, idOf } from './filling';

interface Line {
  id: string;
  assignees: { id: string; name: string }[];
  window: { closes: string };
  next_try?: string;
}

describe.each(inTurn())('the office on $database in $lang', (server) => {
  const browser = aBrowser();
  const say = server.lang === 'zh' ? zh : en;
  const ui = server.lang === 'zh' ? zhUi : enUi;
  const contact = server.lang === 'zh' ? zhContact : enContact;

  test('one card is dragged to a colleague, and three rows are given on and put off at once', async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang });
    await enter(page, 'jinxiu_supervisor');
    const line = async (id: string) => (await (await page.request.get(`/api/v1/followups/${id}`)).json()) as Line;

    await page.goto('/today?part=load');
    await settled(page);
    const card = page.locator('.fu-chip').first();
    const id = (await card.getByRole('link').getAttribute('href'))?.split('/').at(-1) ?? '';
    const target = page.locator('.fu-person').filter({ has: page.locator('h2 a[href*="who="]:not([href*="none"])') }).last();
    const name = (await target.locator('h2').textContent()) ?? '';
    expect((await line(id)).assignees.map((one) => one.name)).not.toContain(name);
    await card.dragTo(target);
    await page.getByRole('dialog').getByRole('button', { name: say.actions.reassignOk, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect((await line(id)).assignees[0]?.name).toBe(name);

    await page.goto('/today?who=all');
    await page.locator('.fu-row').nth(2).waitFor();
    const rows = await page.locator('.fu-row').evaluateAll((all) => all.slice(0, 3).map((row) => row.getAttribute('data-row') ?? ''));
    const choose = async () => {
      for (const row of rows) await page.locator(`[data-row="${row}"] .fu-check input`).check();
    };
    await choose();
    await page.getByRole('button', { name: say.bulk.reassign, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill(name);
    await page.locator('.ant-select-item-option', { hasText: name }).first().click();
    await dialog.getByLabel(say.actions.reason).fill(say.quick.absent);
    await dialog.getByRole('button', { name: say.actions.reassignOk, exact: true }).click();
    await page.getByRole('button', { name: say.bulk.ok, exact: true }).click();
    for (const row of rows) expect((await line(row)).assignees[0]?.name).toBe(name);

    await choose();
    await page.getByRole('button', { name: say.bulk.postpone, exact: true }).click();
    const before = await Promise.all(rows.map(async (row) => (await line(row)).window.closes));
    await dialog.getByText(say.actions.postponeWindow, { exact: true }).click();
    await dialog.getByLabel(say.actions.reason).fill(say.quick.asked);
    await dialog.getByRole('button', { name: say.actions.postponeOk, exact: true }).click();
    await page.getByRole('button', { name: say.bulk.ok, exact: true }).click();
    const after = await Promise.all(rows.map(async (row) => (await line(row)).window.closes));
    expect(after.filter((closes, i) => closes > (before[i] ?? ''))).toHaveLength(3);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('customers are edited as in a sheet, and the columns are chosen', async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang });
    await enter(page);
    await page.goto('/contacts?edit=true');
    await settled(page);
    const row = page.locator('tr[data-row]').first();
    const id = (await row.getAttribute('data-row')) ?? '';
    const cell = page.locator(`tr[data-row="${id}"] td`).nth(4).locator('[data-cell]'); // name, code, kind, phones, address
    await cell.focus();
    await page.keyboard.type('A区1号');
    await page.keyboard.press('Enter');
    await expect.poll(async () => ((await (await page.request.get(`/api/v1/contacts/${id}`)).json()) as { address: string }).address).toBe('A区1号');
    expect(await page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('data-row'))).not.toBe(id); // on to the next row

    await cell.focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('!');
    await page.keyboard.press('Escape'); // as it was
    expect(await cell.textContent()).toBe('A区1号');

    await page.getByRole('button', { name: ui.columns }).click();
    await page.getByRole('checkbox', { name: contact.email }).check();
    await page.getByRole('columnheader', { name: contact.email }).waitFor();
    await page.reload();
    await settled(page);
    await page.getByRole('columnheader', { name: contact.email }).waitFor(); // remembered
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a photo is added and both sign on the screen', async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang, size: 'phone' });
    await enter(page, 'jinxiu_supervisor');
    const { items } = (await (await page.request.get('/api/v1/followups?state=overdue,planned&limit=100')).json()) as { items: { id: string; opens_at: string }[] };
    const work = await Promise.all(items.filter(({ opens_at: opens }) => Date.parse(opens) < Date.now()).slice(0, 20).map(({ id }) => detail(page, id)));
    const visited = work.find((one) => one.form_definition.items.some(({ kind }) => kind === 'photo'));
    if (!visited) throw new Error('no form asks for photos');
    await page.goto(`/followups/${visited.id}`);
    await page.locator('.fu-form .hf-item').first().waitFor();
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const photos = page.locator(`.fu-form [data-item="${visited.form_definition.items.find(({ kind }) => kind === 'photo')?.code}"]`);
    await photos.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: pixel });
    await photos.getByRole('img').first().waitFor();

    const pads = page.locator('.fu-form canvas');
    const count = await pads.count();
    expect(count).toBeGreaterThan(0);
    for (let i = 0; i < count; i++) {
      const pad = pads.first();
      await pad.scrollIntoViewIfNeeded();
      const box = await pad.boundingBox();
      if (!box) throw new Error('nowhere to sign');
      await page.mouse.move(box.x + 20, box.y + box.height / 2);
      await page.mouse.down();
      for (const step of [1, 2, 3, 4]) await page.mouse.move(box.x + 20 + step * 25, box.y + box.height / 2 + (step % 2 ? 14 : -14));
      await page.mouse.up();
      const confirm = page.locator('.fu-form').getByRole('button', { name: ui.confirm, exact: true }).first();
      await confirm.press('Enter');
      await expect.poll(() => pads.count()).toBe(count - i - 1);
    }
    expect(await page.locator('.hf-signed img').count()).toBe(count);
    expect(idOf(page)).toBe(visited.id);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
