import type { BrowserContext } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { faults } from './axe';
import { aBrowser, another, anyServer, open, type Look } from './browser';
import { shots, stage } from './shots';

/** How far what is there already may jump while a page loads (CLS). */
const jump = 0.05;

/** Every shot in a look: nothing of weight for axe, no complaint, nothing too wide, nothing jumps. */
export function checkLook(look: Look): void {
  describe(`${look.size}, ${look.lang}, ${look.tone}`, () => {
    const browser = aBrowser();
    const windows = new Map<string, BrowserContext>();
    afterAll(async () => void (await Promise.all([...windows.values()].map((window) => window.close()))));

    // One window for each log-in: what was loaded once is there.
    const windowOf = async (login: string) => {
      const known = windows.get(login);
      if (known) return another(known);
      const { context, ...first } = await open(browser(), anyServer(), look);
      windows.set(login, context);
      return first;
    };

    test.each(shots)('$name', async (shot) => {
      const { page, complaints } = await windowOf(shot.login ?? 'admin');
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
      await page.close();
    });
  });
}
