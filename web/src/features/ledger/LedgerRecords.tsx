import { useQuery } from '@tanstack/react-query';
import { read, type Schema } from '@/api';
import { Empty, Link, Loaded, Page, Section, StateTag, useFormat, useInLang, useParam, useQueryState, useUnits, VerdictTag } from '@/ui';
import './ledger.css';
import { useText } from './texts';

type Followup = Schema<'Followup'>;

/** The follow-ups that one cell of a ledger counts. */
export default function LedgerRecords() {
  const t = useText();
  const pack = useParam('pack');
  const code = useParam('code');
  const [query] = useQueryState();
  const { key = '', column = '0', on, unit, contact } = query;
  const back = new URLSearchParams(Object.entries({ on, unit, contact }).filter((part): part is [string, string] => Boolean(part[1])));
  const found = useQuery(read('/api/v1/ledgers/{pack}/{code}/followups', { params: { path: { pack, code }, query: { key, column: Number(column), ...(on && { on }), ...(unit && { unit }), ...(contact && { contact }) } } }));
  return (
    <Page up={{ to: `/ledgers/${pack}/${code}?${back.toString()}`, label: t('oneTitle') }} intro={found.data && t('records.count', { count: found.data.items.length })}>
      <Loaded query={found} rows={8}>
        {({ items }) => (items.length === 0 ? <Section><Empty title={t('records.none')} /></Section> : <Rows of={items} />)}
      </Loaded>
    </Page>
  );
}

function Rows({ of }: { of: Followup[] }) {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  const units = useUnits();
  return (
    <Section>
      <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('recordsTitle')}>
        <table className="hf-ledger-records">
          <thead>
            <tr>{(['number', 'customer', 'program', 'matter', 'unit', 'lead', 'closes', 'done', 'state', 'verdict'] as const).map((name) => <th key={name} scope="col">{t(`records.${name}`)}</th>)}</tr>
          </thead>
          <tbody>
            {of.map((f) => (
              <tr key={f.id}>
                <td><Link to={`/followups/${f.id}`} className="hf-mono">{f.number}</Link></td>
                <td>{f.contact_name}</td>
                <td>{inLang(f.program_name)}</td>
                <td>{f.matter}</td>
                <td>{f.unit_name}</td>
                <td>{f.assignees?.find((p) => p.id === f.lead)?.name}</td>
                <td>{format.shortDate(f.window.closes)}</td>
                <td>{f.done_at && format.dateTime(f.done_at, units.zone(f.unit))}</td>
                <td><StateTag state={f.state} /></td>
                <td><VerdictTag verdict={f.verdict} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
