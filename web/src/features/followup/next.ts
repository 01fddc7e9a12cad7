import { ask } from '@/api';

const key = 'huifang.worklist';

interface Kept {
  ids: string[];
  search: string;
}

/** Remembers the list one works through, for this tab. */
export function keepWorklist(ids: string[], search: string): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ids: ids.slice(0, 500), search } satisfies Kept));
  } catch {
    // Without storage the next one is asked from the server.
  }
}

function kept(): Kept {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '') as Kept;
  } catch {
    return { ids: [], search: '' };
  }
}

/** The address of the list one came from. */
export const backToList = () => `/today${kept().search}`;

/** The one after this in the list one works through, else the reader's most pressing; undefined: all is done. */
export async function nextAfter(id: string): Promise<string | undefined> {
  const { ids } = kept();
  const at = ids.indexOf(id);
  const later = at >= 0 ? ids.slice(at + 1) : ids;
  if (later[0]) return later[0];
  const mine = await ask('get', '/api/v1/followups', { params: { query: { assignee: 'me', state: ['overdue', 'planned'], opens_to: new Date().toISOString(), limit: 2 } } });
  return (mine.items ?? []).find((f) => f.id !== id)?.id;
}
