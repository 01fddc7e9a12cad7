/** One thing of a history: what it is, and when. */
export interface Moment<K extends string, T> {
  kind: K;
  key: string;
  at: string;
  record: T;
}

export interface Source<T> {
  items: T[];
  /** More of it can be loaded, all of it earlier. */
  more: boolean;
}

/**
 * Puts lists, each last first and loaded in part, into one order of time. What
 * lies before the end of a list that goes on is kept back: something of that list
 * may belong in between.
 */
export function mergeMoments<M extends { at: string }>(lists: Source<M>[]): { shown: M[]; waiting: number[] } {
  const ends = lists.map((l) => (l.more ? Date.parse(l.items.at(-1)?.at ?? '') || Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY));
  const horizon = Math.max(Number.NEGATIVE_INFINITY, ...ends);
  const shown = lists.flatMap((l) => l.items).filter((m) => Date.parse(m.at) >= horizon).sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return { shown, waiting: ends.flatMap((end, i) => (end === horizon && lists[i]?.more ? [i] : [])) };
}
