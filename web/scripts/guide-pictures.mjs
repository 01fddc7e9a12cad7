// Photographs what the guides by trade show: for each pack its demonstration, as
// those see it who do the work. Needs bin/huifang; writes ../docs/zh/pictures and
// ../docs/en/pictures. Names of packs as arguments narrow it; HUIFANG_DEMOS is a
// folder where the demonstrations are kept for the next time.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/* global document, localStorage */

const binary = process.env.HUIFANG_BINARY ?? new URL('../../bin/huifang', import.meta.url).pathname;
const docs = new URL('../../docs/', import.meta.url).pathname;
const most = 120_000;

/** Who does the follow-ups of each trade, by the end of the log-in. */
const workers = {
  property: 'steward', 'property-estate': 'steward', hospital: 'attending_doctor', 'auto-service': '_staff', 'auto-sales': 'sales_consultant',
  dental: 'consultant', tutoring: 'class_teacher', equipment: 'steward', employee: '_manager', b2b: 'account_manager',
};

function start(pack, folder) {
  const child = spawn(binary, ['demo', '--pack', pack, '--database', join(folder, 'demo.db'), '--listen', '127.0.0.1:0', '--lang', 'en'], { cwd: folder });
  return new Promise((resolve, reject) => {
    let said = '';
    const heard = (chunk) => {
      said += chunk;
      const url = /Huifang is up: (http:\S+)/.exec(said)?.[1];
      if (url && said.includes('Ctrl+C')) resolve({ child, url });
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('exit', (code) => reject(new Error(`${pack} ended with ${code}: ${said}`)));
  });
}

async function settled(page) {
  await page.waitForLoadState('load');
  await page.waitForTimeout(1500);
  await page.waitForFunction(() => !document.querySelector('.ant-skeleton, .ant-spin-spinning'));
  await page.waitForTimeout(500);
}

async function shoot(browser, url, pack, lang, worker) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1120, height: 680 }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', colorScheme: 'light', reducedMotion: 'reduce' });
  await context.addInitScript((l) => localStorage.setItem('huifang.lang', l), lang);
  const page = await context.newPage();
  const folder = join(docs, lang, 'pictures');
  mkdirSync(folder, { recursive: true });
  const enter = async (login) => {
    const answer = await page.request.post('/api/v1/session', { data: { organization: 'demo', login, password: 'huifang-demo' } });
    if (!answer.ok()) throw new Error(`${pack}: ${login} cannot log in`);
  };
  const picture = async (name) => {
    const path = join(folder, `${pack}-${name}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: 74 });
    if (statSync(path).size > most) throw new Error(`${path} is larger than ${most} bytes`);
  };
  await enter(worker);
  await page.goto('/today');
  await settled(page);
  await picture('today');
  const link = page.locator('main a[href^="/followups/"]').first();
  if (await link.count()) {
    await page.goto(await link.getAttribute('href'));
    await settled(page);
    await picture('followup');
  }
  await enter('admin');
  const last = new Date();
  last.setUTCDate(0);
  await page.goto(`/statistics?month=${last.toISOString().slice(0, 7)}`);
  await settled(page);
  await page.locator('main canvas').first().waitFor();
  await page.waitForTimeout(1500);
  await picture('month');
  await context.close();
}

const wanted = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.HUIFANG_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [pack, role] of Object.entries(workers)) {
  if (wanted.length && !wanted.includes(pack)) continue;
  const kept = process.env.HUIFANG_DEMOS;
  const folder = kept ? join(kept, pack) : mkdtempSync(join(tmpdir(), 'huifang-guide-'));
  mkdirSync(folder, { recursive: true });
  const { child, url } = await start(pack, folder);
  const { logins } = JSON.parse(readFileSync(join(folder, 'demo.db.demo.json'), 'utf8'));
  const worker = logins.find((one) => one.Login.replace(/\d+$/, '').endsWith(role)) ?? logins[0];
  for (const lang of ['zh', 'en']) await shoot(browser, url, pack, lang, worker.Login);
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await new Promise((done) => child.once('exit', done));
  if (!kept) rmSync(folder, { recursive: true, force: true });
  console.log(pack, worker.Login);
}
await browser.close();
