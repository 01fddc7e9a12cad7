import type { Page } from 'playwright-core';

/** A page worth a picture: photographed, and checked by axe in every look. */
export interface Shot {
  /** File name of the picture. */
  name: string;
  /** Address, or a way to find one: e.g. the first follow-up there is. */
  path: string | ((page: Page) => Promise<string>);
  /** A demonstration log-in; default `admin`. */
  login?: string;
  /** Brings the page into the state worth a picture, e.g. opens a dialog. */
  prepare?: (page: Page) => Promise<void>;
}

/** The address of the first record of a list: `firstOf('cases?state=open', '/cases')`. */
export function firstOf(list: string, at: string, name: 'id' | 'code' = 'id'): (page: Page) => Promise<string> {
  return async (page) => {
    const answer = await page.request.get(`/api/v1/${list}`);
    const first = ((await answer.json()) as { items?: Record<string, string>[] }).items?.[0];
    if (!first) throw new Error(`${list}: nothing there (${answer.status()})`);
    return `${at}/${encodeURIComponent(first[name] ?? '')}`;
  };
}
