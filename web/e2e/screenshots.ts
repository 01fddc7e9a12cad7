import { mkdirSync } from 'node:fs';
import { test } from 'vitest';
import { anyServer, open, aBrowser, type Look } from './browser';
import { shots, stage } from './shots';

const folder = new URL('../screenshots/', import.meta.url).pathname;
const looks: Look[] = [
  { size: 'desktop', lang: 'zh', tone: 'light' },
  { size: 'desktop', lang: 'en', tone: 'light' },
  { size: 'phone', lang: 'zh', tone: 'light' },
  { size: 'phone', lang: 'en', tone: 'light' },
  { size: 'desktop', lang: 'zh', tone: 'dark' },
  { size: 'phone', lang: 'zh', tone: 'dark' },
];

const browser = aBrowser();
mkdirSync(folder, { recursive: true });

test.each(shots)('$name', async (shot) => {
  for (const look of looks) {
    const { context, page } = await open(browser(), anyServer(), look);
    await stage(page, shot);
    await page.screenshot({ path: `${folder}${shot.name}-${look.size}-${look.lang}-${look.tone}.png` });
    await context.close();
  }
});
