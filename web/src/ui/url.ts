import { useCallback } from 'react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';

/** What stands in the address after `?`: names to texts, several joined by commas. */
export type Query = Record<string, string>;

export function parseQuery(search: string): Query {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeQuery(query: Record<string, unknown>): string {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text ? `?${text}` : '';
}

/** A variable part of the page's address. */
export function useParam(name: string): string {
  return (useParams({ strict: false }) as Record<string, string | undefined>)[name] ?? '';
}

/** The state of the page that a reader may want to bookmark. Empty text removes a name. */
export function useQueryState(): [Query, (change: Record<string, string | undefined>, options?: { push?: boolean }) => void] {
  const query = useSearch({ strict: false }) as Query;
  const navigate = useNavigate();
  const change = useCallback(
    (next: Record<string, string | undefined>, options?: { push?: boolean }) => {
      void navigate({ to: '.', search: ((now: Query) => ({ ...now, ...next })) as never, replace: !options?.push, resetScroll: false });
    },
    [navigate],
  );
  return [query, change];
}

/** Goes to an address of the console: `go('/followups/1?tab=history')`. */
export function useGo(): (address: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (address, options) => {
      const [path = '/', search = ''] = address.split('?');
      void navigate({ to: path, search: parseQuery(search) as never, replace: options?.replace ?? false });
    },
    [navigate],
  );
}
