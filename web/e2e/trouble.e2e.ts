import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { en as enContact } from '../src/features/contact/en';
import { zh as zhContact } from '../src/features/contact/zh';
import { en } from '../src/shell/en';
import { zh } from '../src/shell/zh';
import { en as enUi } from '../src/ui/en';
import { zh as zhUi } from '../src/ui/zh';
import { aBrowser, enter, inTurn, open, password, settled } from './browser';
import { end, launch } from './product';

interface Contact {
  id: string;
  name: string;
  address?: string;
  version: number;
}

async function made(page: Page, name: string): Promise<Contact> {
  const answer = await page.request.post('/api/v1/contacts', { data: { name, kind: 'household', code: name, phones: ['13911112222'], address: '旧地址' } });
  if (!answer.ok()) throw new Error(await answer.text());
  return (await answer.json()) as Contact;
}

const kept = async (page: Page, id: string) => (await (await page.request.get(`/api/v1/contacts/${id}`)).json()) as Contact;

describe.each(inTurn())('trouble on $database in $lang', (server) => {
  const browser = aBrowser();
  const words = server.lang === 'zh' ? { ...zh, contact: zhContact, ui: zhUi } : { ...en, contact: enContact, ui: enUi };
  const say = words.contact;

  const edit = async (page: Page, id: string, address: string) => {
    await page.goto(`/contacts/${id}`);
    await settled(page);
    await page.getByRole('button', { name: new RegExp(`${say.edit}$`) }).click();
    await page.getByLabel(new RegExp(`^${say.address}`)).fill(address);
  };

  test('a session that ends while one types: log in over the page, and what was typed is saved', async () => {
    const { context, page } = await open(browser(), server, { lang: server.lang });
    await enter(page);
    const { id } = await made(page, '会话过期户');
    await edit(page, id, '登录过期时填写的地址');
    await context.clearCookies();
    await page.getByRole('button', { name: say.save, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: words.login.again });
    await dialog.getByLabel(words.login.password, { exact: true }).fill(password);
    await dialog.getByRole('button', { name: words.login.go, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('登录过期时填写的地址').waitFor();
    expect((await kept(page, id)).address).toBe('登录过期时填写的地址');
    await context.close();
  });

  test('two change one record: both sides are shown, and either may win', async () => {
    const { context, page, complaints } = await open(browser(), server, { lang: server.lang });
    await enter(page);
    const { id, ...rest } = await made(page, '冲突户');
    await edit(page, id, '我写的地址');
    const change = (address: string, version: number) => page.request.put(`/api/v1/contacts/${id}`, { data: { name: rest.name, kind: 'household', code: rest.name, phones: ['139****2222'], address, version } });
    expect((await change('别人写的地址', rest.version)).ok()).toBe(true);
    await page.getByRole('button', { name: say.save, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: words.ui.conflict.title });
    const row = dialog.getByRole('row', { name: new RegExp(say.address) });
    await row.waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['我写的地址', '别人写的地址']);
    await dialog.getByRole('button', { name: words.ui.conflict.keepMine }).click();
    await page.locator('.hf-facts').getByText('我写的地址').waitFor();
    expect((await kept(page, id)).address).toBe('我写的地址');

    await edit(page, id, '又是我写的');
    expect((await change('后来别人写的', (await kept(page, id)).version)).ok()).toBe(true);
    await page.getByRole('button', { name: say.save, exact: true }).click();
    await dialog.getByRole('button', { name: words.ui.conflict.takeTheirs }).click();
    await page.locator('.hf-facts').getByText('后来别人写的').waitFor();
    expect((await kept(page, id)).address).toBe('后来别人写的');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a double click saves once', async () => {
    const { context, page } = await open(browser(), server, { lang: server.lang });
    await enter(page);
    await page.goto('/contacts?text=双击户');
    await settled(page);
    await page.locator('.hf-page-head .ant-btn-primary').last().click();
    await page.getByLabel(say.name, { exact: true }).fill('双击户');
    let sent = 0;
    page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/api/v1/contacts')) sent++; });
    await page.getByRole('button', { name: say.save, exact: true }).dblclick();
    await page.waitForURL(/\/contacts\/[^/?]+$/);
    const found = (await (await page.request.get('/api/v1/contacts?text=双击户')).json()) as { items: Contact[] };
    expect([sent, found.items.length]).toEqual([1, 1]);
    await context.close();
  });
});

describe('a server that dies', () => {
  const browser = aBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'huifang-down-'));
  const command = (listen: string) => ['demo', '--database', join(folder, 'demo.db'), '--days', '15', '--listen', listen];
  const up = /Huifang is up: (http:\S+)/;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('says so calmly, keeps what was typed, and saves once it is back', async () => {
    const first = await launch(command('127.0.0.1:0'), up, folder);
    const { context, page } = await open(browser(), { database: 'SQLite', url: first.url, pid: first.child.pid ?? 0 });
    await enter(page);
    const { id } = await made(page, '断线户');
    await page.goto(`/contacts/${id}`);
    await settled(page);
    await page.getByRole('button', { name: new RegExp(`${zhContact.edit}$`) }).click();
    await page.getByLabel(new RegExp(`^${zhContact.address}`)).fill('断线时填写的地址');
    await end(first.child, 'SIGKILL');
    await page.getByRole('button', { name: zhContact.save, exact: true }).click();
    await page.getByText(zh.down.title).waitFor();
    expect(await page.getByLabel(new RegExp(`^${zhContact.address}`)).inputValue()).toBe('断线时填写的地址');
    const second = await launch(command(new URL(first.url).host), up, folder);
    await page.getByText(zh.down.title).waitFor({ state: 'hidden' });
    await page.locator('.hf-facts').getByText('断线时填写的地址').waitFor();
    expect((await kept(page, id)).address).toBe('断线时填写的地址');
    await context.close();
    await end(second.child);
  });
});
