import { expect, test } from 'vitest';
import { mergeMoments } from './merge';

const on = (day: number, name: string) => ({ at: `2026-03-${String(day).padStart(2, '0')}T00:00:00Z`, name });
const names = (found: { shown: { name: string }[] }) => found.shown.map((m) => m.name).join('');

test('complete lists are put in the order of time, last first', () => {
  const found = mergeMoments([{ items: [on(9, 'a'), on(3, 'c')], more: false }, { items: [on(5, 'b')], more: false }]);
  expect(names(found)).toBe('abc');
  expect(found.waiting).toEqual([]);
});

test('nothing earlier than the end of a list that goes on is shown, and that list is asked next', () => {
  const found = mergeMoments([{ items: [on(9, 'a'), on(6, 'b')], more: true }, { items: [on(8, 'x'), on(2, 'y')], more: false }]);
  expect(names(found)).toBe('axb');
  expect(found.waiting).toEqual([0]);
});

test('a list of which nothing came yet is waited for', () => {
  const found = mergeMoments([{ items: [], more: true }, { items: [on(2, 'y')], more: false }]);
  expect(names(found)).toBe('');
  expect(found.waiting).toEqual([0]);
});
