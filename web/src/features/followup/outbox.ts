import { ask, ownProblem, reachable, RequestFailed, signal, useSignal, type Schema } from '@/api';
import { dropDraft } from './drafts';
import { sendFiles } from './files';

export type Completed = Schema<'Completed'>;

/** A finished follow-up on its way to the server. */
export interface Parcel {
  followup: string;
  staff: string;
  /** For people: the contact's name, or the number. */
  name: string;
  kind: 'complete' | 'correct';
  key: string;
  body: Record<string, unknown>;
  at: number;
}

/** How the sending of one follow-up went. */
export interface Sent {
  done?: Completed;
  failed?: RequestFailed;
}

const storage = 'huifang.outbox';

function kept(): Parcel[] {
  try {
    return JSON.parse(localStorage.getItem(storage) ?? '[]') as Parcel[];
  } catch {
    return [];
  }
}

/** What waits to be sent, by everybody who works in this browser. */
export const waiting = signal<Parcel[]>(kept());
/** What became of what was sent since the page was loaded, by follow-up. */
export const outcomes = signal<Record<string, Sent>>({});

function keep(parcels: Parcel[]): void {
  waiting.set(parcels);
  try {
    localStorage.setItem(storage, JSON.stringify(parcels));
  } catch {
    // It is sent all the same while the page is open.
  }
}

const under = new Map<string, Promise<Sent>>();
const said = new Set<() => void>();

/** Is told whenever something arrived. */
export function onSent(listener: () => void): () => void {
  said.add(listener);
  return () => said.delete(listener);
}

async function send(parcel: Parcel): Promise<Sent> {
  const { followup, key, body, kind } = parcel;
  let sent: Sent;
  try {
    await sendFiles(followup);
    const done = await ask('post', `/api/v1/followups/{id}/${kind}` as '/api/v1/followups/{id}/complete', { params: { path: { id: followup }, header: { 'Idempotency-Key': key } }, body: body as Schema<'Completion'> });
    sent = { done };
    dropDraft(parcel.staff, kind === 'correct' ? `${followup}.correct` : followup);
  } catch (error) {
    sent = { failed: error instanceof RequestFailed ? error : ownProblem('broken') };
  }
  keep(waiting.get().filter((other) => other.key !== key));
  outcomes.set({ ...outcomes.get(), [followup]: sent });
  for (const listener of [...said]) listener();
  return sent;
}

function start(parcel: Parcel): Promise<Sent> {
  const running = under.get(parcel.key) ?? send(parcel).finally(() => under.delete(parcel.key));
  under.set(parcel.key, running);
  return running;
}

/** Sends what a follow-up found, once, however often the network fails; goes on after the tab was closed. */
export function post(parcel: Omit<Parcel, 'key' | 'at'>): Promise<Sent> {
  const already = waiting.get().find((other) => other.followup === parcel.followup && JSON.stringify(other.body) === JSON.stringify(parcel.body));
  const whole: Parcel = already ?? { ...parcel, at: Date.now(), key: crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}` };
  forget(parcel.followup);
  keep([...waiting.get().filter((other) => other.followup !== parcel.followup), whole]);
  return start(whole);
}

/** Goes on with what an earlier page left, for who is logged in now. */
export function resume(staff: string): void {
  for (const parcel of waiting.get()) if (parcel.staff === staff) void start(parcel);
}

/** Drops what became of an earlier sending. */
export function forget(followup: string): void {
  const { [followup]: _, ...others } = outcomes.get();
  outcomes.set(others);
}

/** The follow-up's parcel that waits, and what became of its last one. */
export function useParcel(followup: string): { parcel: Parcel | undefined; sent: Sent | undefined; offline: boolean } {
  const all = useSignal(waiting);
  const ended = useSignal(outcomes);
  const { down } = useSignal(reachable);
  return { parcel: all.find((one) => one.followup === followup), sent: ended[followup], offline: down };
}
