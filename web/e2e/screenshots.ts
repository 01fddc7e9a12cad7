import { mkdirSync } from 'node:fs';
import { afterAll, describe, test } from 'vitest';
import { aBrowser, turn, type Look } from './browser';
import { oneWindow, shots } from './shots';

const folder = new URL('../screenshots/', import.meta.url).pathname;
const looks = [{ lang: 'zh', tone: 'light' }, { lang: 'en', tone: 'light' }, { lang: 'zh', tone: 'dark' }] as const satisfies Omit<Look, 'size'>[];

mkdirSync(folder, { recursive: true });
const browser = aBrowser();

describe.each(['desktop', 'phone'] as const)('%s', (size) => {
  const window = oneWindow(browser, { size, ...looks[0] });
  afterAll(window.close);

  test.each(shots)('$name', async (shot) => {
    const { page } = await window.stage(shot);
    for (const look of looks) {
      await turn(page, look);
      await page.screenshot({ path: `${folder}${shot.name}-${size}-${look.lang}-${look.tone}.png` });
    }
  });
});
