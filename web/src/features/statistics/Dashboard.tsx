import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Segmented } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { read, useMay } from '@/api';
import { Empty, FilterBar, Loaded, Page, Section, useFilters, useFormat, useGo, useInLang, useLang, useQueryState, type Filter } from '@/ui';
import { csvOf, monthsFrom, recordsOf, save, saveText, type Figures, type Line } from './address';
import { FigureTable, missed, type FigureRow } from './FigureTable';
import './statistics.css';
import { useText } from './texts';
import { Tile } from './Tile';

const Trend = lazy(() => import('./Trend'));
const groups = ['program', 'unit', 'lead'] as const;
type Group = (typeof groups)[number];

export default function Dashboard() {
  const t = useText();
  const format = useFormat();
  const [query] = useQueryState();
  const filters: Filter[] = [{ key: 'month', label: t('month'), kind: 'month', width: 140 }];
  const month = useFilters(filters)['month'] ?? format.today().slice(0, 7);
  const unit = query['unit'];
  const scope = { ...(unit && { unit }) };
  const trend = useQuery(read('/api/v1/statistics/tallies', { params: { query: { from: monthsFrom(month, -11), to: month, by: ['month'], ...scope } } }));
  return (
    <Page intro={format.month(month)} actions={<Exports month={month} unit={unit} />}>
      <FilterBar filters={filters} />
      <Loaded query={trend} rows={8}>
        {({ items }) => {
          const now = items.find((line) => line.month === month)?.tally;
          const before = items.find((line) => line.month === monthsFrom(month, -1))?.tally;
          return (
            <>
              {now && now.due > 0 ? <Tiles month={month} unit={unit} now={now} before={before} /> : <Section><Empty title={t('empty', { month: format.month(month) })}>{t('emptyText')}</Empty></Section>}
              <Section title={t('trend')}>
                <Suspense fallback={<div style={{ height: 260 }} />}><Trend lines={items} to={month} /></Suspense>
              </Section>
              {now && now.due > 0 && <Groups month={month} unit={unit} />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** Of a program: the rate demanded, in percent, by code. */
function useTargets(): Map<string, number> {
  const found = useQuery({ ...read('/api/v1/programs'), staleTime: 300_000 });
  return new Map((found.data?.items ?? []).map((p) => [p.code, p.target]));
}

function useLines(by: Group, month: string, unit: string | undefined) {
  return useQuery(read('/api/v1/statistics/tallies', { params: { query: { from: month, to: month, by: [by], ...(unit && { unit }) } } }));
}

interface Scope {
  month: string;
  unit: string | undefined;
}

function Tiles({ month, unit, now, before }: Scope & { now: Figures; before: Figures | undefined }) {
  const t = useText();
  const format = useFormat();
  const targets = useTargets();
  const programs = useLines('program', month, unit);
  const recurring = useQuery(read('/api/v1/recurrences', { params: { query: { month, ...(unit && { unit: [unit] }) } } }));
  const behind = { month, ...(unit && { unit }) };
  const below = (programs.data?.items ?? []).filter((line) => missed(line.tally, targets.get(line.program ?? ''))).length;
  const undecided = (recurring.data?.items ?? []).filter((r) => !r.decision).length;
  const points = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : t('tile.change', { change: t('tile.points', { sign: a < b ? '−' : '+', points: format.number(Math.abs(a - b) * 100, 1) }) });
  return (
    <div className="hf-tiles">
      <Tile name={t('tile.rate')} value={format.percent(now.rate)} to={recordsOf({ ...behind, figure: 'due' })} lines={[t('tile.doneOf', { done: format.number(now.done), due: format.number(now.due - now.waived) }), below > 0 ? t('tile.belowTarget', { count: below }) : programs.data && t('tile.allTargets'), points(now.rate, before?.rate)]} shade={below > 0 ? 'bad' : 'good'} />
      <Tile name={t('tile.satisfaction')} value={format.percent(now.satisfaction)} to={recordsOf({ ...behind, figure: 'satisfied' })} lines={[t('tile.answered', { count: format.number(now.satisfied + now.dissatisfied + now.unqualified) }), points(now.satisfaction, before?.satisfaction)]} />
      <Tile name={t('tile.unhappy')} value={format.number(now.dissatisfied + now.unqualified)} to={recordsOf({ ...behind, figure: 'dissatisfied' })} lines={[`${t('figure.dissatisfied')} ${format.number(now.dissatisfied)}`, `${t('figure.unqualified')} ${format.number(now.unqualified)}`]} shade={now.dissatisfied + now.unqualified > 0 ? 'bad' : 'plain'} />
      <Tile name={t('tile.overdue')} value={format.number(now.overdue)} to={recordsOf({ ...behind, figure: 'overdue' })} lines={[t('tile.lateDone', { late: format.number(now.late), open: format.number(now.open_late) })]} shade={now.open_late > 0 ? 'warn' : 'plain'} />
      <Tile name={t('tile.unreachable')} value={format.number(now.unreachable)} to={recordsOf({ ...behind, figure: 'unreachable' })} lines={[t('tile.ofDue', { share: format.percent(now.due > 0 ? now.unreachable / now.due : undefined) })]} />
      <Tile name={t('tile.recurrences')} value={format.number(recurring.data?.items.length)} to={`/recurrences?month=${month}`} lines={[undecided > 0 ? t('tile.undecided', { count: undecided }) : t('tile.noneOpen')]} shade={undecided > 0 ? 'warn' : 'plain'} />
    </div>
  );
}

function Groups({ month, unit }: Scope) {
  const t = useText();
  const inLang = useInLang();
  const targets = useTargets();
  const [query, change] = useQueryState();
  const by: Group = groups.find((g) => g === query['by']) ?? 'program';
  const found = useLines(by, month, unit);
  const names = { program: t('byProgram'), unit: t('byUnit'), lead: t('byStaff') };
  const heads = { program: t('program'), unit: t('unit'), lead: t('staff') };
  const rowOf = (line: Line): FigureRow => {
    const key = line[by] ?? '';
    const whose = by === 'lead' ? (key ? { lead: key } : { nobody: true }) : by === 'unit' ? { unit: key, below: false } : { program: key };
    return { key, name: inLang(line.name) || t('unassigned'), figures: line.tally, target: by === 'program' ? targets.get(key) : undefined, behind: { month, ...(unit && by !== 'unit' && { unit }), ...whose } };
  };
  return (
    <Section flush title={<Segmented<Group> aria-label={names[by]} value={by} onChange={(next) => change({ by: next === 'program' ? undefined : next })} options={groups.map((value) => ({ value, label: names[value] }))} />}>
      <Loaded query={found} rows={6}>{({ items }) => <FigureTable head={heads[by]} targets={by === 'program'} rows={[...items].sort((a, b) => b.tally.due - a.tally.due).map(rowOf)} />}</Loaded>
    </Section>
  );
}

/** What can be taken along: the sheet, the records, the tables shown. */
function Exports({ month, unit }: Scope) {
  const t = useText();
  const lang = useLang();
  const go = useGo();
  const inLang = useInLang();
  const may = useMay();
  const lines = { program: useLines('program', month, unit), unit: useLines('unit', month, unit), lead: useLines('lead', month, unit) };
  const asked = new URLSearchParams({ lang, ...(unit && { unit }) }).toString();
  const shown = () => {
    const codes = ['due', 'done', 'on_time', 'overdue', 'open', 'unreachable', 'waived', 'rate', 'satisfied', 'dissatisfied', 'unqualified', 'satisfaction'] as const;
    const rows = groups.flatMap((by) => (lines[by].data?.items ?? []).map((line) => [t(by === 'program' ? 'program' : by === 'unit' ? 'unit' : 'staff'), inLang(line.name) || t('unassigned'), ...codes.map((code) => line.tally[code] ?? '')]));
    saveText(`${t('title')}-${month}.csv`, csvOf([['', '', ...codes.map((code) => t(`figure.${code}`))], ...rows]));
  };
  const items = [
    { key: 'sheet', label: t('exportSheet'), run: () => save('', `/api/v1/statistics/${month}/sheet.xlsx?${asked}`) },
    { key: 'shown', label: t('exportShown'), run: shown },
    ...(may('followup.read')
      ? [
          { key: 'xlsx', label: t('exportRecords'), run: () => save('', `/api/v1/exports/followups.xlsx?month=${month}&${asked}`) },
          { key: 'csv', label: t('exportRecordsCSV'), run: () => save('', `/api/v1/exports/followups.csv?month=${month}&${asked}`) },
        ]
      : []),
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: items.map(({ key, label }) => ({ key, label })), onClick: ({ key }) => items.find((i) => i.key === key)?.run() }}>
        <Button icon={<DownloadOutlined />}>{t('export')}</Button>
      </Dropdown>
      <Button onClick={() => go(`/statistics/month?month=${month}${unit ? `&unit=${unit}` : ''}`)}>{t('sheetOpen')}</Button>
    </>
  );
}
