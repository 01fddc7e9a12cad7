import { describe, expect, test } from 'vitest';
import { faults } from './axe';
import { anyServer, open, aBrowser, type Look } from './browser';
import { shots, stage } from './shots';

/** How far what is there already may jump while a page loads (CLS). */
const jump = 0.05;

/** Every shot in a look: nothing of weight for axe, no complaint, nothing too wide, nothing jumps. */
export function checkLook(look: Look): void {
  describe(`${look.size}, ${look.lang}, ${look.tone}`, () => {
    const browser = aBrowser();
    test.each(shots)('$name', async (shot) => {
      const { context, page, complaints } = await open(browser(), anyServer(), look);
      await page.addInitScript(() => {
        const seen = window as unknown as { jumped: number };
        seen.jumped = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) seen.jumped += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await stage(page, shot);
      expect(await faults(page), 'axe').toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 'too wide by').toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => (window as unknown as { jumped: number }).jumped), 'layout shift').toBeLessThan(jump);
      expect(complaints).toEqual([]);
      await context.close();
    });
  });
}
