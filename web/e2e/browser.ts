import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Server } from './servers';

/** How the console is looked at. */
export interface Look {
  lang: 'zh' | 'en';
  tone: 'light' | 'dark';
  size: 'desktop' | 'phone';
}

/** A window with one page, and what the page complained about. */
export interface Window {
  context: BrowserContext;
  page: Page;
  complaints: string[];
}

export const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** The products that run: one for each database. */
export function servers(): Server[] {
  return inject('servers');
}

/** The same, each with a language of its own: so that stories are told in both. */
export function inTurn(): (Server & { lang: Look['lang'] })[] {
  return servers().map((server, i) => ({ ...server, lang: (['zh', 'en'] as const)[i % 2] ?? 'zh' }));
}

/** The one on SQLite: for what has nothing to do with the database. */
export function anyServer(): Server {
  const [first] = servers();
  if (!first) throw new Error('no server runs');
  return first;
}

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

/** One browser for the tests of a file. */
export function aBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.HUIFANG_CHROMIUM ?? '/usr/bin/chromium', args: flags });
  });
  afterAll(async () => browser?.close());
  return () => {
    if (!browser) throw new Error('the browser has not started');
    return browser;
  };
}

/** A window of its own, in a look; what the page complains about is collected. */
export async function open(browser: Browser, server: Server, look: Partial<Look> = {}): Promise<Window> {
  const { lang = 'zh', tone = 'light', size = 'desktop' } = look;
  const context = await browser.newContext({ baseURL: server.url, viewport: sizes[size], locale: lang === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', colorScheme: tone, hasTouch: size === 'phone', isMobile: size === 'phone', reducedMotion: 'reduce' });
  await context.addInitScript(`if (!localStorage.getItem('huifang.lang')) localStorage.setItem('huifang.lang', '${lang}')`);
  return { context, ...(await another(context)) };
}

/** One more page of a window; what it complains about is collected. */
async function another(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}

export const organization = 'demo';
export const password = 'huifang-demo';

/** Logs in without the page: for tests of something else. */
export async function enter(page: Page, login = 'admin'): Promise<void> {
  const answer = await page.request.post('/api/v1/session', { data: { organization, login, password } });
  if (!answer.ok()) throw new Error(`${login}: ${await answer.text()}`);
}

/** Until nothing loads, nothing waits and nothing moves. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.hf-page h1, .hf-login h1').first().waitFor();
  await page.waitForFunction(() => {
    const moves = document.getAnimations().some((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity);
    return !moves && !document.querySelector('.hf-loading, .ant-spin-spinning, .ant-btn-loading');
  });
  await page.evaluate(() => document.fonts.ready);
}

/** Changes language and tone of the page that is open, as another tab and the system would. */
export async function turn(page: Page, { lang, tone }: Pick<Look, 'lang' | 'tone'>): Promise<void> {
  await page.emulateMedia({ colorScheme: tone, reducedMotion: 'reduce' });
  await page.evaluate((newValue) => window.dispatchEvent(new StorageEvent('storage', { key: 'huifang.lang', newValue })), lang);
  await page.waitForFunction(([said, seen]) => document.documentElement.lang.startsWith(said) && document.documentElement.dataset.tone === seen, [lang, tone] as const);
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))); // what changes colour slowly has begun to
  await settled(page);
}
