import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, useMay, useMe } from '@/api';
import { useFormat, useInLang, useQueryState } from '@/ui';

export const parts = ['do', 'overdue', 'today', 'upcoming', 'review'] as const;
export type TodayPart = (typeof parts)[number];

/** The start of the current five minutes, so that what is asked stays the same for a while. */
export function useNow(): number {
  const size = 300_000;
  const [now, setNow] = useState(() => Math.floor(Date.now() / size) * size);
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / size) * size), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What the address asks of the day's list. */
export function useTodayQuery() {
  const [query] = useQueryState();
  const me = useMe();
  const leads = useMay()('followup.manage');
  const format = useFormat();
  const now = useNow();
  // Who leads and does nothing themselves begins with everybody's.
  const who = query.who ?? (leads && !me.roles.some((role) => role.code === 'staff') ? 'all' : 'me');
  const part = (parts as readonly string[]).includes(query.part ?? '') ? (query.part as TodayPart) : 'do';
  const base = useMemo(
    () => ({
      ...(who === 'me' ? { assignee: 'me' } : who === 'none' ? { unassigned: true } : who !== 'all' ? { assignee: who } : {}),
      ...(query.unit && { unit: [query.unit] }), ...(query.program && { program: query.program }), ...(query.text && { text: query.text }),
    }),
    [who, query.unit, query.program, query.text],
  );
  const asked = useMemo(() => {
    const opened = new Date(now + 300_000).toISOString();
    const today = format.today();
    const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    switch (part) {
      case 'overdue':
        return { ...base, state: ['overdue' as const] };
      case 'today':
        return { ...base, state: ['planned' as const], opens_to: opened, closes_to: startOf(tomorrow, me.organization.zone) };
      case 'upcoming':
        return { ...base, state: ['planned' as const], opens_from: opened, sort: 'opens' as const };
      case 'review':
        return { ...base, state: ['completed' as const], review: ['pending' as const] };
      default:
        return { ...base, state: ['overdue' as const, 'planned' as const], opens_to: opened };
    }
  }, [part, base, now, format, me.organization.zone]);
  return { who, part, base, asked, leads };
}

/** A minute into a date in a zone: what closes by the end of the day before closes before it. */
function startOf(date: string, zone: string): string {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const named = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(midnight).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(named) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return new Date(midnight - offset * 60_000 + 60_000).toISOString();
}

/** The programs that are active, to choose from. */
export function usePrograms() {
  const inLang = useInLang();
  const found = useQuery({ ...read('/api/v1/programs'), staleTime: 300_000 });
  return (found.data?.items ?? []).filter((p) => p.active).map((p) => ({ value: p.code, label: inLang(p.name) }));
}

/** Names a program by its code; the answers to changes leave names out. */
export function useProgramName(): (code: string) => string {
  const inLang = useInLang();
  const found = useQuery({ ...read('/api/v1/programs'), staleTime: 300_000 });
  return (code) => inLang(found.data?.items?.find((p) => p.code === code)?.name);
}
