import { readPages, type Schema } from '@/api';
import { DataTable, Empty, Link, Page, StateTag, useFormat, useGo, useInLang, useQueryState, useUnits, VerdictTag, type Column } from '@/ui';
import { useQuery } from '@tanstack/react-query';
import { read } from '@/api';
import { useText } from './texts';

type Followup = Schema<'Followup'>;
const figures = ['due', 'done', 'on_time', 'late', 'overdue', 'open', 'open_late', 'unreachable', 'waived', 'satisfied', 'dissatisfied', 'unqualified'] as const;

/** The follow-ups behind a figure. */
export default function Records() {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  const go = useGo();
  const units = useUnits();
  const [query] = useQueryState();
  const { month = '', unit, below, program, lead, nobody } = query;
  const figure = figures.find((f) => f === query['figure']) ?? 'due';
  const programs = useQuery({ ...read('/api/v1/programs'), staleTime: 300_000 });
  const person = useQuery({ ...read('/api/v1/staff/{id}', { params: { path: { id: lead ?? '' } } }), enabled: Boolean(lead) });
  const whose = [format.month(month), unit ? units.name(unit) : t('records.all'), program && inLang(programs.data?.items.find((p) => p.code === program)?.name), lead && person.data?.name, nobody === 'true' && t('records.nobody')].filter(Boolean);

  const columns: Column<Followup>[] = [
    { key: 'number', title: t('records.number'), fixed: true, width: 160, render: (f) => <Link to={`/followups/${f.id}`} className="hf-mono">{f.number}</Link> },
    { key: 'customer', title: t('records.customer'), fixed: true, width: 120, render: (f) => f.contact_name },
    { key: 'program', title: t('records.program'), width: 150, render: (f) => inLang(f.program_name) },
    { key: 'matter', title: t('records.matter'), width: 180, render: (f) => f.matter },
    { key: 'unit', title: t('records.unit'), width: 120, render: (f) => f.unit_name },
    { key: 'lead', title: t('records.lead'), width: 110, render: (f) => f.assignees?.find((p) => p.id === f.lead)?.name },
    { key: 'closes', title: t('records.closes'), width: 120, render: (f) => format.shortDate(f.window.closes) },
    { key: 'done', title: t('records.done'), width: 160, render: (f) => f.done_at && format.dateTime(f.done_at, units.zone(f.unit)) },
    { key: 'state', title: t('records.state'), width: 90, render: (f) => <StateTag state={f.state} /> },
    { key: 'verdict', title: t('records.verdict'), width: 90, render: (f) => <VerdictTag verdict={f.verdict} /> },
  ];
  return (
    <Page up={{ to: `/statistics?month=${month}`, label: t('title') }} title={t(`figure.${figure}`)} intro={whose.join(' · ')}>
      <DataTable
        name="records"
        query={readPages('/api/v1/statistics/{month}/followups', { params: { path: { month }, query: { figure, ...(unit && { unit }), ...(below === 'false' && { below: false }), ...(program && { program }), ...(lead && { lead }), ...(nobody === 'true' && { nobody: true }) } as never } })}
        columns={columns}
        rowKey={(f) => f.id}
        onRow={(f) => go(`/followups/${f.id}`)}
        card={(f) => (
          <>
            <div className="hf-card-top"><Link to={`/followups/${f.id}`}>{f.contact_name ?? f.number}</Link><StateTag state={f.state} /></div>
            <div>{[inLang(f.program_name), f.matter].filter(Boolean).join(' · ')}</div>
            <div className="hf-row hf-quiet">{[f.number, f.unit_name, format.shortDate(f.window.closes)].filter(Boolean).join(' · ')}<VerdictTag verdict={f.verdict} /></div>
          </>
        )}
        empty={<Empty title={t('records.empty')} />}
      />
    </Page>
  );
}
