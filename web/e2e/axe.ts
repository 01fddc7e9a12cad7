import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds of weight, a line each; empty: nothing. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] });
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split('\n').slice(1, 3).join(' ').trim().slice(0, 220)})`));
  });
}
