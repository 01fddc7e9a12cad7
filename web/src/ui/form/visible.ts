import type { Schema } from '@/api';

export type FormDefinition = Schema<'FormDefinition'>;
export type FormItem = Schema<'FormItem'>;
type Condition = Schema<'FormCondition'>;

/** Answers by item code, as the API takes them. */
export type Answers = Record<string, unknown>;

function equals(value: unknown, literal: string): boolean {
  if (Array.isArray(value)) return value.includes(literal);
  if (typeof value === 'number') return literal.trim() !== '' && Number(literal) === value;
  if (typeof value === 'boolean') return (value && ['yes', 'true'].includes(literal)) || (!value && ['no', 'false'].includes(literal));
  return value === literal;
}

function compare(op: string, value: unknown, literal: string, kind: string): boolean {
  const pair: [number, number] | [string, string] | undefined =
    typeof value === 'number' && literal.trim() !== '' ? [value, Number(literal)] : typeof value === 'string' && kind === 'date' ? [value, literal] : undefined;
  if (!pair) return false;
  const [a, b] = pair;
  return { lt: a < b, le: a <= b, gt: a > b, ge: a >= b }[op] ?? false;
}

/** An empty text, list or object is no answer. */
export function isAnswer(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return Object.values(value).some(isAnswer);
  return true;
}

function holds(condition: Condition, items: FormItem[], given: Answers): boolean {
  if (condition.any?.length) return condition.any.some((c) => holds(c, items, given));
  const [code = '', row] = (condition.item ?? '').split('.');
  const item = items.find((i) => i.code === code);
  const whole = given[code];
  const value = row ? (whole as Answers | undefined)?.[row] : whole;
  const op = condition.op || (condition.values?.length ? 'in' : 'eq');
  if (!item) return false;
  if (!isAnswer(value)) return op === 'unanswered';
  switch (op) {
    case 'eq':
      return equals(value, condition.value ?? '');
    case 'ne':
      return !equals(value, condition.value ?? '');
    case 'in':
      return (condition.values ?? []).some((v) => equals(value, v));
    case 'not_in':
      return !(condition.values ?? []).some((v) => equals(value, v));
    case 'answered':
      return true;
    case 'unanswered':
      return false;
    default:
      return compare(op, value, condition.value ?? '', item.kind);
  }
}

/**
 * The items that show for these answers, in order, and the answers that count:
 * those of hidden items are left out, as the server leaves them out.
 */
export function visible(definition: Pick<FormDefinition, 'items'>, answers: Answers): { items: FormItem[]; answers: Answers } {
  const items: FormItem[] = [];
  const given: Answers = {};
  let section = true;
  definition.items.forEach((item, index) => {
    const shown = (item.show_if ?? []).every((c) => holds(c, definition.items.slice(0, index), given));
    if (item.kind === 'section') section = shown;
    if (!shown || !section) return;
    items.push(item);
    const value = answers[item.code];
    if (item.kind !== 'section' && isAnswer(value)) given[item.code] = value;
  });
  return { items, answers: given };
}
