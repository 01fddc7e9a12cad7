import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { door, patientFetch, reachable, tryNow } from './transport';

const here = 'http://console.test';
const answers: (() => Response | Promise<Response>)[] = [];
const seen: { method: string; body: string; key: string | null }[] = [];

beforeEach(() => {
  answers.length = 0;
  seen.length = 0;
  reachable.set({ down: false, since: 0 });
  door.set('open');
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push({ method: request.method, body: await request.text(), key: request.headers.get('Idempotency-Key') });
    const next = answers.shift();
    if (!next) throw new Error('asked once too often');
    return next();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const status = (code: number) => () => new Response('{}', { status: code });
const gone = () => Promise.reject(new TypeError('Failed to fetch'));
const post = (key?: string) => new Request(`${here}/api/v1/x`, { method: 'POST', body: '{"a":1}', headers: key ? { 'Idempotency-Key': key } : {} });

describe('a server that is down', () => {
  test('is asked again until it answers, and says so meanwhile', async () => {
    answers.push(gone, status(503), status(200));
    const asked = patientFetch(new Request(`${here}/api/v1/x`));
    await vi.advanceTimersByTimeAsync(100);
    expect(reachable.get().down).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect((await asked).status).toBe(200);
    expect(reachable.get().down).toBe(false);
    expect(seen).toHaveLength(3);
  });

  test('is asked at once when the reader says so', async () => {
    answers.push(gone, gone, gone, gone, status(200));
    const asked = patientFetch(new Request(`${here}/api/v1/x`));
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(1);
      tryNow();
    }
    expect((await asked).status).toBe(200);
  });

  test('gets a change with a key again, the same one', async () => {
    answers.push(gone, status(201));
    const asked = patientFetch(post('k1'));
    await vi.advanceTimersByTimeAsync(3000);
    expect((await asked).status).toBe(201);
    expect(seen.map(({ key, body }) => [key, body])).toEqual([['k1', '{"a":1}'], ['k1', '{"a":1}']]);
  });

  test('never gets a change without a key twice', async () => {
    answers.push(gone);
    await expect(patientFetch(post())).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    expect(seen).toHaveLength(1);
  });

  test('is not asked any more by a page that was left', async () => {
    answers.push(gone);
    const left = new AbortController();
    const asked = patientFetch(new Request(`${here}/api/v1/x`, { signal: left.signal }));
    const ended = expect(asked).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(10);
    left.abort();
    await ended;
    expect(seen).toHaveLength(1);
  });
});

describe('a session that ended', () => {
  test('asks for the log-in and goes on with the same request', async () => {
    answers.push(status(401), status(200));
    const asked = patientFetch(post('k2'));
    await vi.advanceTimersByTimeAsync(10);
    expect(door.get()).toBe('asked');
    door.set('open');
    expect((await asked).status).toBe(200);
    expect(seen.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });

  test('before anybody has logged in is an answer like any other', async () => {
    door.set('unknown');
    answers.push(status(401));
    expect((await patientFetch(new Request(`${here}/api/v1/session`))).status).toBe(401);
  });

  test('a wrong password is no ended session', async () => {
    answers.push(status(401));
    expect((await patientFetch(new Request(`${here}/api/v1/session`, { method: 'POST', body: '{}' }))).status).toBe(401);
    expect(door.get()).toBe('open');
  });
});
