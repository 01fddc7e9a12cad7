import { ask, reachable, type Schema } from '@/api';

const key = 'huifang.worklist';

interface Kept {
  ids: string[];
  search: string;
  asked: Record<string, unknown>;
}

/** Remembers the list one works through, for this tab. */
export function keepWorklist(ids: string[], search: string, asked: Record<string, unknown>): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ids: ids.slice(0, 500), search, asked } satisfies Kept));
  } catch {
    // Without storage one works through one's own.
  }
}

function kept(): Kept | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text ? (JSON.parse(text) as Kept) : undefined;
  } catch {
    return undefined;
  }
}

/** The address of the list one came from. */
export const backToList = () => `/today${kept()?.search ?? ''}`;

/** The one after this in the list one works through, else the reader's most pressing; undefined: all is done. */
export async function nextAfter(id: string): Promise<string | undefined> {
  const list = kept();
  if (list && reachable.get().down) return list.ids[list.ids.indexOf(id) + 1];
  const asked = list?.asked ?? { assignee: 'me', state: ['overdue', 'planned'], opens_to: new Date().toISOString() };
  const found: Schema<'Next'> = await ask('get', '/api/v1/followups/{id}/next', { params: { path: { id }, query: asked } });
  return found.followup?.id;
}
