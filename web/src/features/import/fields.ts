import { useQuery } from '@tanstack/react-query';
import { read } from '@/api';
import { useInLang, useKinds } from '@/ui';
import { useText } from './texts';

const basic = ['key', 'contact.code', 'contact.name', 'contact.kind', 'contact.phone', 'contact.email', 'contact.address', 'asset.code', 'asset.name', 'asset.kind', 'event.type', 'event.at', 'opened_at', 'status', 'department', 'staff', 'steward', 'owner', 'unit', 'severity', 'matter', 'note', 'serial'] as const;
type Basic = (typeof basic)[number];
type Key<B extends string> = B extends `${infer A}.${infer C}` ? `${A}_${C}` : B;

/** What a column can mean: the usual fields, then the attributes of the trade. */
export function useFields() {
  const t = useText();
  const pick = useInLang();
  const types = useQuery({ ...read('/api/v1/event-types'), staleTime: 3_600_000 });
  const contacts = useKinds('contacts');
  const assets = useKinds('assets');
  const named = (attributes: { name: string; label: { zh: string; en: string } }[], prefix: string) =>
    [...new Map(attributes.map((a) => [a.name, a])).values()].filter((a) => a.name !== 'severity' && a.name !== 'matter').map((a) => ({ value: prefix + a.name, label: pick(a.label) || a.name }));
  const groups = [
    { label: t('fieldGroups.basic'), options: basic.map((f) => ({ value: f as string, label: t(`fields.${f.replace('.', '_') as Key<Basic>}`) })) },
    { label: t('fieldGroups.event'), options: named((types.data?.items ?? []).flatMap((one) => one.attributes), 'attribute:') },
    { label: t('fieldGroups.contact'), options: named(contacts.everyAttribute, 'contact.attribute:') },
    { label: t('fieldGroups.asset'), options: named(assets.everyAttribute, 'asset.attribute:') },
  ].filter((g) => g.options.length > 0);
  return {
    groups,
    typeName: (type: string | undefined) => pick(types.data?.items.find((one) => one.type === type)?.name) || (type ?? ''),
  };
}
