import { useMemo } from 'react';
import { useMe, type Lang } from '@/api';
import { useLang } from './texts';

/** Dates, times, numbers and names as the reader writes them. */
export interface Format {
  /** A moment's date, or a date as it is: `2026-03-05` → 2026年3月5日 / 5 Mar 2026. */
  date(value: string | undefined, zone?: string): string;
  /** Without the year when it is this one: for dense lists. */
  shortDate(value: string | undefined, zone?: string): string;
  time(value: string | undefined, zone?: string): string;
  dateTime(value: string | undefined, zone?: string): string;
  month(value: string | undefined): string;
  weekday(value: string | undefined, zone?: string): string;
  number(value: number | undefined, digits?: number): string;
  /** 0.953 → 95.3 % */
  percent(ratio: number | undefined, digits?: number): string;
  /** 3 天前 / in 2 hours, from now. */
  relative(value: string | undefined): string;
  /** Today's date in the zone as YYYY-MM-DD. */
  today(zone?: string): string;
  /** Names in a row: 张三、李四 / Zhang San, Li Si. */
  list(names: string[]): string;
}

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
/** A time of the unit's own clock, as rules and registers write it: it has no zone to be turned into. */
const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** Nothing to show. */
export const dash = '—';

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60]];

export function makeFormat(lang: Lang, home: string, now: () => number = Date.now): Format {
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  const kept = new Map<string, Intl.DateTimeFormat>();
  const styled = (options: Intl.DateTimeFormatOptions, zone: string) => {
    const key = JSON.stringify([options, zone]);
    let found = kept.get(key);
    if (!found) kept.set(key, (found = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })));
    return found;
  };
  const show = (value: string | undefined, options: Intl.DateTimeFormatOptions, zone = home) => {
    if (!value) return dash;
    const local = dateOnly.test(value) ? `${value}T00:00:00Z` : localTime.test(value) ? `${value}Z` : undefined;
    const moment = new Date(local ?? value);
    if (Number.isNaN(moment.getTime())) return value;
    return styled(options, local ? 'UTC' : zone || home).format(moment);
  };
  const today = (zone = home) => new Intl.DateTimeFormat('en-CA', { timeZone: zone || home }).format(now());
  const full: Intl.DateTimeFormatOptions = { year: 'numeric', month: lang === 'zh' ? 'numeric' : 'short', day: 'numeric' };
  const short: Intl.DateTimeFormatOptions = { month: lang === 'zh' ? 'numeric' : 'short', day: 'numeric' };
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false };
  const long: Intl.DateTimeFormatOptions = lang === 'zh' ? { year: 'numeric', month: 'long', day: 'numeric' } : full;
  const brief: Intl.DateTimeFormatOptions = lang === 'zh' ? { month: 'long', day: 'numeric' } : short;
  const thisYear = (value: string | undefined, zone?: string) => value?.slice(0, 4) === today(zone).slice(0, 4);
  return {
    date: (value, zone) => show(value, long, zone),
    shortDate: (value, zone) => show(value, thisYear(value, zone) ? brief : long, zone),
    time: (value, zone) => show(value, clock, zone),
    dateTime: (value, zone) => (value ? `${show(value, thisYear(value, zone) ? brief : long, zone)} ${show(value, clock, zone)}` : dash),
    month: (value) => (value ? show(`${value.slice(0, 7)}-01`, { year: 'numeric', month: 'long' }) : dash),
    weekday: (value, zone) => show(value, { weekday: 'short' }, zone),
    number: (value, digits) => (value === undefined ? dash : new Intl.NumberFormat(locale, { maximumFractionDigits: digits ?? 2 }).format(value)),
    percent: (ratio, digits = 1) => (ratio === undefined ? dash : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(ratio)),
    relative(value) {
      if (!value) return dash;
      const seconds = (new Date(value).getTime() - now()) / 1000;
      const [unit, size] = steps.find(([, s]) => Math.abs(seconds) >= s) ?? ['minute', 60];
      return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
    },
    today,
    list: (names) => names.filter(Boolean).join(lang === 'zh' ? '、' : ', ') || dash,
  };
}

/** Formats in the reader's language; moments in the organization's zone unless another is given. */
export function useFormat(): Format {
  const lang = useLang();
  const zone = useMe().organization.zone;
  return useMemo(() => makeFormat(lang, zone), [lang, zone]);
}
