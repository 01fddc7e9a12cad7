import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read, type Schema } from '@/api';
import { useFormat, useInLang, useUiText } from '@/ui';

type Attribute = Schema<'Attribute'>;

const quietly = { staleTime: 600_000 };

/** What the trade calls its events, kinds and their attributes. */
export function useTrade() {
  const types = useQuery({ ...read('/api/v1/event-types'), ...quietly });
  const kinds = useQuery({ ...read('/api/v1/kinds'), ...quietly });
  const loading = types.isLoading || kinds.isLoading;
  return useMemo(() => {
    const type = new Map((types.data?.items ?? []).map((one) => [one.type, one]));
    return {
      loading,
      event: (code: string) => type.get(code),
      contact: (code: string) => kinds.data?.contacts.find((kind) => kind.code === code),
      asset: (code: string) => kinds.data?.assets.find((kind) => kind.code === code),
    };
  }, [types.data, kinds.data, loading]);
}

/** Attributes as labelled values in the trade's words; what the trade does not declare is left out. */
export function useAttributes() {
  const inLang = useInLang();
  const format = useFormat();
  const t = useUiText();
  const one = (attribute: Attribute, value: unknown): string => {
    const named = (code: unknown) => inLang(attribute.values?.find((v) => v.code === code)?.name) || String(code);
    if (Array.isArray(value)) return format.list(value.map(named));
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return format.number(value);
    if (attribute.type === 'date') return format.date(String(value));
    if (attribute.type === 'datetime') return format.dateTime(String(value));
    return named(value);
  };
  return (declared: Attribute[] | null | undefined, values: Record<string, unknown> | undefined, except: string[] = []) =>
    (declared ?? [])
      .filter((attribute) => !except.includes(attribute.name) && values?.[attribute.name] !== undefined && values[attribute.name] !== '')
      .map((attribute) => ({ label: inLang(attribute.label), value: one(attribute, values?.[attribute.name]) }));
}
