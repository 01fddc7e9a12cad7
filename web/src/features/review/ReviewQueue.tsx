import { Button } from 'antd';
import { readPages, type Schema } from '@/api';
import { DataTable, Empty, FilterBar, Link, Page, Tag, useFilters, useFormat, useGo, useInLang, useQueryState, VerdictTag, type Column, type Filter } from '@/ui';
import { useState } from 'react';
import { useText } from './texts';

type Followup = Schema<'Followup'>;

/** What of the address selects the queue, and goes along to the next record. */
export function useQueueFilters() {
  const t = useText();
  const [query] = useQueryState();
  const filters: Filter[] = [
    { key: 'text', label: t('search'), kind: 'text', width: 220 },
    { key: 'assignee', label: t('by'), kind: 'staff' },
  ];
  const set = useFilters(filters);
  const asked = { text: set['text'], assignee: set['assignee'], ...(query['unit'] && { unit: [query['unit']] }) };
  return { filters, asked, search: new URLSearchParams(Object.entries({ ...set, unit: query['unit'] }).filter((e): e is [string, string] => Boolean(e[1]))).toString() };
}

export default function ReviewQueue() {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  const go = useGo();
  const [rows, setRows] = useState<Followup[]>([]);
  const { filters, asked, search } = useQueueFilters();
  const to = (f: Followup) => `/reviews/${f.id}${search && `?${search}`}`;
  const late = (f: Followup) => f.done_at !== undefined && f.done_at > f.closes_at;
  const columns: Column<Followup>[] = [
    { key: 'number', title: t('number'), fixed: true, width: 160, render: (f) => <Link to={to(f)} className="hf-mono">{f.number}</Link> },
    { key: 'customer', title: t('customer'), fixed: true, width: 120, render: (f) => f.contact_name },
    { key: 'what', title: t('what'), width: 170, render: (f) => inLang(f.program_name) },
    { key: 'matter', title: t('matter'), width: 180, render: (f) => f.matter },
    { key: 'asset', title: t('asset'), width: 110, hidden: true, render: (f) => f.asset_name },
    { key: 'unit', title: t('unit'), width: 120, render: (f) => f.unit_name },
    { key: 'by', title: t('doneBy'), width: 110, render: (f) => f.assignees?.find((p) => p.id === f.done_by)?.name },
    { key: 'at', title: t('doneAt'), width: 190, render: (f) => <span className="hf-row">{format.dateTime(f.done_at)}{late(f) && <Tag shade="warn">{t('lateBy')}</Tag>}</span> },
    { key: 'verdict', title: t('verdict'), width: 90, render: (f) => <VerdictTag verdict={f.verdict} /> },
    { key: 'score', title: t('score'), width: 80, align: 'right', render: (f) => f.score !== undefined && format.number(f.score) },
  ];
  const first = rows[0];
  return (
    <Page actions={first && <Button type="primary" onClick={() => go(to(first))}>{t('start')}</Button>}>
      <FilterBar filters={filters} />
      <DataTable
        name="reviews"
        query={readPages('/api/v1/reviews', { params: { query: asked as never } })}
        columns={columns}
        rowKey={(f) => f.id}
        onRows={setRows}
        onRow={(f) => go(to(f))}
        card={(f) => (
          <>
            <div className="hf-card-top"><Link to={to(f)}>{f.contact_name ?? f.number}</Link><VerdictTag verdict={f.verdict} /></div>
            <div>{[inLang(f.program_name), f.matter].filter(Boolean).join(' · ')}</div>
            <div className="hf-quiet">{[f.number, f.unit_name, format.dateTime(f.done_at)].filter(Boolean).join(' · ')}</div>
          </>
        )}
        empty={search ? <Empty title={t('emptyFiltered')} /> : <Empty title={t('empty')}>{t('emptyText')}</Empty>}
      />
    </Page>
  );
}
