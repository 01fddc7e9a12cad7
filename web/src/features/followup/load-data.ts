import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read, type Schema } from '@/api';
import type { Followup } from './due';
import { useNow } from './today-query';

/** A member of staff with what is open; without an id: what nobody has. */
export interface Person {
  id: string | undefined;
  name: string;
  open: number;
  overdue: number;
  today: number;
  /** The most pressing. */
  rows: Followup[];
  absence: { to: string | undefined; substitute: string } | undefined;
  standsInFor: string[];
}

const most = 200;

/** Who has what, the fullest first; what nobody has before all. */
export function useLoad(unit: string | undefined) {
  const now = useNow();
  const query = useQuery(read('/api/v1/followups/load', { params: { query: { ...(unit && { unit }) } } }));
  const rows = useQuery(read('/api/v1/followups', { params: { query: { ...(unit && { unit: [unit] }), state: ['overdue', 'planned'], opens_to: new Date(now + 300_000).toISOString(), limit: most } } }));
  const people = useMemo(() => peopleOf(query.data, rows.data?.items ?? []), [query.data, rows.data]);
  return { query, people, highest: Math.max(1, ...people.map((person) => person.open)) };
}

function peopleOf(loads: Schema<'Loads'> | undefined, rows: Followup[]): Person[] {
  if (!loads) return [];
  const by = new Map<string, Followup[]>();
  for (const row of rows) {
    const lead = row.assignees.find((who) => who.id === row.lead) ?? row.assignees.find((who) => who.id);
    by.set(lead?.id ?? '', [...(by.get(lead?.id ?? '') ?? []), row]);
  }
  const items = loads.items ?? [];
  const people: Person[] = items.map((one) => ({
    id: one.staff, name: one.name, open: one.open, overdue: one.overdue, today: one.today, rows: by.get(one.staff) ?? [],
    absence: one.absence && { to: one.absence.to, substitute: one.substitute?.name ?? '' },
    standsInFor: items.filter((other) => other.substitute?.id === one.staff && other.staff !== one.staff).map((other) => other.name),
  }));
  people.sort((a, b) => b.open - a.open || a.name.localeCompare(b.name));
  if (loads.unassigned === 0) return people;
  return [{ id: undefined, name: '', open: loads.unassigned, overdue: 0, today: 0, rows: by.get('') ?? [], absence: undefined, standsInFor: [] }, ...people];
}
