import type { ReactNode } from 'react';
import { Link, Tag, useFormat } from '@/ui';
import { recordsOf, type Behind, type Figures } from './address';
import { useText } from './texts';

export interface FigureRow {
  key: string;
  name: ReactNode;
  figures: Figures;
  /** Follow-up rate demanded, in percent; 0 or missing: none. */
  target?: number | undefined;
  behind: Omit<Behind, 'figure'>;
}

const counts = ['due', 'done', 'on_time', 'overdue', 'unreachable', 'waived', 'satisfied', 'dissatisfied', 'unqualified'] as const;

/** Whether a rate stays below its target. */
export function missed(figures: Figures, target: number | undefined): boolean {
  return Boolean(target) && figures.rate !== undefined && figures.rate * 100 < (target ?? 0);
}

/** Groups with all their figures; each opens the follow-ups behind it. */
export function FigureTable({ head, rows, targets }: { head: string; rows: FigureRow[]; targets?: boolean }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="hf-scroll" tabIndex={0} role="region" aria-label={head}>
      <table className="hf-figures">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t('figure.rate')}</th>
            {targets && <th scope="col">{t('target')}</th>}
            {counts.map((code) => <th key={code} scope="col">{t(`figure.${code}`)}</th>)}
            <th scope="col">{t('figure.satisfaction')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              <td className="hf-rate">
                <span className="hf-rate-bar" aria-hidden><span data-missed={missed(row.figures, row.target) || undefined} style={{ width: `${(row.figures.rate ?? 0) * 100}%` }} /></span>
                {format.percent(row.figures.rate)}
              </td>
              {targets && <td>{row.target ? <span className="hf-row">{format.number(row.target)}%{missed(row.figures, row.target) && <Tag shade="bad">{t('notMet')}</Tag>}</span> : <span className="hf-quiet">{t('noTarget')}</span>}</td>}
              {counts.map((code) => (
                <td key={code}>{row.figures[code] > 0 ? <Link to={recordsOf({ ...row.behind, figure: code })}>{format.number(row.figures[code])}</Link> : <span className="hf-quiet">–</span>}</td>
              ))}
              <td>{format.percent(row.figures.satisfaction)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
