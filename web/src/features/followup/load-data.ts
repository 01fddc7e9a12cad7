import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read, type Schema } from '@/api';
import { useFormat, useUnits } from '@/ui';
import { groupOf, type Followup } from './due';
import { useNow } from './today-query';

/** A member of staff with what is open; without an id: what nobody has. */
export interface Person {
  id: string | undefined;
  name: string;
  open: number;
  overdue: number;
  today: number;
  rows: Followup[];
  absence: { to: string | undefined; substitute: string | undefined; substituteName: string } | undefined;
  standsInFor: string[];
}

const most = 200;

function absenceOn(staff: Schema<'Staff'>, today: string) {
  return staff.absences.find((one) => (one.from ?? '') <= today && (!one.to || one.to >= today));
}

/** Who has what, the fullest first; those who are free at the end. */
export function useLoad(unit: string | undefined) {
  const format = useFormat();
  const units = useUnits();
  const now = useNow();
  const narrowed = unit ? { unit: [unit] } : {};
  const query = useQuery(read('/api/v1/followups', { params: { query: { ...narrowed, state: ['overdue', 'planned'], opens_to: new Date(now + 300_000).toISOString(), limit: most } } }));
  const staff = useQuery(read('/api/v1/staff', { params: { query: { limit: most, ...(unit && { unit }) } } }));
  const people = useMemo(() => peopleOf(query.data?.items ?? [], staff.data?.items ?? [], (row) => format.today(row && units.zone(row.unit)), now), [query.data, staff.data, format, units, now]);
  return { query, people, highest: Math.max(1, ...people.map((person) => person.open)) };
}

function peopleOf(rows: Followup[], staff: Schema<'Staff'>[], today: (row?: Followup) => string, now: number): Person[] {
  const by = new Map<string, Person>();
  const name = new Map(staff.map((one) => [one.id, one.name]));
  const person = (id: string | undefined, called: string): Person => {
    const key = id ?? '';
    let found = by.get(key);
    if (!found) by.set(key, (found = { id, name: called, open: 0, overdue: 0, today: 0, rows: [], absence: undefined, standsInFor: [] }));
    return found;
  };
  for (const one of staff) {
    if (!one.active) continue;
    const found = person(one.id, one.name);
    const absence = absenceOn(one, today());
    if (absence) found.absence = { to: absence.to, substitute: absence.substitute, substituteName: name.get(absence.substitute ?? '') ?? '' };
  }
  for (const row of rows) {
    const lead = row.assignees.find((who) => who.id === row.lead) ?? row.assignees.find((who) => who.id);
    const found = person(lead?.id, lead?.name ?? '');
    const group = groupOf(row, today(row), now);
    found.open++;
    if (group === 'overdue') found.overdue++;
    if (group === 'today') found.today++;
    found.rows.push(row);
  }
  for (const one of by.values()) if (one.absence?.substitute) by.get(one.absence.substitute)?.standsInFor.push(one.name);
  return [...by.values()].filter((one) => one.id || one.open > 0).sort((a, b) => Number(Boolean(a.id)) - Number(Boolean(b.id)) || b.open - a.open || a.name.localeCompare(b.name));
}
