import { describe, expect, test } from 'vitest';
import { faultsOf } from './faults';
import { visible, type Answers, type FormItem } from './visible';

const label = { zh: '', en: '' };
const item = (code: string, kind: string, rest: Partial<FormItem> = {}): FormItem => ({ code, kind, label, ...rest }) as FormItem;
const codes = (items: FormItem[], answers: Answers) => visible({ items }, answers).items.map((i) => i.code);

const items = [
  item('satisfied', 'yesno', { required: true }),
  item('why', 'choices', { show_if: [{ item: 'satisfied', value: 'no' }] }),
  item('other', 'text', { show_if: [{ item: 'why', op: 'in', values: ['other', 'late'] }] }),
  item('part', 'section', { show_if: [{ item: 'score', op: 'lt', value: '3' }] }),
  item('score', 'rating'),
  item('late', 'section', { show_if: [{ item: 'score', op: 'lt', value: '3' }] }),
  item('inner', 'text'),
];

describe('what shows', () => {
  test('follows the answers given before', () => {
    expect(codes(items, {})).toEqual(['satisfied']);
    expect(codes(items, { satisfied: false })).toContain('why');
    expect(codes(items, { satisfied: false, why: ['late'] })).toContain('other');
    expect(codes(items, { satisfied: true, why: ['late'] })).not.toContain('other');
  });

  test('a section covers its items, and a condition never looks ahead', () => {
    expect(codes(items, { score: 1 })).not.toContain('part');
    const later = items.filter((i) => i.code !== 'part');
    expect(codes(later, { score: 1 })).toContain('inner');
    expect(codes(later, { score: 5 })).not.toContain('inner');
  });

  test('answers of what is hidden do not count', () => {
    expect(visible({ items }, { satisfied: true, why: ['late'], other: 'x' }).answers).toEqual({ satisfied: true });
  });

  test.each([
    [{ item: 'm.row', op: 'eq', value: 'bad' }, { m: { row: 'bad' } }, true],
    [{ item: 'm.row', op: 'ge', value: '4' }, { m: { row: 3 } }, false],
    [{ item: 'd', op: 'ge', value: '2026-03-01' }, { d: '2026-03-02' }, true],
    [{ item: 'd', op: 'lt', value: '2026-03-01' }, { d: '2026-03-02' }, false],
    [{ item: 't', op: 'unanswered' }, { t: '  ' }, true],
    [{ item: 't', op: 'answered' }, { t: 'x' }, true],
    [{ item: 't', op: 'not_in', values: ['a', 'b'] }, { t: 'c' }, true],
    [{ item: 't', op: 'ne', value: 'a' }, {}, false],
    [{ any: [{ item: 't', value: 'a' }, { item: 'd', op: 'answered' }] }, { d: '2026-01-01' }, true],
    [{ item: 'gone', op: 'unanswered' }, {}, false],
  ])('%j of %j: %s', (condition, answers, shown) => {
    const form = [item('m', 'matrix'), item('d', 'date'), item('t', 'text'), item('q', 'text', { show_if: [condition] })];
    expect(codes(form, answers as Answers).includes('q')).toBe(shown);
  });
});

describe('what can be mended before sending', () => {
  test.each([
    [item('a', 'text', { required: true }), { a: ' ' }, { a: 'mustAnswer' }],
    [item('a', 'text', { max_length: 2 }), { a: '一二三' }, { a: 'longest' }],
    [item('a', 'number', { integer: true }), { a: 1.5 }, { a: 'whole' }],
    [item('a', 'number', { min: 2, max: 4 }), { a: 5 }, { a: 'greatest' }],
    [item('a', 'choices', { min: 2 }), { a: ['x'] }, { a: 'fewest' }],
    [item('a', 'date', { earliest: '2026-01-01' }), { a: '2025-12-31' }, { a: 'early' }],
    [item('a', 'matrix', { required: true, rows: [{ code: 'r', label }, { code: 's', label }] }), { a: { r: 3 } }, { 'a.s': 'mustAnswer' }],
    [item('a', 'yesno', { required: true }), { a: false }, {}],
    [item('a', 'nps', { required: true }), { a: 0 }, {}],
  ])('%#', (one, answers, wanted) => {
    expect(Object.fromEntries(Object.entries(faultsOf([one], answers as Answers)).map(([code, fault]) => [code, fault.key]))).toEqual(wanted);
  });
});
