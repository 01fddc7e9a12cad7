import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** The rows of a list are of one make: some of them stand for all. */
const alike = ['tbody > tr:nth-child(n+20)', 'ul > li:nth-child(n+20)'];

async function run(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  return page.evaluate(async ({ exclude, asked }) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude }, { runOnly: asked, resultTypes: ['violations'] } as RunOptions);
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split('\n').slice(1, 3).join(' ').trim().slice(0, 220)})`));
  }, { exclude: alike, asked: runOnly });
}

/** What axe-core finds of weight, a line each; empty: nothing. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return run(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']);
}

/** The same of colours alone: for a page that `faults` has looked at in another tone. */
export function paleFaults(page: Page): Promise<string[]> {
  return run(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
}
