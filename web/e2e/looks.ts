import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { faults, paleFaults } from './axe';
import { aBrowser, turn, type Look } from './browser';
import { oneWindow, shots } from './shots';

/** How far what is there already may jump while a page loads (CLS). */
const jump = 0.05;

const tooWide = (page: Page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));

/** Adds up what jumps, from the first moment of every page. */
function watchJumps(): void {
  const seen = window as unknown as { jumped: number };
  seen.jumped = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) seen.jumped += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/**
 * Every shot on a screen of a size: nothing of weight for axe, no complaint,
 * nothing too wide, nothing jumps. A page is loaded in the first look and turned
 * into the second where it stands; what colours and words change is checked again.
 */
export function checkLooks(size: Look['size'], [first, second]: [Omit<Look, 'size'>, Omit<Look, 'size'>]): void {
  describe(size, () => {
    const window = oneWindow(aBrowser(), { size, ...first }, (page) => page.addInitScript(watchJumps));
    afterAll(window.close);

    test.each(shots)('$name', async (shot) => {
      const { page, complaints } = await window.stage(shot);
      expect.soft(await page.evaluate(() => (globalThis as unknown as { jumped: number }).jumped), 'layout shift').toBeLessThan(jump);
      expect.soft(await tooWide(page), `too wide in ${first.lang} by`).toBe(0);
      expect.soft(await faults(page), `axe, ${first.tone}`).toEqual([]);
      await turn(page, second);
      expect.soft(await tooWide(page), `too wide in ${second.lang} by`).toBe(0);
      expect.soft(await paleFaults(page), `axe, ${second.tone}`).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });
}
