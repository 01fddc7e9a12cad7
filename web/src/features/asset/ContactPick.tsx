import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { read } from '@/api';
import { useText } from './texts';

/** One customer, found by name or phone. */
export function ContactPick({ value, onChange, ...rest }: { value: string | undefined; onChange: (id: string | undefined) => void; id?: string }) {
  const t = useText();
  const [text, setText] = useState('');
  const found = useQuery({ ...read('/api/v1/contacts', { params: { query: { limit: 20, ...(text && { text }) } } }), placeholderData: (before) => before });
  const chosen = useQuery({ ...read('/api/v1/contacts/{id}', { params: { path: { id: value ?? '' } } }), enabled: Boolean(value) });
  const options = (found.data?.items ?? []).map((c) => ({ value: c.id, label: [c.name, c.code, c.phones[0]].filter(Boolean).join(' · ') }));
  if (chosen.data && !options.some((o) => o.value === value)) options.unshift({ value: chosen.data.id, label: chosen.data.name });
  return <Select {...rest} allowClear placeholder={t('findContact')} value={value || undefined} options={options} showSearch={{ filterOption: false, onSearch: setText }} onChange={(id: string | undefined) => onChange(id)} />;
}

/** The name of a customer. */
export function ContactName({ id }: { id: string | undefined }) {
  const found = useQuery({ ...read('/api/v1/contacts/{id}', { params: { path: { id: id ?? '' } } }), enabled: Boolean(id), staleTime: 300_000 });
  return <>{id ? (found.data?.name ?? '') : null}</>;
}
