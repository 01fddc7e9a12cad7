import { useQuery } from '@tanstack/react-query';
import { read, useMay } from '@/api';
import { CaseTag, Link, Section, StateTag, useFormat, useInLang, VerdictTag } from '@/ui';
import { useTrade } from './attributes';
import { useText } from './texts';
import { useWhole } from './whole';

const most = 12;

/** What was before with the same contact (or asset): newest first. */
export function useHistory() {
  const may = useMay();
  const { detail } = useWhole();
  const subject = detail.contact ? { contact: detail.contact } : { asset: detail.asset ?? '' };
  const known = Boolean(detail.contact || detail.asset);
  const params = { params: { query: { ...subject, limit: most, desc: true } } };
  const followups = useQuery({ ...read('/api/v1/followups', { params: { query: { ...params.params.query, sort: 'created' } } }), enabled: known && may('followup.read') });
  const cases = useQuery({ ...read('/api/v1/cases', params), enabled: known && may('case.read') });
  const events = useQuery({ ...read('/api/v1/events', params), enabled: known && may('contact.read') });
  return {
    followups: (followups.data?.items ?? []).filter((f) => f.id !== detail.id),
    cases: cases.data?.items ?? [],
    events: (events.data?.items ?? []).filter((e) => e.id !== detail.event),
    loading: followups.isLoading || cases.isLoading || events.isLoading,
  };
}

/** Earlier follow-ups, cases and services of the same contact. */
export function Earlier() {
  const t = useText();
  const inLang = useInLang();
  const format = useFormat();
  const trade = useTrade();
  const { detail } = useWhole();
  const { followups, cases, events } = useHistory();
  const services = events.filter((e) => !e.type.startsWith('followup.') && !e.type.startsWith('case.'));
  const lines = [
    ...followups.map((f) => ({ key: f.id, at: f.done_at ?? f.created, node: <><Link to={`/followups/${f.id}`}>{f.matter || inLang(f.program_name)}</Link> {f.verdict ? <VerdictTag verdict={f.verdict} /> : <StateTag state={f.state} />}</> })),
    ...cases.map((c) => ({ key: c.id, at: c.opened, node: <><Link to={`/cases/${c.id}`}>{c.matter || c.number}</Link> <CaseTag state={c.state} /></> })),
    ...services.map((e) => ({ key: e.id, at: e.at, node: <span>{inLang(trade.event(e.type)?.name) || e.type}{typeof e.attributes?.matter === 'string' && <span className="hf-quiet"> · {e.attributes.matter}</span>}</span> })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <Section title={t('earlier.title')} extra={detail.contact && lines.length > 0 && <Link to={`/contacts/${detail.contact}`}>{t('earlier.all')}</Link>}>
      {lines.length === 0 ? <p className="hf-quiet">{t('earlier.none')}</p> : (
        <ul className="fu-lines">
          {lines.slice(0, most).map((line) => <li key={line.key}><time dateTime={line.at}>{format.shortDate(line.at)}</time><span>{line.node}</span></li>)}
        </ul>
      )}
    </Section>
  );
}
