import { createContext, useContext, type ReactNode } from 'react';
import type { Schema } from '@/api';
import { useNow } from '@/ui';

/** Which question of the action menu is open. */
export type WorkAction = 'postpone' | 'reassign' | 'waive' | 'unreachable' | 'callback' | 'survey';

interface WholeValue {
  detail: Schema<'FollowupDetail'>;
  act: (action: WorkAction | undefined) => void;
  /** After a change: asks again what may have changed. */
  refresh: () => void;
  /** The version that the reader's own last change made. */
  own: number;
  setOwn: (version: number) => void;
  /** The channel of the last attempt that reached the contact. */
  reached: string | undefined;
  setReached: (channel: string | undefined) => void;
}

const Context = createContext<WholeValue | undefined>(undefined);

/** The follow-up a page is about, for all its parts. */
export function Whole({ value, children }: { value: WholeValue; children: ReactNode }) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useWhole(): WholeValue {
  const value = useContext(Context);
  if (!value) throw new Error('useWhole outside of a follow-up');
  return value;
}

/** Whether the window opens later: nothing can be noted before. */
export function useEarly(): boolean {
  const { detail } = useWhole();
  return Date.parse(detail.opens_at) > useNow(15_000);
}
