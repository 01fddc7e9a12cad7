import { ownProblem } from './problem';
import { signal } from './signal';

/** Whether the server answers. While it does not, requests wait and try again. */
export const reachable = signal<{ down: boolean; since: number }>({ down: false, since: 0 });

/**
 * Who is logged in, as far as requests know: `asked` while the log-in dialog
 * stands over the page and requests wait for it.
 */
export const door = signal<'unknown' | 'open' | 'asked'>('unknown');

const pauses = [500, 1000, 2000, 4000, 8000];
const outages = [502, 503, 504];
const wake = signal(0);

/** Tries again at once what waits for the server. */
export function tryNow(): void {
  wake.set(wake.get() + 1);
}

if (typeof window !== 'undefined') window.addEventListener('online', tryNow);

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      unwatch();
      stop.removeEventListener('abort', aborted);
      resolve();
    };
    const aborted = () => {
      clearTimeout(timer);
      unwatch();
      reject(stop.reason);
    };
    const timer = setTimeout(done, ms);
    const unwatch = wake.watch(done);
    stop.addEventListener('abort', aborted, { once: true });
  });
}

function opened(stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      unwatch();
      reject(stop.reason);
    };
    const unwatch = door.watch(() => {
      if (door.get() === 'asked') return;
      unwatch();
      stop.removeEventListener('abort', aborted);
      resolve();
    });
    stop.addEventListener('abort', aborted, { once: true });
  });
}

/** Requests that do the same whether they arrive once or twice. */
function repeatable(request: Request): boolean {
  return request.method === 'GET' || request.method === 'PUT' || request.headers.has('Idempotency-Key');
}

/** Nothing came back: null. A patient caller gets that for an outage, too. */
async function attempt(request: Request): Promise<Response | null> {
  try {
    const answer = await fetch(request.clone());
    return outages.includes(answer.status) && repeatable(request) ? null : answer;
  } catch (error) {
    if (request.signal.aborted) throw error;
    return null;
  }
}

async function answered(request: Request): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await attempt(request);
    if (answer) {
      if (reachable.get().down) reachable.set({ down: false, since: 0 });
      return answer;
    }
    if (!reachable.get().down) reachable.set({ down: true, since: Date.now() });
    if (!repeatable(request)) throw ownProblem('unavailable');
    await pause(pauses[Math.min(tries, pauses.length - 1)] ?? 8000, request.signal);
  }
}

/**
 * fetch, with two kinds of patience: a server that is down is asked again where
 * that is harmless, and a session that ended lets the reader log in over the
 * page and then goes on with the same request, so that nothing typed is lost.
 */
export async function patientFetch(request: Request): Promise<Response> {
  const entering = request.url.endsWith('/api/v1/session') && request.method !== 'GET';
  for (;;) {
    const answer = await answered(request);
    if (answer.status !== 401 || entering || door.get() === 'unknown') return answer;
    door.set('asked');
    await opened(request.signal);
  }
}
