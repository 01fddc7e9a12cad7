import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useState } from 'react';
import { read, readPages, type Schema } from '@/api';
import { DataTable, Empty, FilterBar, Link, Page, StaffName, useFilters, useFormat, WriteFailed, type Column, type Filter } from '@/ui';
import './audit.css';
import { useText } from './texts';

type Entry = Schema<'AuditEntry'>;

const kinds = ['contact', 'asset', 'followup', 'case', 'staff', 'unit', 'role', 'program', 'pack', 'import', 'mapping', 'token', 'organization', 'session', 'recurrence', 'month', 'sender', 'template', 'webhook'] as const;
const pages: Record<string, string> = { contact: '/contacts/', asset: '/assets/', followup: '/followups/', case: '/cases/', staff: '/settings/staff/', import: '/imports/' };

/** A detail as short text: names and values. */
function told(detail: unknown): string {
  if (detail === null || detail === undefined) return '';
  if (typeof detail !== 'object') return String(detail);
  return Object.entries(detail).filter(([, v]) => v !== null && v !== '' && !(Array.isArray(v) && v.length === 0)).map(([k, v]) => `${k}: ${typeof v === 'object' ? JSON.stringify(v) : String(v)}`).join(' · ');
}

export default function AuditList() {
  const t = useText();
  const format = useFormat();
  const own: Filter[] = [
    { key: 'record', label: t('find'), kind: 'text', width: 220 },
    { key: 'staff', label: t('who'), kind: 'staff' },
    { key: 'kind', label: t('record'), kind: 'choice', options: kinds.map((value) => ({ value, label: t(`kinds.${value}`) })) },
    { key: 'action', label: t('what'), kind: 'text', width: 180 },
    { key: 'time', label: t('at'), kind: 'dates', from: 'from', to: 'to' },
  ];
  const filters = useFilters(own);
  const day = (text: string | undefined, days: number) => (text ? dayjs(text).add(days, 'day').toISOString() : undefined);
  const from = day(filters.from, 0);
  const to = day(filters.to, 1);
  const asked = { limit: 100, desc: true, ...(filters.record && { record: filters.record }), ...(filters.staff && { staff: filters.staff }), ...(filters.kind && { kind: filters.kind }), ...(filters.action && { action: filters.action }), ...(from && { from }), ...(to && { to }) };
  const kindName = (kind: string) => {
    const known = kinds.find((k) => k === kind);
    return known ? t(`kinds.${known}`) : kind;
  };
  const recordOf = (e: Entry) => {
    const page = pages[e.kind];
    return e.record && page ? <Link to={page + e.record}>{kindName(e.kind)}</Link> : kindName(e.kind);
  };
  const columns: Column<Entry>[] = [
    { key: 'at', title: t('at'), width: 160, fixed: true, render: (e) => format.dateTime(e.at) },
    { key: 'who', title: t('who'), width: 120, render: (e) => (e.staff ? <StaffName id={e.staff} /> : <span className="hf-quiet">{t('system')}</span>) },
    { key: 'record', title: t('record'), width: 110, render: recordOf },
    { key: 'action', title: t('action'), width: 210, fixed: true, render: (e) => <code className="hf-mono">{e.action}</code> },
    { key: 'detail', title: t('detail'), render: (e) => <span className="hf-audit-detail" title={told(e.detail)}>{told(e.detail)}</span> },
    { key: 'seq', title: t('seq'), width: 90, align: 'right', render: (e) => e.seq },
  ];
  return (
    <Page actions={<Verify />}>
      <FilterBar filters={own} />
      <DataTable
        name="audit"
        query={readPages('/api/v1/audit', { params: { query: asked } })}
        columns={columns}
        rowKey={(e) => String(e.seq)}
        card={(e) => <><div className="hf-card-top"><code className="hf-mono">{e.action}</code><span>{recordOf(e)}</span></div><div className="hf-quiet">{format.dateTime(e.at)} · {e.staff ? <StaffName id={e.staff} /> : t('system')}</div><div className="hf-quiet">{told(e.detail).slice(0, 160)}</div></>}
        empty={<Empty title={t('empty')} />}
      />
    </Page>
  );
}

function Verify() {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const check = useQuery({ ...read('/api/v1/audit/verify'), enabled: asked, gcTime: 0, staleTime: 0, refetchOnWindowFocus: false });
  const start = () => (asked ? void check.refetch() : setAsked(true));
  return (
    <>
      {check.data && !check.isFetching && (check.data.sound ? <span role="status" className="hf-tag hf-tag-good">{t('sound')}</span> : <span role="alert" className="hf-tag hf-tag-bad">{t('broken', { seq: check.data.broken })}</span>)}
      <WriteFailed error={check.error} />
      <Button icon={<SafetyCertificateOutlined />} loading={check.isFetching} onClick={start}>{check.isFetching ? t('verifying') : t('verify')}</Button>
    </>
  );
}
