import createClient, { type MaybeOptionalInit, type ParseAsResponse } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, SuccessResponse, ResponseObjectMap } from 'openapi-typescript-helpers';
import type { components, paths } from './schema';
import { ownProblem, RequestFailed, type Problem } from './problem';
import { patientFetch } from './transport';

/** The records of the API by name: `Schema<'Followup'>`. */
export type Schema<N extends keyof components['schemas']> = components['schemas'][N];

export type PathOf<M extends HttpMethod> = PathsWithMethod<paths, M>;
type Operation<P extends keyof paths, M extends HttpMethod> = M extends keyof paths[P] ? NonNullable<paths[P][M]> : never;
/** What an operation is asked with: `params: {path, query}` and `body`. */
export type InitOf<P extends PathOf<M>, M extends HttpMethod> = MaybeOptionalInit<paths[P], M & keyof paths[P]>;
/** What an operation answers when all is well. */
export type DataOf<P extends keyof paths, M extends HttpMethod> = ParseAsResponse<
  SuccessResponse<ResponseObjectMap<Operation<P, M> & Record<string | number, unknown>>, 'application/json'>,
  object
>;

const client = createClient<paths>({ baseUrl: typeof window === 'undefined' ? '' : window.location.origin, fetch: patientFetch, querySerializer: { array: { style: 'form', explode: false } } });

interface LooseInit {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, unknown> };
  body?: unknown;
  signal?: AbortSignal;
}

interface LooseAnswer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'messages' in value;
}

/** Leaves out what is not asked for: an empty filter is no filter. */
function tidy(init: LooseInit | undefined): LooseInit {
  const query = init?.params?.query;
  if (!query) return init ?? {};
  const kept = Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '' && !(Array.isArray(v) && v.length === 0)));
  return { ...init, params: { ...init.params, query: kept } };
}

/** Asks one operation; a failure is thrown as RequestFailed. */
export async function ask<M extends HttpMethod, P extends PathOf<M>>(method: M, path: P, init?: InitOf<P, M> | LooseInit): Promise<DataOf<P, M>> {
  const send = client.request as unknown as (method: string, path: string, init: LooseInit) => Promise<LooseAnswer>;
  const { data, error, response } = await send(method, path, tidy(init as LooseInit));
  if (response.ok) return data as DataOf<P, M>;
  throw isProblem(error) ? new RequestFailed(error) : ownProblem(response.status >= 502 ? 'unavailable' : 'broken', response.status);
}
