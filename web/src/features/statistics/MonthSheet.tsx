import { useQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Fragment, useEffect, useRef, useState } from 'react';
import { read, useMay, useWrite, type Schema } from '@/api';
import { FilterBar, Link, Loaded, Page, Tag, useFilters, useFormat, useLang, useQueryState, useSay, WriteFailed, type Filter } from '@/ui';
import { monthsFrom, recordsOf, save } from './address';
import './statistics.css';
import { useText } from './texts';

type Layout = Schema<'ReportLayout'>;
type Sheet = NonNullable<Layout['pages']>[number];
type Cell = NonNullable<NonNullable<Sheet['rows']>[number]['cells']>[number];

/** The monthly sheet, exactly as it is downloaded. */
export default function MonthSheet() {
  const t = useText();
  const format = useFormat();
  const lang = useLang();
  const say = useSay();
  const may = useMay();
  const [query] = useQueryState();
  const filters: Filter[] = [{ key: 'month', label: t('month'), kind: 'month', width: 140 }];
  const month = useFilters(filters)['month'] ?? monthsFrom(format.today().slice(0, 7), -1);
  const unit = query['unit'];
  const asked = { lang, ...(unit && { unit }) };
  const found = useQuery(read('/api/v1/statistics/{month}/layout', { params: { path: { month }, query: asked } }));
  const frozen = useQuery(read('/api/v1/statistics/frozen'));
  const closed = frozen.data?.items.find((f) => f.month === month);
  const over = month < format.today().slice(0, 7);
  const freeze = useWrite('post', '/api/v1/statistics/{month}/freeze', { stale: ['/api/v1/statistics'] });
  const close = async () => {
    if (!(await say.ask({ title: t('freezeTitle', { month: format.month(month) }), text: t('freezeText'), ok: t('freeze') }))) return;
    if (await freeze.run({ params: { path: { month } } })) say.done(t('frozenNow'));
  };
  return (
    <Page
      aside={frozen.data && (closed ? <Tag shade="good">{t('closed', { date: format.shortDate(closed.at) })}</Tag> : <Tag>{t('live')}</Tag>)}
      intro={format.month(month)}
      actions={
        <>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t('print')}</Button>
          {!closed && over && frozen.data && may('organization.manage') && <Button loading={freeze.pending} onClick={() => void close()}>{t('freeze')}</Button>}
          <Button type="primary" icon={<DownloadOutlined />} onClick={() => save('', `/api/v1/statistics/${month}/sheet.xlsx?${new URLSearchParams(asked).toString()}`)}>{t('xlsx')}</Button>
        </>
      }
    >
      <FilterBar filters={filters} />
      <WriteFailed error={freeze.failed} />
      <Loaded query={found} rows={10}>{(layout) => <Shown of={layout} month={month} unit={unit} />}</Loaded>
    </Page>
  );
}

function Shown({ of, month, unit }: { of: Layout; month: string; unit: string | undefined }) {
  const t = useText();
  const pages = of.pages ?? [];
  const [at, go] = useState('0');
  const page = pages[Number(at)] ?? pages[0];
  return (
    <div className="hf-sheet">
      <Tabs aria-label={t('sheet')} activeKey={at} onChange={go} items={pages.map((p, i) => ({ key: String(i), label: p.name }))} />
      {page && <Grid key={page.name} of={page} month={month} unit={unit} />}
    </div>
  );
}

const charWidth = 6.4;
const margins = 38;

/** How small a sheet so many pixels wide is shown to be seen whole, as far as it stays readable. */
function useFit(width: number) {
  const place = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const at = place.current;
    if (!at) return;
    const watch = new ResizeObserver(() => setScale(Math.max(0.62, Math.min(1, (at.clientWidth - margins) / width))));
    watch.observe(at);
    return () => watch.disconnect();
  }, [width]);
  return [place, scale] as const;
}

function Grid({ of, month, unit }: { of: Sheet; month: string; unit: string | undefined }) {
  const rows = of.rows ?? [];
  const widths = of.widths ?? [];
  const covered = new Set<string>();
  const width = widths.reduce((sum, w) => sum + w * charWidth + 10, 0);
  const [place, scale] = useFit(width);
  return (
    <div ref={place} className="hf-sheet-paper" tabIndex={0} role="region" aria-label={of.name}>
      <table style={{ width, zoom: scale }}>
        <colgroup>{widths.map((w, i) => <col key={i} style={{ width: w * charWidth + 10 }} />)}</colgroup>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r} style={{ height: row.height * 1.25 }}>
              {widths.map((_, c) => {
                const cell = row.cells?.find((x) => x.column === c);
                if (!cell) return covered.has(`${r}.${c}`) ? <Fragment key={c} /> : <td key={c} />;
                for (let i = 0; i < cell.rows; i++) for (let j = 0; j < cell.columns; j++) if (i + j > 0) covered.add(`${r + i}.${c + j}`);
                return <One key={c} of={cell} month={month} unit={unit} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sides = { l: 'borderLeft', t: 'borderTop', r: 'borderRight', b: 'borderBottom' } as const;

function bordersOf(border = ''): React.CSSProperties {
  return Object.fromEntries([...border].map((side) => [sides[side as keyof typeof sides], '1px solid #404040']));
}

function One({ of, month, unit }: { of: Cell; month: string; unit: string | undefined }) {
  const looks = [of.bold && 'b', of.muted && 'm', of.alarm && 'a', of.shaded && 's', of.top && 't'].filter(Boolean).map((x) => `hf-cell-${String(x)}`).join(' ');
  const behind = of.behind;
  const empty = of.text === '–' || of.text === '';
  return (
    <td
      className={looks}
      {...(of.columns > 1 && { colSpan: of.columns })}
      {...(of.rows > 1 && { rowSpan: of.rows })}
      style={{ textAlign: (of.align ?? 'left') as 'left', ...bordersOf(of.border), ...(of.indent && { paddingLeft: 6 + of.indent * 9 }), ...(of.size && { fontSize: of.size * 1.3 }) }}
    >
      {behind && !empty ? <Link to={recordsOf({ ...behind, month, unit: behind.unit ?? unit, below: behind.below ?? false })}>{of.text}</Link> : of.text}
    </td>
  );
}
