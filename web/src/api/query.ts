import { QueryClient, infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { ask, type DataOf, type InitOf, type PathOf } from './client';
import type { RequestFailed } from './problem';

/** Waiting and repeating is the transport's work, so the cache does none. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', staleTime: 15_000, refetchOnWindowFocus: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

type Params = { params?: unknown } | undefined;

/** Every answer is kept under its address and what it was asked with. */
function keyOf(path: string, init: Params): readonly unknown[] {
  return [path, init?.params ?? null];
}

/** One record or figure: `useQuery(read('/api/v1/units/{id}', {params: {path: {id}}}))`. */
export function read<P extends PathOf<'get'>>(path: P, init?: InitOf<P, 'get'>) {
  return queryOptions<DataOf<P, 'get'>, RequestFailed>({
    queryKey: keyOf(path, init as Params),
    queryFn: ({ signal }) => ask('get', path, { ...(init as object), signal }),
  });
}

/** The record of a list, whatever the list. */
export type ItemOf<P extends PathOf<'get'>> = DataOf<P, 'get'> extends { items: (infer T)[] } ? T : never;

interface PageOf<T> {
  items: T[];
  next?: string;
}

/** A list page by page: for useInfiniteQuery and `DataTable`. */
export function readPages<P extends PathOf<'get'>>(path: P, init?: InitOf<P, 'get'>) {
  const asked = (init ?? {}) as { params?: { query?: Record<string, unknown> } };
  return infiniteQueryOptions<PageOf<ItemOf<P>>, RequestFailed, { pages: PageOf<ItemOf<P>>[]; pageParams: unknown[] }, readonly unknown[], string>({
    queryKey: [...keyOf(path, asked), 'pages'],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...asked.params?.query, after: pageParam };
      return (await ask('get', path, { ...asked, params: { ...asked.params, query }, signal })) as PageOf<ItemOf<P>>;
    },
    getNextPageParam: (last) => last.next || undefined,
  });
}

/** Marks as stale every answer under the addresses: `stale('/api/v1/followups', '/api/v1/reviews')`. */
export function useStale(): (...prefixes: string[]) => Promise<void> {
  const cache = useQueryClient();
  return (...prefixes) =>
    cache.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === 'string' && prefixes.some((prefix) => path.startsWith(prefix)) });
}
