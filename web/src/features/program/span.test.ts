import { expect, test } from 'vitest';
import { daysOf, parseSpan, placeOn } from './span';

test('offsets are read with their sign and unit', () => {
  expect(parseSpan('7d')).toEqual({ n: 7, unit: 'd' });
  expect(parseSpan('-1mo')).toEqual({ n: -1, unit: 'mo' });
  expect(parseSpan('3wd')).toEqual({ n: 3, unit: 'wd' });
  expect(parseSpan('soon')).toBeUndefined();
  expect(parseSpan(undefined)).toBeUndefined();
  expect(daysOf('12h')).toBe(0.5);
});

test('the axis keeps the order and ends at its ends', () => {
  const place = placeOn(-7, 180);
  expect(place(-7)).toBe(0);
  expect(place(180)).toBe(1);
  const places = [-7, -1, 0, 0.5, 3, 30, 180].map(place);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(placeOn(0, 0)(0)).toBe(0);
});
