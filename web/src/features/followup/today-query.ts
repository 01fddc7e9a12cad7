import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, useMay, useMe } from '@/api';
import { useInLang, useNow as useClock, useQueryState } from '@/ui';

const channels = ['phone', 'sms', 'wechat', 'email', 'visit', 'meeting', 'survey', 'other'] as const;
const isChannel = (code: string | undefined): code is (typeof channels)[number] => (channels as readonly (string | undefined)[]).includes(code);

export const parts = ['do', 'overdue', 'today', 'upcoming', 'review'] as const;
export type TodayPart = (typeof parts)[number];

/** The start of the current five minutes, so that what is asked stays the same for a while. */
export function useNow(): number {
  const size = 300_000;
  return Math.floor(useClock(30_000) / size) * size;
}

/** What the address asks of the day's list. */
export function useTodayQuery() {
  const [query] = useQueryState();
  const me = useMe();
  const leads = useMay()('followup.manage');
  const now = useNow();
  // Who leads and does nothing themselves begins with everybody's.
  const who = query.who ?? (leads && !me.roles.some((role) => role.code === 'staff') ? 'all' : 'me');
  const part = (parts as readonly string[]).includes(query.part ?? '') ? (query.part as TodayPart) : 'do';
  const base = useMemo(
    () => ({
      ...(who === 'me' ? { assignee: 'me' } : who === 'none' ? { unassigned: true } : who !== 'all' ? { assignee: who } : {}),
      ...(query.unit && { unit: [query.unit] }), ...(query.program && { program: query.program }), ...(query.text && { text: query.text }), ...(isChannel(query.channel) && { channel: query.channel }),
    }),
    [who, query.unit, query.program, query.text, query.channel],
  );
  const asked = useMemo(() => {
    const opened = new Date(now + 300_000).toISOString();
    switch (part) {
      case 'overdue':
        return { ...base, state: ['overdue' as const] };
      case 'today':
        return { ...base, group: 'today' as const };
      case 'upcoming':
        return { ...base, state: ['planned' as const], opens_from: opened, sort: 'opens' as const };
      case 'review':
        return { ...base, state: ['completed' as const], review: ['pending' as const] };
      default:
        return { ...base, state: ['overdue' as const, 'planned' as const], opens_to: opened };
    }
  }, [part, base, now]);
  return { who, part, base, asked, leads };
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
