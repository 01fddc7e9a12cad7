import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { readPages, useLive, useMay, useStale } from '@/api';
import { Empty, Failed, FilterBar, Loading, Page, useFilters, useGo, useLang, useQueryState, useUiText, writeQuery, type Filter } from '@/ui';
import { useCall } from './call';
import { isOpen } from './due';
import { Bulk } from './Bulk';
import { MoreRows } from './MoreRows';
import { usePrograms } from './today-query';
import { useText } from './texts';
import { Views } from './Views';
import { Worklist } from './Worklist';
import './followup.css';

function useListFilters(): Filter[] {
  const t = useText();
  const ui = useUiText();
  const programs = usePrograms();
  const named = <const C extends string>(codes: readonly C[], of: (code: C) => string) => codes.map((value) => ({ value, label: of(value) }));
  return [
    { key: 'text', label: t('filter.text'), kind: 'text', width: 220 },
    { key: 'state', label: t('filter.state'), kind: 'choices', width: 160, options: named(['planned', 'overdue', 'completed', 'unreachable', 'waived', 'cancelled'], (code) => ui(`state.${code}`)) },
    { key: 'program', label: t('filter.program'), kind: 'choice', options: programs, width: 170 },
    { key: 'assignee', label: t('filter.assignee'), kind: 'staff', width: 130 },
    { key: 'month', label: t('filter.month'), kind: 'month', width: 130 },
    { key: 'verdict', label: t('filter.verdict'), kind: 'choices', width: 150, options: named(['satisfied', 'dissatisfied', 'unqualified'], (code) => ui(`verdict.${code}`)) },
    { key: 'review', label: t('filter.review'), kind: 'choices', width: 150, options: named(['pending', 'qualified', 'unqualified', 'redo'], (code) => ui(`review.${code}`)) },
    { key: 'unassigned', label: t('filter.unassigned'), kind: 'flag' },
  ];
}

/** Addresses of other pages narrow the list by these, too. */
const passed = ['unit', 'contact', 'asset', 'event', 'case', 'step', 'lead', 'on_time', 'opens_from', 'opens_to', 'closes_from', 'closes_to'] as const;
const several = ['state', 'unit', 'verdict', 'review'];

/** Every follow-up there is, by any filter. */
export default function FollowupList() {
  const t = useText();
  const go = useGo();
  const lang = useLang();
  const may = useMay();
  const filters = useListFilters();
  const chosenFilters = useFilters(filters);
  const [query, change] = useQueryState();
  const stale = useStale();
  useLive(['followup'], () => void stale('/api/v1/followups'));
  const asked: Record<string, unknown> = { ...chosenFilters, ...Object.fromEntries(passed.filter((name) => query[name]).map((name) => [name, query[name]])) };
  for (const name of several) if (typeof asked[name] === 'string') asked[name] = (asked[name] as string).split(',');
  if (asked.unassigned) asked.unassigned = true;
  const desc = query.desc === 'true';
  const found = useInfiniteQuery({ ...readPages('/api/v1/followups', { params: { query: { ...asked, sort: 'closes', limit: 100, desc } } }), placeholderData: (before) => before });
  const rows = useMemo(() => (found.data?.pages ?? []).flatMap((page) => page.items), [found.data]);
  const [chosen, choose] = useState<string[]>([]);
  const { call, can } = useCall();
  const file = (kind: string) => `/api/v1/exports/followups.${kind}${writeQuery({ ...Object.fromEntries(Object.entries(asked).map(([k, v]) => [k, Array.isArray(v) ? v.join(',') : v])), lang })}`;
  const narrowed = Object.keys(asked).length > 0;
  return (
    <Page
      actions={may('followup.read') && (
        <Dropdown trigger={['click']} menu={{ items: [{ key: 'xlsx', label: <a href={file('xlsx')} download>{t('export.xlsx')}</a> }, { key: 'csv', label: <a href={file('csv')} download>{t('export.csv')}</a> }] }}>
          <Button icon={<DownloadOutlined aria-hidden />}>{t('export.open')}</Button>
        </Dropdown>
      )}
    >
      <FilterBar filters={filters} extra={<><Button onClick={() => change({ desc: desc ? undefined : 'true' })}>{t(desc ? 'list.newest' : 'list.oldest')}</Button><Views list="followups" /></>} />
      {chosen.length > 0 && <Bulk rows={rows.filter((row) => chosen.includes(row.id))} clear={() => choose([])} />}
      {found.error && rows.length === 0 ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Loading rows={10} />
      ) : rows.length === 0 ? (
        <Empty title={t(narrowed ? 'empty.filtered' : 'empty.none')}>{!narrowed && t('empty.noneHint')}</Empty>
      ) : (
        <div className="fu-list" data-stale={found.isPlaceholderData || undefined}>
          <Worklist rows={rows} grouped={false} people chosen={chosen} choose={rows.some(isOpen) ? choose : undefined} open={(row) => go(`/followups/${row.id}`)} call={(row) => { if (row.phone) void call({ phone: row.phone, contact: row.contact, number: row.number }); go(`/followups/${row.id}?called=1`); }} canCall={(row) => can(row.phone)} />
          <MoreRows found={found} count={rows.length} />
        </div>
      )}
    </Page>
  );
}
