import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '@/api';

export type Answers = Record<string, unknown>;

export interface SignatureDraft {
  name?: string;
  image?: string;
}

/** What somebody has filled in and not sent. */
export interface Draft {
  /** Of the follow-up it was begun on. */
  version: number;
  answers: Answers;
  channel?: string;
  customer?: SignatureDraft;
  staff?: SignatureDraft;
  /** When it was last changed, Unix ms. */
  at: number;
}

const prefix = 'huifang.draft';
const keptDays = 60;

const keyOf = (staff: string, followup: string) => `${prefix}.${staff}.${followup}`;

function load(key: string): Draft | undefined {
  try {
    const text = localStorage.getItem(key);
    return text ? (JSON.parse(text) as Draft) : undefined;
  } catch {
    return undefined;
  }
}

function store(key: string, draft: Draft): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** Forgets the draft of a follow-up that was sent. */
export function dropDraft(staff: string, followup: string): void {
  localStorage.removeItem(keyOf(staff, followup));
}

/** Forgets drafts nobody came back to. */
function sweep(): void {
  const oldest = Date.now() - keptDays * 86_400_000;
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(`${prefix}.`)) continue;
    if ((load(key)?.at ?? 0) < oldest) localStorage.removeItem(key);
  }
}

const isEmpty = (draft: Draft) => Object.keys(draft.answers).length === 0 && !draft.customer && !draft.staff;

/**
 * The draft of a follow-up's form: kept in this browser at every change, and
 * there again after the tab was closed or the network lost.
 */
export function useDraft(followup: string, version: number, initial: Answers = {}) {
  const staff = useMe().staff?.id ?? '';
  const key = keyOf(staff, followup);
  const [restored, setRestored] = useState<Draft | undefined>(() => load(key));
  const [draft, setDraft] = useState<Draft>(() => restored ?? { version, answers: initial, at: 0 });
  const [unsaved, setUnsaved] = useState(false);
  const last = useRef(draft);
  useEffect(sweep, []);
  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...last.current, ...part, at: Date.now() };
      last.current = next;
      setDraft(next);
      if (isEmpty(next)) localStorage.removeItem(key);
      else setUnsaved(!store(key, next));
    },
    [key],
  );
  /** After one's own change of the follow-up: the draft builds on what came of it. */
  const rebase = useCallback((to: number) => {
    last.current = { ...last.current, version: to };
    setDraft(last.current);
    if (load(key)) store(key, last.current);
  }, [key]);
  const discard = useCallback(() => {
    localStorage.removeItem(key);
    last.current = { version, answers: initial, at: 0 };
    setDraft(last.current);
    setRestored(undefined);
    // The form begins anew with what it began with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, version]);
  return { draft, change, rebase, discard, restored: restored && !isEmpty(restored) ? restored : undefined, accept: () => setRestored(undefined), unsaved };
}
