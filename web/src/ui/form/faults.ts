import { isAnswer, type Answers, type FormItem } from './visible';

/** What is wrong with an answer: a key of the texts under `form`, with its number. */
export interface FormFault {
  key: 'mustAnswer' | 'least' | 'greatest' | 'whole' | 'longest' | 'fewest' | 'most' | 'early' | 'late';
  n?: number;
  date?: string;
}

function ofNumber(item: FormItem, value: number): FormFault | undefined {
  if (item.integer && !Number.isInteger(value)) return { key: 'whole' };
  if (item.min !== undefined && value < item.min) return { key: 'least', n: item.min };
  if (item.max !== undefined && value > item.max) return { key: 'greatest', n: item.max };
  return undefined;
}

function ofList(item: FormItem, value: unknown[]): FormFault | undefined {
  if (item.min !== undefined && value.length < item.min) return { key: 'fewest', n: item.min };
  if (item.max !== undefined && value.length > item.max) return { key: 'most', n: item.max };
  return undefined;
}

function ofDate(item: FormItem, value: string): FormFault | undefined {
  if (item.earliest && value < item.earliest) return { key: 'early', date: item.earliest };
  if (item.latest && value > item.latest) return { key: 'late', date: item.latest };
  return undefined;
}

function ofItem(item: FormItem, value: unknown): FormFault | undefined {
  if (!isAnswer(value)) return item.required ? { key: 'mustAnswer' } : undefined;
  if (item.kind === 'text' && [...String(value)].length > (item.max_length ?? 2000)) return { key: 'longest', n: item.max_length ?? 2000 };
  if (item.kind === 'number') return ofNumber(item, Number(value));
  if (item.kind === 'date') return ofDate(item, String(value));
  if (Array.isArray(value)) return ofList(item, value);
  return undefined;
}

/**
 * What the reader can mend before sending, by item code or `item.row`. The
 * server decides; it says the same of the same answers.
 */
export function faultsOf(items: FormItem[], answers: Answers): Record<string, FormFault> {
  const found: Record<string, FormFault> = {};
  for (const item of items) {
    if (item.kind === 'matrix' && item.required) {
      const cells = (answers[item.code] ?? {}) as Answers;
      for (const row of item.rows ?? []) if (!isAnswer(cells[row.code])) found[`${item.code}.${row.code}`] = { key: 'mustAnswer' };
      continue;
    }
    const fault = item.kind === 'section' ? undefined : ofItem(item, answers[item.code]);
    if (fault) found[item.code] = fault;
  }
  return found;
}
