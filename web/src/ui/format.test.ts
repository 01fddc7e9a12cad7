import { describe, expect, test } from 'vitest';
import { makeFormat } from './format';

const now = () => Date.parse('2026-03-05T04:00:00Z');
const zh = makeFormat('zh', 'Asia/Shanghai', now);
const en = makeFormat('en', 'Asia/Shanghai', now);

describe('dates and times', () => {
  test('are written as the reader writes them', () => {
    expect(zh.date('2026-03-05')).toBe('2026年3月5日');
    expect(en.date('2026-03-05')).toBe('5 Mar 2026');
    expect(zh.month('2026-03')).toBe('2026年3月');
    expect(en.month('2026-03')).toBe('March 2026');
  });

  test('leave out this year, and no other', () => {
    expect(zh.shortDate('2026-03-05')).toBe('3月5日');
    expect(zh.shortDate('2025-12-31')).toBe('2025年12月31日');
    expect(en.shortDate('2026-03-05')).toBe('5 Mar');
  });

  test('stand in the zone of the unit: late in the evening in one is tomorrow in another', () => {
    expect(zh.dateTime('2026-03-05T16:30:00Z')).toBe('3月6日 00:30');
    expect(zh.dateTime('2026-03-05T16:30:00Z', 'Europe/London')).toBe('3月5日 16:30');
    expect(zh.today('America/New_York')).toBe('2026-03-04');
  });

  test('a date alone is no moment: no zone moves it', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) expect(en.date('2026-03-05', zone)).toBe('5 Mar 2026');
  });

  test('a time on the clock of the unit is shown as it was written', () => {
    expect(zh.dateTime('2026-03-05T16:30')).toBe('3月5日 16:30');
    expect(zh.dateTime('2026-03-05T16:30:00', 'Europe/London')).toBe('3月5日 16:30');
  });

  test('what is missing or wrong is no crash', () => {
    expect(zh.date(undefined)).toBe('—');
    expect(zh.date('soon')).toBe('soon');
  });

  test('distances are said in words', () => {
    expect(zh.relative('2026-03-03T04:00:00Z')).toBe('前天');
    expect(en.relative('2026-03-05T06:00:00Z')).toBe('in 2 hours');
  });
});

test('numbers and names', () => {
  expect(en.percent(0.9534)).toBe('95.3%');
  expect(zh.number(1234567.891)).toBe('1,234,567.89');
  expect(zh.list(['张三', '李四', '王五'])).toBe('张三、李四、王五');
  expect(en.list(['Zhang San', 'Li Si'])).toBe('Zhang San, Li Si');
});
