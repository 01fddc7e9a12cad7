import { useQuery } from '@tanstack/react-query';
import { read, useWrite } from '@/api';

export interface SavedView {
  name: string;
  search: string;
}

const path = '/api/v1/preferences';

/** The reader's saved views of a list, wherever they log in. */
export function useSavedViews(list: string) {
  const found = useQuery({ ...read(path, { params: { query: { page: list } } }), staleTime: 300_000 });
  const put = useWrite('put', path, { stale: [path] });
  const drop = useWrite('delete', path, { stale: [path] });
  const views: SavedView[] = (found.data?.items ?? []).flatMap(({ name, value }) => (typeof value === 'string' ? [{ name, search: value }] : []));
  return {
    views,
    failed: put.failed ?? drop.failed,
    pending: put.pending,
    save: (name: string, search: string) => put.run({ body: { page: list, name, value: search } }),
    remove: (name: string) => drop.run({ params: { query: { page: list, name } } }),
  };
}
