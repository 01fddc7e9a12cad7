import { Collapse } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { read, useSignal, type Schema } from '@/api';
import { CaseTag, Facts, FormAnswers, Link, Section, StateTag, useFormat, useInLang, useUnits, useWorkWords, VerdictTag } from '@/ui';
import { useFiles } from './files';
import { Outcome } from './Outcome';
import { outcomes } from './outbox';
import { useText } from './texts';
import { useWhole } from './whole';

type Record_ = Schema<'Record'>;

/** A follow-up that is done, to read: what was found, by whom, and what became of it. */
export function RecordView({ next }: { next: () => Promise<void> }) {
  const t = useText();
  const { detail } = useWhole();
  const done = useSignal(outcomes)[detail.id]?.done;
  const last = detail.records.at(-1);
  const before = detail.records.slice(0, -1).reverse();
  return (
    <>
      {done && <Outcome done={done} next={next} />}
      {last ? <Section title={t('record.title')}><OneRecord record={last} /></Section> : <Ended />}
      {detail.opened_case && <CaseLine of={detail.opened_case} />}
      {before.length > 0 && (
        <Collapse className="fu-more" size="small" items={before.map((one) => ({ key: one.id, label: t('record.before'), children: <OneRecord record={one} /> }))} />
      )}
    </>
  );
}

function Ended() {
  const t = useText();
  const { detail } = useWhole();
  return (
    <Section title={<StateTag state={detail.state} />}>
      <Facts items={[{ label: t('record.reason'), value: detail.reason }, { label: t('record.by'), value: detail.done_by && detail.names[detail.done_by] }]} />
    </Section>
  );
}

function CaseLine({ of }: { of: Schema<'Case'> }) {
  const t = useText();
  return (
    <Section title={t('record.case')} extra={<CaseTag state={of.state} />}>
      <p><Link to={`/cases/${of.id}`}>{of.number}</Link> {of.matter}</p>
    </Section>
  );
}

function OneRecord({ record }: { record: Record_ }) {
  const t = useText();
  const inLang = useInLang();
  const format = useFormat();
  const words = useWorkWords();
  const { detail } = useWhole();
  const zone = useUnits().zone(detail.unit);
  const files = useFiles(detail.id);
  const same = record.form === detail.form && record.form_version === detail.form_version;
  const other = useQuery({ ...read('/api/v1/forms/{code}', { params: { path: { code: record.form }, query: { version: record.form_version } } }), enabled: !same && Boolean(record.form), staleTime: Infinity });
  const form = same ? detail.form_definition : other.data?.definition;
  const band = form?.scoring?.bands?.find((one) => one.code === record.band);
  return (
    <div className="hf-stack">
      <Facts
        items={[
          { label: t('record.verdict'), value: record.verdict && <VerdictTag verdict={record.verdict} /> },
          { label: t('record.score'), value: record.score !== undefined && `${format.number(record.score, 1)}${band ? ` · ${inLang(band.label)}` : ''}` },
          { label: t('record.by'), value: detail.names[record.staff] },
          { label: t('record.at'), value: format.dateTime(record.at, zone) },
          { label: t('record.channel'), value: words.channel(record.channel) },
        ]}
      />
      {form && <div className="fu-answers"><FormAnswers definition={form} answers={record.answers} files={files} /></div>}
      {record.signatures.length > 0 && (
        <ul className="fu-signed">
          {record.signatures.map((one) => (
            <li key={`${one.by}-${one.name}`}>
              <span className="hf-quiet">{t(`sign.${one.by}`)}</span> {one.name} {one.at && <span className="hf-quiet">{format.dateTime(one.at, zone)}</span>}
              {one.image && <img src={files.url(one.image)} alt={t('sign.picture', { name: one.name })} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

