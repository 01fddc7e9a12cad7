import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReactNode } from 'react';
import { newQueryClient } from './query';
import { faultsByField, messagesOf } from './problem';
import { useWrite } from './write';

const sent: { key: string | null; body: unknown }[] = [];
let answer: () => Response;

beforeEach(() => {
  sent.length = 0;
  answer = () => Response.json({ id: '1' }, { status: 200 });
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
    await Promise.resolve();
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

const cache = newQueryClient();
const around = ({ children }: { children: ReactNode }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>;
const closing = () => renderHook(() => useWrite('post', '/api/v1/cases/{id}/close'), { wrapper: around });
const init = (reason: string) => ({ params: { path: { id: 'c' } }, body: { reason } });
const refusal = { type: 'urn:huifang:problem:invalid', title: '', status: 422, detail: '', code: 'invalid', reason: 'r', messages: { zh: '内容有误', en: 'invalid' }, errors: [{ reason: 'r', detail: '', messages: { zh: '太短', en: 'too short' }, location: { field: 'body.reason' } }] };

test('a second click while the first is under way does nothing', async () => {
  const { result } = closing();
  await act(async () => {
    const both = await Promise.all([result.current.run(init('a')), result.current.run(init('a'))]);
    expect(both[0]).toBe(both[1]);
  });
  expect(sent).toHaveLength(1);
});

test('a key lasts until the change succeeded, and the next change has its own', async () => {
  const { result } = closing();
  await act(async () => void (await result.current.run(init('a'))));
  await act(async () => void (await result.current.run(init('a'))));
  expect(sent[0]?.key).toBeTruthy();
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

test('a refusal is told by field, in the reader’s language', async () => {
  answer = () => Response.json(refusal, { status: 422, headers: { 'Content-Type': 'application/problem+json' } });
  const { result } = closing();
  await act(async () => expect(await result.current.run(init('a'))).toBeUndefined());
  expect(messagesOf(result.current.failed, 'zh')).toEqual(['内容有误', '太短']);
  expect(faultsByField(result.current.failed, 'en')).toEqual({ reason: 'too short' });
});

test('a conflict carries the record as it is now', async () => {
  answer = () => Response.json({ ...refusal, code: 'conflict', status: 409, errors: [], current: { version: 7 } }, { status: 409, headers: { 'Content-Type': 'application/problem+json' } });
  const { result } = closing();
  await act(async () => void (await result.current.run(init('a'))));
  expect(result.current.failed?.current<{ version: number }>()).toEqual({ version: 7 });
});

test('no content is success', async () => {
  answer = () => new Response(null, { status: 204 });
  const { result } = closing();
  await act(async () => expect(await result.current.run(init('a'))).toBe(true));
});
