import type { components } from './schema';

/** What the server answers to a request that failed (RFC 9457). */
export type Problem = components['schemas']['Problem'];
type Fault = components['schemas']['Fault'];

export type Lang = 'zh' | 'en';

/** A text in both languages; `en` may be empty in what organizations write. */
export interface Text {
  zh: string;
  en: string;
}

/** The text in the reader's language, or in the other one where it has none. */
export function inLang(text: Text | undefined, lang: Lang): string {
  if (!text) return '';
  return lang === 'zh' ? text.zh || text.en : text.en || text.zh;
}

/** A failed request, as every function of this room throws it. */
export class RequestFailed extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.messages.en || problem.detail);
    this.name = 'RequestFailed';
    this.problem = problem;
  }

  /** The record as it is now, of a conflict with somebody else's change. */
  current<T>(): T | undefined {
    return this.problem.code === 'conflict' ? (this.problem.current as T | undefined) : undefined;
  }
}

const own: Record<'unavailable' | 'broken', Text> = {
  unavailable: { zh: '暂时连不上服务器，请检查网络后重试', en: 'the server cannot be reached just now; check the network and try again' },
  broken: { zh: '服务器的回答无法读取，请重试；若仍如此，请联系管理员', en: 'the answer of the server cannot be read; try again, and tell the administrator if it stays so' },
};

/** A problem of our own making: no answer came, or none that can be read. */
export function ownProblem(kind: keyof typeof own, status = 0): RequestFailed {
  const code = kind === 'unavailable' ? 'unavailable' : 'internal';
  return new RequestFailed({
    type: `urn:huifang:problem:${code}`, title: own[kind].en, status, detail: own[kind].en,
    code, reason: `console.${kind}`, messages: own[kind],
  });
}

/** Any thrown value as a problem. */
export function problemOf(error: unknown): Problem {
  return error instanceof RequestFailed ? error.problem : ownProblem('broken').problem;
}

/** What to tell the reader: the message, then the single faults if there are several. */
export function messagesOf(error: unknown, lang: Lang): string[] {
  const problem = problemOf(error);
  const faults = (problem.errors ?? []).map((fault) => inLang(fault.messages, lang));
  const main = inLang(problem.messages, lang) || problem.detail;
  return faults.length > 1 || (faults.length === 1 && faults[0] !== main) ? [main, ...faults] : [main];
}

/** The messages by the field they belong to, e.g. `body.name` → `name`. */
export function faultsByField(error: unknown, lang: Lang): Record<string, string> {
  const problem = problemOf(error);
  const all: Pick<Fault, 'messages' | 'location'>[] = problem.errors?.length ? problem.errors : [problem];
  const found: Record<string, string> = {};
  for (const fault of all) {
    const field = fault.location?.field?.replace(/^(body|answers|query|path)\./, '').replace(/^answers\./, '');
    if (field) found[field] ??= inLang(fault.messages, lang);
  }
  return found;
}
