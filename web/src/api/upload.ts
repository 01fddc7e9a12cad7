import { ownProblem, RequestFailed, type Problem } from './problem';
import { patientFetch } from './transport';

async function refusal(answer: Response): Promise<RequestFailed> {
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  return problem?.messages ? new RequestFailed(problem) : ownProblem(answer.status >= 502 ? 'unavailable' : 'broken', answer.status);
}

/** Sends a file with fields beside it; empty fields are left out. A failure is thrown as RequestFailed. */
export async function upload<T>(path: string, file: File, fields: Record<string, string>, stop?: AbortSignal): Promise<T> {
  const answer = await patientFetch(requestOf(path, file, fields, 'application/json', stop));
  if (!answer.ok) throw await refusal(answer);
  return (await answer.json()) as T;
}

/** The same, for an answer that is a file. */
export async function uploadFor(path: string, file: File, fields: Record<string, string>): Promise<Blob> {
  const answer = await patientFetch(requestOf(path, file, fields, '*/*'));
  if (!answer.ok) throw await refusal(answer);
  return answer.blob();
}

/** The same, for an answer of one JSON value a line, as they come. */
export async function uploadLines(path: string, file: File, fields: Record<string, string>, onLine: (line: unknown) => void): Promise<void> {
  const answer = await patientFetch(requestOf(path, file, fields, 'application/x-ndjson'));
  if (!answer.ok) throw await refusal(answer);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) onLine(JSON.parse(line));
  }
  if (rest.trim()) onLine(JSON.parse(rest));
}

function requestOf(path: string, file: File, fields: Record<string, string>, accept: string, stop?: AbortSignal): Request {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) body.append(name, value);
  body.append('file', file, file.name);
  return new Request(new URL(path, window.location.origin), { method: 'POST', body, headers: { Accept: accept }, credentials: 'same-origin', ...(stop && { signal: stop }) });
}
