import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import type { Schema } from '@/api';
import { Link } from './Link';
import { useUiText } from './own-texts';
import './sheet.css';

type Layout = Schema<'ReportLayout'>;
type Sheet = NonNullable<Layout['pages']>[number];

/** A cell of a sheet as it is downloaded. */
export type SheetCell = NonNullable<NonNullable<Sheet['rows']>[number]['cells']>[number];
type To = (cell: SheetCell) => string | undefined;

/** A workbook as it is downloaded, its cells leading where `to` says. */
export function SheetView({ of, to }: { of: Layout; to: To }) {
  const t = useUiText();
  const pages = of.pages ?? [];
  const [at, go] = useState(0);
  const page = pages[at] ?? pages[0];
  return (
    <div className="hf-sheet">
      {pages.length > 1 && (
        <div className="hf-sheet-tabs" role="group" aria-label={t('sheet')}>
          {pages.map((p, i) => <button key={p.name} type="button" aria-pressed={p === page} onClick={() => go(i)}>{p.name}</button>)}
        </div>
      )}
      {page && <Grid key={page.name} of={page} to={to} />}
    </div>
  );
}

const charWidth = 6.4;
const margins = 38;

/** How small a sheet so many pixels wide is shown to be seen whole, as far as it stays readable. */
function useFit(width: number) {
  const place = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  // Before it is painted, so that nothing jumps.
  useLayoutEffect(() => {
    const at = place.current;
    if (!at) return;
    const fit = () => setScale(Math.max(0.62, Math.min(1, (at.clientWidth - margins) / width)));
    fit();
    const watch = new ResizeObserver(fit);
    watch.observe(at);
    return () => watch.disconnect();
  }, [width]);
  return [place, scale] as const;
}

function Grid({ of, to }: { of: Sheet; to: To }) {
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
                return <One key={c} of={cell} to={to} />;
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

function One({ of, to }: { of: SheetCell; to: To }) {
  const looks = [of.bold && 'b', of.muted && 'm', of.alarm && 'a', of.shaded && 's', of.top && 't'].filter(Boolean).map((x) => `hf-cell-${String(x)}`).join(' ');
  const target = to(of);
  const empty = of.text === '–' || of.text === '';
  return (
    <td
      className={looks}
      {...(of.columns > 1 && { colSpan: of.columns })}
      {...(of.rows > 1 && { rowSpan: of.rows })}
      style={{ textAlign: (of.align ?? 'left') as 'left', ...bordersOf(of.border), ...(of.indent && { paddingLeft: 6 + of.indent * 9 }), ...(of.size && { fontSize: of.size * 1.3 }) }}
    >
      {target && !empty ? <Link to={target}>{of.text}</Link> : of.text}
    </td>
  );
}
