import type { Schema } from '@/api';
import { useFormat, useUnits, type Shade } from '@/ui';
import { useText } from './texts';

export type Followup = Schema<'Followup'>;

/** The parts of a list, in the order of their urgency. */
export const groups = ['overdue', 'today', 'tomorrow', 'week', 'later', 'upcoming', 'done'] as const;
export type Group = (typeof groups)[number];

const dayMs = 86_400_000;

/** Whole days from one date to another, both as YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / dayMs);
}

export const isOpen = (f: { state: string }) => f.state === 'planned' || f.state === 'overdue';

/** Which part of the list a follow-up stands in, on a day of its unit. */
export function groupOf(f: Followup, today: string, now: number): Group {
  if (!isOpen(f)) return 'done';
  if (f.state === 'overdue') return 'overdue';
  if (Date.parse(f.opens_at) > now) return 'upcoming';
  const left = daysBetween(today, f.window.closes);
  return left <= 0 ? 'today' : left === 1 ? 'tomorrow' : left <= 7 ? 'week' : 'later';
}

/** A follow-up's window in words, and how much it presses. */
export interface Due {
  text: string;
  shade: Shade;
  /** The window itself. */
  window: string;
  /** When it is to be tried again, if later than now. */
  retry: string | undefined;
}

/** Says how late or how near follow-ups are, in the zone of their unit. */
export function useDue(): (f: Followup) => Due {
  const t = useText();
  const format = useFormat();
  const units = useUnits();
  return (f) => {
    const zone = units.zone(f.unit);
    const now = Date.now();
    const today = format.today(zone);
    const opens = format.shortDate(f.window.opens.slice(0, 10));
    const closes = format.shortDate(f.window.closes.slice(0, 10));
    const clock = f.window.closes.length > 10 ? f.window.closes.slice(11, 16) : '';
    const window = f.window.opens.slice(0, 10) === f.window.closes.slice(0, 10) ? `${closes}${clock ? ` ${f.window.opens.slice(11, 16)}–${clock}` : ''}` : t('due.window', { from: opens, to: `${closes}${clock ? ` ${clock}` : ''}` });
    const retry = f.next_try && Date.parse(f.next_try) > now && isOpen(f) ? t('due.retry', { at: f.next_try && format.today(zone) === dayOf(f.next_try, zone) ? format.time(f.next_try, zone) : format.dateTime(f.next_try, zone) }) : undefined;
    return { ...pressing(f, { t, today, now, closes, opens, clock, done: format.shortDate(f.done_at, zone) }), window, retry };
  };
}

function dayOf(at: string, zone: string | undefined): string {
  return new Intl.DateTimeFormat('en-CA', zone ? { timeZone: zone } : {}).format(Date.parse(at));
}

interface Told {
  t: ReturnType<typeof useText>;
  today: string;
  now: number;
  opens: string;
  closes: string;
  clock: string;
  done: string;
}

function pressing(f: Followup, { t, today, now, opens, closes, clock, done }: Told): Pick<Due, 'text' | 'shade'> {
  switch (groupOf(f, today, now)) {
    case 'done':
      return { text: f.done_at ? t('due.doneOn', { date: done }) : '', shade: 'plain' };
    case 'overdue': {
      const days = daysBetween(f.window.closes, today);
      return { text: days < 1 ? t('due.lateToday') : t(days === 1 ? 'due.lateDay' : 'due.lateDays', { count: days }), shade: 'bad' };
    }
    case 'upcoming':
      return { text: t('due.opens', { date: opens }), shade: 'plain' };
    case 'today':
      return { text: clock ? t('due.todayBy', { time: clock }) : t('due.today'), shade: 'warn' };
    case 'tomorrow':
      return { text: t('due.tomorrow'), shade: 'calm' };
    default:
      return { text: t('due.by', { date: closes }), shade: 'plain' };
  }
}
