import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { inLang, read, type Schema } from '@/api';
import { useFormat } from '../format';
import { useUiText } from '../own-texts';
import { useInLang, useLang } from '../texts';

export type Attribute = Schema<'Attribute'>;
export type Attributes = Record<string, unknown>;

const nothing: Schema<'Kind'>[] = [];

/** The kinds of contact and asset of the trade, with what their attributes are. */
export function useKinds(of: 'contacts' | 'assets') {
  const found = useQuery({ ...read('/api/v1/kinds'), staleTime: 3_600_000 });
  const lang = useLang();
  const kinds = found.data?.[of] ?? nothing;
  const ready = !found.isPending;
  return useMemo(
    () => ({
      /** Known; before that a list does not know its columns. */
      ready,
      all: kinds,
      options: kinds.map((k) => ({ value: k.code, label: inLang(k.name, lang) })),
      name: (code: string | undefined) => inLang(kinds.find((k) => k.code === code)?.name, lang) || (code ?? ''),
      attributes: (code: string | undefined): Attribute[] => kinds.find((k) => k.code === code)?.attributes ?? [],
      /** Of any kind, each once. */
      everyAttribute: [...new Map(kinds.flatMap((k) => k.attributes).map((a) => [a.name, a])).values()],
    }),
    [kinds, lang, ready],
  );
}

/** Says an attribute's value in words. */
export function useAttributeText(): (attribute: Attribute | undefined, value: unknown) => string {
  const format = useFormat();
  const t = useUiText();
  const pick = useInLang();
  return (attribute, value) => {
    if (value === undefined || value === null || value === '') return '';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value)) return format.list(value.map(String));
    if (typeof value === 'object') return JSON.stringify(value);
    const text = String(value);
    switch (attribute?.type) {
      case 'choice':
        return pick(attribute.values.find((v) => v.code === text)?.name) || text;
      case 'date':
        return format.date(text);
      case 'datetime':
        return format.dateTime(text);
      case 'number':
        return typeof value === 'number' ? format.number(value) : text;
      default:
        return text;
    }
  };
}
