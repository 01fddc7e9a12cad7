import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { readPages, useMay, type Schema } from '@/api';
import { CaseTag, DataTable, Empty, FilterBar, Link, Loading, Page, SeverityTag, Tag, useFilters, useFormat, useGo, useQueryState, useUiText, type Column, type Filter } from '@/ui';
import { NewCase } from './NewCase';
import { useText } from './texts';

const CaseBoard = lazy(() => import('./CaseBoard'));

export type Case = Schema<'Case'>;
export const caseStates = ['open', 'acting', 'resolved', 'closed'] as const;

/** The filters of cases, in the address. */
function useCaseFilters(): Filter[] {
  const t = useText();
  const ui = useUiText();
  return [
    { key: 'state', label: t('stateAll'), kind: 'choices', width: 200, options: caseStates.map((value) => ({ value, label: ui(`caseState.${value}`) })) },
    { key: 'severity', label: t('severityAll'), kind: 'choice', width: 110, options: (['major', 'general'] as const).map((value) => ({ value, label: ui(`severity.${value}`) })) },
    { key: 'owner', label: t('owner'), kind: 'staff' },
    { key: 'opened', label: t('from'), kind: 'dates', from: 'from', to: 'to' },
    { key: 'late', label: t('overdueOnly'), kind: 'flag' },
  ];
}

/** What of the filters the API is asked with. */
export function useCaseQuery(filters: Filter[]) {
  const format = useFormat();
  const set = useFilters(filters);
  const [query] = useQueryState();
  const yesterday = new Date(Date.parse(`${format.today()}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return {
    state: set['state']?.split(',') as Case['state'][] | undefined,
    severity: set['severity'] as Case['severity'] | undefined,
    owner: set['owner'],
    unit: query['unit'] ? [query['unit']] : undefined,
    contact: query['contact'],
    asset: query['asset'],
    from: set['from'] && `${set['from']}T00:00:00Z`,
    to: set['to'] && `${set['to']}T23:59:59Z`,
    due: set['late'] === 'true' ? yesterday : undefined,
  };
}

export default function CaseList() {
  const t = useText();
  const format = useFormat();
  const go = useGo();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [query, change] = useQueryState();
  const filters = useCaseFilters();
  const asked = useCaseQuery(filters);
  const filtered = Object.values(asked).some((v) => v !== undefined);
  const board = query['view'] === 'board';

  const columns: Column<Case>[] = [
    { key: 'number', title: t('number'), fixed: true, width: 160, render: (c) => <Link to={`/cases/${c.id}`} className="hf-mono">{c.number}</Link> },
    { key: 'matter', title: t('matter'), fixed: true, width: 260, render: (c) => <span className="hf-row">{c.severity === 'major' && <SeverityTag severity="major" />}{c.matter}</span> },
    { key: 'customer', title: t('customer'), width: 120, render: (c) => c.contact_name },
    { key: 'asset', title: t('asset'), width: 110, render: (c) => c.asset_name },
    { key: 'unit', title: t('unit'), width: 120, render: (c) => c.unit_name },
    { key: 'department', title: t('department'), width: 110, hidden: true, render: (c) => c.department },
    { key: 'owner', title: t('owner'), width: 110, render: (c) => c.owner_name },
    { key: 'due', title: t('due'), width: 150, render: (c) => <Due of={c} /> },
    { key: 'state', title: t('state'), width: 90, render: (c) => <CaseTag state={c.state} /> },
    { key: 'opened', title: t('opened'), width: 150, render: (c) => format.dateTime(c.opened) },
    { key: 'closed', title: t('closed'), width: 150, hidden: true, render: (c) => c.closed && format.dateTime(c.closed) },
  ];
  return (
    <Page
      actions={
        <>
          <Segmented
            aria-label={t('view')}
            value={board ? 'board' : 'list'}
            onChange={(view) => change({ view: view === 'board' ? 'board' : undefined })}
            options={[{ value: 'list', label: t('list') }, { value: 'board', label: t('board') }]}
          />
          {may('case.manage') && <Button type="primary" onClick={() => setAdding(true)}>{t('new')}</Button>}
        </>
      }
    >
      <FilterBar filters={board ? filters.filter((f) => f.key !== 'state') : filters} />
      {board ? (
        <Suspense fallback={<Loading rows={8} />}>
          <CaseBoard asked={asked} />
        </Suspense>
      ) : (
        <DataTable
          name="cases"
          query={readPages('/api/v1/cases', { params: { query: { desc: true, ...asked } as never } })}
          columns={columns}
          rowKey={(c) => c.id}
          onRow={(c) => go(`/cases/${c.id}`)}
          card={(c) => <CaseCard of={c} />}
          empty={filtered ? <Empty title={t('emptyFiltered')} /> : <Empty title={t('empty')}>{t('emptyText')}</Empty>}
        />
      )}
      <NewCase open={adding} close={() => setAdding(false)} />
    </Page>
  );
}

/** The day a case is due, and whether that has passed. */
export function Due({ of }: { of: Case }) {
  const t = useText();
  const format = useFormat();
  if (!of.due) return null;
  return <span className="hf-row">{format.shortDate(of.due)}{of.overdue && <Tag shade="bad">{t('overdue')}</Tag>}</span>;
}

/** A case on a phone or on the board. */
export function CaseCard({ of }: { of: Case }) {
  const quiet = [of.contact_name, of.asset_name, of.unit_name].filter(Boolean).join(' · ');
  return (
    <>
      <div className="hf-card-top">
        <Link to={`/cases/${of.id}`}>{of.matter || of.number}</Link>
        <CaseTag state={of.state} />
      </div>
      <div className="hf-quiet">{quiet}</div>
      <div className="hf-row hf-quiet"><span className="hf-mono">{of.number}</span>{of.owner_name}{of.severity === 'major' && <SeverityTag severity="major" />}<Due of={of} /></div>
    </>
  );
}
