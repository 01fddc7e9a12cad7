import { TeamOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { read, readPages, useLive, useStale, type Schema } from '@/api';
import { Empty, Failed, FilterBar, Loading, Page, StaffPick, useFormat, useGo, useNow, usePhone, useQueryState, useUnits, useWorkWords, type Filter } from '@/ui';
import { Bulk } from './Bulk';
import { useCall } from './call';
import { groupOf, groups, type Followup } from './due';
import { KeyHelp } from './KeyHelp';
import { useKeys } from './keys';
import { Load } from './Load';
import { MoreRows } from './MoreRows';
import { parts, usePrograms, useTodayQuery, type TodayPart } from './today-query';
import { useText } from './texts';
import { keepWorklist } from './next';
import { Views } from './Views';
import { Worklist } from './Worklist';
import './followup.css';

/** The day's work: what is overdue first. */
export default function Today() {
  const t = useText();
  const [query, change] = useQueryState();
  const { leads } = useTodayQuery();
  const stale = useStale();
  useLive(['followup'], () => void stale('/api/v1/followups'));
  const load = leads && query.part === 'load';
  return (
    <Page
      actions={leads && (
        <Button icon={<TeamOutlined aria-hidden />} type={load ? 'primary' : 'default'} aria-pressed={load} onClick={() => change({ part: load ? undefined : 'load' }, { push: true })}>{t('load.open')}</Button>
      )}
    >
      {load ? <Load /> : <Day />}
    </Page>
  );
}

function useCounts() {
  const { base } = useTodayQuery();
  const counts = useQuery({ ...read('/api/v1/followups/work', { params: { query: base } }), placeholderData: (before) => before });
  return counts.data;
}

function countOf(part: TodayPart, c: Schema<'WorkCounts'>): number {
  return { do: c.overdue + c.today + c.open, overdue: c.overdue, today: c.today, upcoming: c.upcoming, review: c.review }[part];
}

/** The parts of the work with their numbers: choosing one filters the list. */
function PartChoice() {
  const t = useText();
  const format = useFormat();
  const [, change] = useQueryState();
  const { part } = useTodayQuery();
  const counts = useCounts();
  return (
    <div className="fu-parts" role="group" aria-label={t('parts.label')}>
      {parts.map((one) => {
        const n = counts && countOf(one, counts);
        return (
          <button key={one} type="button" aria-pressed={one === part} className={`fu-part fu-part-${one}`} data-some={n ? true : undefined} onClick={() => change({ part: one === 'do' ? undefined : one })}>
            <strong>{n === undefined ? '·' : `${format.number(n)}${counts && n >= counts.most ? '+' : ''}`}</strong>
            <span>{t(`parts.${one}`)}</span>
          </button>
        );
      })}
    </div>
  );
}

function WhoChoice() {
  const t = useText();
  const phone = usePhone();
  const [, change] = useQueryState();
  const { who, leads } = useTodayQuery();
  if (!leads) return null;
  const other = !['me', 'all', 'none'].includes(who);
  return (
    <>
      <Segmented<string>
        aria-label={t('who.label')}
        value={other ? 'other' : who}
        onChange={(next) => change({ who: next === 'other' ? undefined : next })}
        options={[{ value: 'me', label: t('who.me') }, { value: 'all', label: t('who.all') }, { value: 'none', label: t('who.none') }]}
      />
      {!phone && <StaffPick aria-label={t('who.other')} placeholder={t('who.other')} value={other ? who : undefined} onChange={(id) => change({ who: id })} style={{ width: 130 }} />}
    </>
  );
}

function useDayFilters(): Filter[] {
  const t = useText();
  const programs = usePrograms();
  return [
    { key: 'text', label: t('filter.text'), kind: 'text', width: 220 },
    { key: 'program', label: t('filter.program'), kind: 'choice', options: programs, width: 170 },
  ];
}

function Day() {
  const t = useText();
  const go = useGo();
  const { who, part, asked } = useTodayQuery();
  const filters = useDayFilters();
  const found = useInfiniteQuery({ ...readPages('/api/v1/followups', { params: { query: { ...asked, limit: 100 } } }), placeholderData: (before) => before });
  const rows = useMemo(() => (found.data?.pages ?? []).flatMap((page) => page.items), [found.data]);
  const ordered = useOrdered(rows, part !== 'review');
  const [chosen, choose] = useState<string[]>([]);
  const [current, setCurrent] = useState<string>();
  const [help, setHelp] = useState(false);
  const { call, can } = useCall();
  useEffect(() => keepWorklist(ordered.map((row) => row.id), window.location.search, asked), [ordered, asked]);
  useEffect(() => choose((now) => now.filter((id) => rows.some((row) => row.id === id))), [rows]);

  const open = useCallback((row: Followup, more = '') => go(`/followups/${row.id}${more}`), [go]);
  const ring = useCallback((row: Followup) => {
    if (row.phone) void call({ phone: row.phone, contact: row.contact, number: row.number });
    open(row, '?called=1');
  }, [call, open]);
  const at = ordered.findIndex((row) => row.id === current);
  const step = (by: number) => {
    const next = ordered[Math.max(0, Math.min(ordered.length - 1, at < 0 ? 0 : at + by))];
    if (!next) return;
    setCurrent(next.id);
    document.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const on = ordered[at];
  useKeys({
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    Enter: on && (() => open(on)), o: on && (() => open(on)), n: ordered[0] && (() => open(on ?? (ordered[0] as Followup))),
    c: on && can(on.phone) ? () => ring(on) : undefined,
    x: on && (() => choose(chosen.includes(on.id) ? chosen.filter((id) => id !== on.id) : [...chosen, on.id])),
    '?': () => setHelp(true),
  });

  return (
    <>
      <PartChoice />
      <FilterBar filters={filters} extra={<><WhoChoice /><Views /></>} />
      <ChannelCounts />
      {chosen.length > 0 && <Bulk rows={rows.filter((row) => chosen.includes(row.id))} clear={() => choose([])} />}
      {found.error && rows.length === 0 ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Loading rows={10} />
      ) : rows.length === 0 ? (
        <NothingToDo part={part} who={who} />
      ) : (
        <div className="fu-list" data-stale={found.isPlaceholderData || undefined}>
          <Worklist rows={ordered} grouped={part !== 'review'} people={who !== 'me'} current={current} chosen={chosen} choose={part === 'review' ? undefined : choose} open={open} call={ring} canCall={(row) => can(row.phone)} />
          <MoreRows found={found} count={rows.length} aside={<Button type="text" size="small" onClick={() => setHelp(true)}>{t('keys.open')} <kbd className="hf-key">?</kbd></Button>} />
        </div>
      )}
      <KeyHelp open={help} close={() => setHelp(false)} on="list" />
    </>
  );
}

/** The rows as they are shown, part by part. */
function useOrdered(rows: Followup[], grouped: boolean): Followup[] {
  const format = useFormat();
  const units = useUnits();
  const now = useNow();
  return useMemo(() => {
    if (!grouped) return rows;
    const rank = new Map(rows.map((row) => [row.id, groups.indexOf(groupOf(row, format.today(units.zone(row.unit)), now))]));
    return [...rows].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  }, [rows, grouped, format, units, now]);
}

/** How they are to be reached first: a click shows one channel only. */
function ChannelCounts() {
  const t = useText();
  const words = useWorkWords();
  const format = useFormat();
  const [query, change] = useQueryState();
  const { asked, part } = useTodayQuery();
  const { channel: _, ...others } = asked;
  const counts = useQuery({ ...read('/api/v1/followups/groups', { params: { query: others } }), placeholderData: (before) => before, enabled: part !== 'review' });
  const lines = (counts.data?.channels ?? []).map((line) => ({ code: line.channel, n: Object.values(line.groups).reduce((sum, n) => sum + n, 0) }));
  if (part === 'review') return null;
  return (
    <div className="fu-channels" role="group" aria-label={t('channels.label')}>
      <span className="hf-quiet">{t('channels.label')}</span>
      {lines.map(({ code, n }) => (
        <button key={code} type="button" aria-pressed={query.channel === code} onClick={() => change({ channel: query.channel === code ? undefined : code })}>
          {words.channel(code)} <strong>{format.number(n)}{counts.data?.more ? '+' : ''}</strong>
        </button>
      ))}
    </div>
  );
}

function NothingToDo({ part, who }: { part: TodayPart; who: string }) {
  const t = useText();
  const [query, change] = useQueryState();
  const counts = useCounts();
  const filtered = Boolean(query.text || query.program || query.unit || query.channel);
  if (filtered) return <Empty title={t('empty.filtered')} action={<Button onClick={() => change({ text: undefined, program: undefined, unit: undefined, channel: undefined })}>{t('empty.clear')}</Button>} />;
  const next = counts && part !== 'upcoming' && counts.upcoming > 0;
  return (
    <Empty title={t(part === 'do' && who === 'me' ? 'empty.mine' : `empty.${part}`)} action={next && <Button onClick={() => change({ part: 'upcoming' })}>{t('empty.upcomingOpen', { count: counts.upcoming })}</Button>}>
      {part === 'do' && t('empty.hint')}
    </Empty>
  );
}

