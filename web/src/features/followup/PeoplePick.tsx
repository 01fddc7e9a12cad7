import { Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '@/api';
import { useText } from './texts';

interface PeoplePickProps {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  /** Names that are there before anything is searched: id and name. */
  known?: [string, string][];
  most?: number;
}

/** Several members of staff by name; whoever is absent today is marked. */
export function PeoplePick({ id, value, onChange, known = [], most }: PeoplePickProps) {
  const t = useText();
  const [text, setText] = useState('');
  const found = useQuery({ ...read('/api/v1/staff', { params: { query: { limit: 50, ...(text && { text }) } } }), placeholderData: (before) => before });
  const today = new Date().toISOString().slice(0, 10);
  const staff = (found.data?.items ?? []).filter((one) => one.active);
  const away = (one: (typeof staff)[number]) => one.absences.some((a) => (a.from ?? '') <= today && (!a.to || a.to >= today));
  const options = staff.map((one) => ({ value: one.id, label: away(one) ? t('people.away', { name: one.name }) : one.name }));
  for (const [staffID, name] of known) if (!options.some((o) => o.value === staffID)) options.unshift({ value: staffID, label: name });
  return (
    <Select
      {...(id && { id })} mode="multiple" {...(most && { maxCount: most })} value={value ?? []} onChange={(ids: string[]) => onChange?.(ids)} options={options} loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setText }} placeholder={t('people.pick')} aria-label={t('people.pick')} style={{ width: '100%' }}
    />
  );
}
