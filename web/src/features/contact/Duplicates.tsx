import { Button, Segmented } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readPages, type Schema } from '@/api';
import { Empty, Failed, Link, Loading, Page, Section, Tag, useGo, useQueryState, useUnits, useWord } from '@/ui';
import './contact.css';
import { Compare } from './Compare';
import { useText } from './texts';

type Duplicates = Schema<'Duplicates'>;
export type Kind = 'contacts' | 'assets';

/** A search goes on by itself until so many groups are there. */
const enough = 20;

/** Customers or assets that may be the same; two of them side by side. */
export default function DuplicatesPage() {
  const t = useText();
  const word = useWord();
  const [query, change] = useQueryState();
  const kind: Kind = query.kind === 'assets' ? 'assets' : 'contacts';
  const up = { to: kind === 'assets' ? '/assets' : '/contacts', label: word(kind, t(kind === 'assets' ? 'assetsTitle' : 'title')) };
  if (query.keep && query.gone) {
    return (
      <Page up={{ to: `/contacts/duplicates${kind === 'assets' ? '?kind=assets' : ''}`, label: t('duplicates.title') }} title={t('duplicates.compare')} intro={t('duplicates.compareHint')}>
        <Compare key={`${query.keep}${query.gone}`} kind={kind} keep={query.keep} gone={query.gone} swap={() => change({ keep: query.gone, gone: query.keep })} />
      </Page>
    );
  }
  return (
    <Page up={up} title={t('duplicates.title')} intro={t('duplicates.intro')}>
      <Segmented
        value={kind}
        options={[{ value: 'contacts', label: word('contacts', t('title')) }, { value: 'assets', label: word('assets', t('assetsTitle')) }]}
        onChange={(next) => change({ kind: next === 'assets' ? 'assets' : undefined })}
      />
      <Groups key={`${kind}${query.unit ?? ''}`} kind={kind} unit={query.unit} />
    </Page>
  );
}

function Groups({ kind, unit }: { kind: Kind; unit: string | undefined }) {
  const t = useText();
  const word = useWord();
  const of = { params: { query: { limit: enough, ...(unit && { unit: [unit] }) } } };
  // Both answer with the same pages.
  const pages = kind === 'assets' ? readPages('/api/v1/assets/duplicates', of) : (readPages('/api/v1/contacts/duplicates', of) as unknown as ReturnType<typeof readPages<'/api/v1/assets/duplicates'>>);
  const found = useInfiniteQuery(pages);
  const groups: Duplicates[] = (found.data?.pages ?? []).flatMap((page) => page.items);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = found;
  const goOn = hasNextPage && !isFetchingNextPage && !error && groups.length < enough;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
  if (found.isPending) return <Loading rows={6} />;
  if (error && groups.length === 0) return <Failed error={error} retry={() => void found.refetch()} />;
  if (groups.length === 0 && !hasNextPage) return <Empty title={t('duplicates.none', { word: word(kind, t('title')) })}>{t('duplicates.noneText')}</Empty>;
  return (
    <div className="hf-duplicates">
      {groups.map((g, i) => <Group key={`${g.why}${g.key}${i}`} kind={kind} group={g} />)}
      {hasNextPage && <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('duplicates.more')}</Button>}
      {error && <Failed error={error} retry={() => void fetchNextPage()} />}
    </div>
  );
}

function Group({ kind, group: g }: { kind: Kind; group: Duplicates }) {
  const t = useText();
  const go = useGo();
  const units = useUnits();
  const members = kind === 'assets'
    ? g.assets.map((a) => ({ id: a.id, name: a.name || a.code, facts: [a.code, units.name(a.unit)] }))
    : g.contacts.map((c) => ({ id: c.id, name: c.name, facts: [c.code, ...c.phones, units.name(c.unit), c.address, ...g.assets.filter((a) => a.contact === c.id).map((a) => a.code)] }));
  const first = members[0];
  if (!first) return null;
  return (
    <Section title={<>{g.key} <Tag>{t(`duplicates.why.${g.why}`)}</Tag></>}>
      <ul className="hf-plain">
        {members.map((m) => (
          <li key={m.id} className="hf-duplicate">
            <span><Link to={`/${kind}/${m.id}`}>{m.name}</Link> <span className="hf-quiet">{m.facts.filter(Boolean).join(' · ')}</span></span>
            {m !== first && <Button size="small" onClick={() => go(`/contacts/duplicates?${kind === 'assets' ? 'kind=assets&' : ''}keep=${first.id}&gone=${m.id}`)}>{members.length > 2 ? t('duplicates.withFirst') : t('duplicates.compareTwo')}</Button>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
