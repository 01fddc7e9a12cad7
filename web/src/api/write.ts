import { useRef, useState } from 'react';
import type { HttpMethod } from 'openapi-typescript-helpers';
import { ask, type DataOf, type InitOf, type PathOf } from './client';
import { RequestFailed, ownProblem } from './problem';
import { useStale } from './query';

/** What a change answered: `true` where there is nothing to say. */
export type Done<D> = [D] extends [never] ? true : D extends undefined ? true : D;

/** A change that the reader can ask for. */
export interface Write<I, D> {
  /** Sends it; answers undefined when it failed, and says so in `failed`. No content: true. */
  run(init: I): Promise<Done<D> | undefined>;
  pending: boolean;
  failed: RequestFailed | undefined;
  reset(): void;
}

/** The same content keeps its key until it succeeded, so that it is done once. */
class OnceKey {
  private content = '';
  private key = '';

  of(content: string): string {
    if (content !== this.content) {
      this.content = content;
      this.key = crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    }
    return this.key;
  }

  done(): void {
    this.content = '';
  }
}

/**
 * A change through one operation. A second submit while one is under way does
 * nothing; POST carries an Idempotency-Key, so that a repetition after a lost
 * answer does nothing twice. What became stale is fetched again.
 */
export function useWrite<M extends Exclude<HttpMethod, 'get'>, P extends PathOf<M>>(method: M, path: P, options: { stale?: string[] } = {}): Write<InitOf<P, M>, DataOf<P, M>> {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<RequestFailed>();
  const running = useRef<Promise<Done<DataOf<P, M>> | undefined>>(undefined);
  const once = useRef(new OnceKey());
  const stale = useStale();

  async function send(init: InitOf<P, M>): Promise<Done<DataOf<P, M>> | undefined> {
    setPending(true);
    setFailed(undefined);
    const asked = (init ?? {}) as { params?: { header?: object } };
    const header = method === 'post' ? { 'Idempotency-Key': once.current.of(JSON.stringify([path, init ?? null])), ...asked.params?.header } : asked.params?.header;
    try {
      const data = await ask(method, path, { ...asked, params: { ...asked.params, header } } as InitOf<P, M>);
      once.current.done();
      if (options.stale) void stale(...options.stale);
      return (data ?? true) as Done<DataOf<P, M>>;
    } catch (error) {
      const failure = error instanceof RequestFailed ? error : ownProblem('broken');
      if (failure.problem.code !== 'unavailable') once.current.done();
      setFailed(failure);
      return undefined;
    } finally {
      running.current = undefined;
      setPending(false);
    }
  }

  return {
    run: (init) => (running.current ??= send(init)),
    pending,
    failed,
    reset: () => setFailed(undefined),
  };
}
