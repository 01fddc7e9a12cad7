import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en as enImport } from '../src/features/import/en';
import { zh as zhImport } from '../src/features/import/zh';
import { en as enStart } from '../src/features/start/en';
import { zh as zhStart } from '../src/features/start/zh';
import { en } from '../src/shell/en';
import { zh } from '../src/shell/zh';
import { faults } from './axe';
import { aBrowser, inTurn, open, settled } from './browser';
import { end, launch, type Running } from './product';
import { postgres } from './servers';

// A repair is followed up from a week after it on.
const daysAgo = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);

const staffSheet = ['工号,姓名,岗位,单位,手机', 'S01,张晓,回访员,锦绣花园,13500000001', 'S02,陈平,项目负责人,云庭苑,13500000002'].join('\n');
const contactSheet = ['客户编码,业主姓名,联系电话,地址,单位,管家', 'K01,刘明,13600000001,1-1-101,锦绣花园,王芳', 'K02,周敏,13600000002,1-1-102,锦绣花园,王芳'].join('\n');
const register = [
  '编号,类别,事项,完成时间,项目,房号,业主姓名,联系电话',
  ...[1, 2, 3, 4].map((n) => `G-${n},报修,厨房漏水,${daysAgo(n + 7)} 10:00,锦绣花园,1-1-10${(n % 2) + 1},${n % 2 ? '周敏' : '刘明'},1360000000${(n % 2) + 1}`),
].join('\n');

/** Chooses a file, looks at its preview and imports it. */
async function bring(page: Page, say: typeof zhImport, name: string, text: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const rows = text.split('\n').length - 1;
  await page.getByRole('button', { name: say.run.replace('{{count}}', String(rows)) }).click();
  await page.waitForURL(/\/imports\/[^/]+$/);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

describe.each(inTurn())('the first run on $database in $lang', (server) => {
  const browser = aBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'huifang-first-'));
  let running: Running;
  let other: ReturnType<typeof postgres> | undefined;
  beforeAll(async () => {
    other = server.database === 'PostgreSQL' ? postgres(process.env.HUIFANG_TEST_POSTGRES ?? '') : undefined;
    running = await launch(['serve', '--database', other?.address ?? join(folder, 'first.db'), '--listen', '127.0.0.1:0'], /(http:\S+\/setup\?code=\S+)/, folder);
  });
  afterAll(async () => {
    await end(running.child);
    other?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('from an empty database to a worklist, without a manual', async () => {
    const say = server.lang === 'zh' ? zh : en;
    const start = server.lang === 'zh' ? zhStart : enStart;
    const imports = (server.lang === 'zh' ? zhImport : enImport) as typeof zhImport;
    const { context, page, complaints } = await open(browser(), { ...server, url: new URL(running.url).origin }, { lang: server.lang });
    await page.goto(running.url.replace(/code=.*/, 'code=wrong')); // a guessed code opens nothing
    await page.getByRole('alert').waitFor();

    await page.goto(running.url);
    const next = page.getByRole('button', { name: say.setup.next, exact: true });
    await next.click();
    await page.getByText(say.setup.pickOne).waitFor();
    expect(await faults(page)).toEqual([]);
    await page.locator('.hf-trade', { hasText: server.lang === 'zh' ? '物业' : /propert/i }).first().click();
    await next.click();
    await page.getByLabel(say.setup.name, { exact: true }).fill('青禾物业');
    await page.getByLabel(say.setup.organization, { exact: true }).fill('qinghe');
    await page.getByLabel(say.setup.unit, { exact: true }).fill('总部');
    await next.click();
    await page.getByLabel(say.setup.person, { exact: true }).fill('李经理');
    await page.getByLabel(say.setup.password, { exact: true }).fill('huifang-2026');
    await page.getByLabel(say.setup.repeat, { exact: true }).fill('huifang-2027');
    await page.getByRole('button', { name: say.setup.make }).click();
    await page.getByText(say.password.differ).waitFor();
    await page.getByLabel(say.setup.repeat, { exact: true }).fill('huifang-2026');
    await page.getByRole('button', { name: say.setup.make }).click();

    await page.waitForURL('**/start');
    await settled(page);
    await page.getByRole('textbox', { name: start.units.hint }).fill('锦绣花园\n云庭苑');
    await page.getByRole('button', { name: start.units.add, exact: true }).click();
    await page.getByText(start.units.added.replace('{{count}}', '2')).waitFor();
    await page.getByLabel(start.staff.name, { exact: true }).fill('王芳');
    await page.getByLabel(start.staff.login, { exact: true }).fill('wangfang');
    await page.getByLabel(start.staff.password, { exact: true }).fill('huifang-2028');
    await page.getByRole('button', { name: start.staff.add, exact: true }).click();
    await page.getByText(start.staff.added.replace('{{name}}', '王芳')).waitFor();

    await page.getByRole('link', { name: start.staff.sheet }).click();
    await bring(page, imports, '员工名单.csv', staffSheet);
    await page.goto('/start');
    await page.getByText(/张晓/).first().waitFor();
    await page.getByRole('link', { name: start.data.contacts }).click();
    await bring(page, imports, '客户名单.csv', contactSheet);
    await page.goto('/start');
    await page.getByRole('button', { name: start.data.go }).click();
    await bring(page, imports, '维修登记.csv', register);
    await page.goto('/start');
    await page.getByRole('button', { name: start.finish }).click();
    await page.waitForURL('**/today*');
    await page.locator('.fu-row').first().waitFor();
    expect(await page.locator('.fu-row').count()).toBeGreaterThan(1);

    // The colleague logs in, and finds work to do.
    await page.context().clearCookies();
    await page.goto('/today?who=all');
    await page.getByLabel(say.login.organization).fill('qinghe');
    await page.getByLabel(say.login.login).fill('wangfang');
    await page.getByLabel(say.login.password, { exact: true }).fill('huifang-2028');
    await page.getByRole('button', { name: say.login.go, exact: true }).click();
    await settled(page);
    await page.locator('.fu-row').first().click();
    await page.locator('.fu-form .hf-item').first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
