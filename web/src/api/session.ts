import { createContext, useContext } from 'react';
import type { Schema } from './client';

export type Me = Schema<'Me'>;
/** Stable dotted names, e.g. `followup.review`. */
export type Permission = Schema<'Role'>['permissions'][number];

/** Who is logged in; everything below the shell has one. */
export const SessionContext = createContext<Me | undefined>(undefined);

export function useMe(): Me {
  const me = useContext(SessionContext);
  if (!me) throw new Error('useMe outside of a session');
  return me;
}

/** Whether the reader holds any of the permissions; none named: always. */
export function may(me: Me, ...any: string[]): boolean {
  return any.length === 0 || any.some((p) => (me.permissions as string[]).includes(p));
}

export function useMay(): (...any: string[]) => boolean {
  const me = useMe();
  return (...any) => may(me, ...any);
}
