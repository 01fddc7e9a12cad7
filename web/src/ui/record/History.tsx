import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { read, readPages, useMay, type Schema } from '@/api';
import { useUnits } from '../Directory';
import { useFormat } from '../format';
import { Link } from '../Link';
import { Section } from '../Page';
import { Empty, Failed, Loaded, Loading } from '../States';
import { CaseTag, ReviewTag, SeverityTag, StateTag, Tag, useWorkWords, VerdictTag } from '../Tags';
import { useInLang } from '../texts';
import { useQueryState } from '../url';
import { useAttributeText } from './attributes';
import { mergeMoments, type Moment } from './merge';
import { useRecordText } from './texts';

type Event = Schema<'Event'>;
type Followup = Schema<'Followup'>;
type Case = Schema<'Case'>;
type Any = Moment<'event', Event> | Moment<'followup', Followup> | Moment<'case', Case>;
type Part = 'events' | 'followups' | 'cases';

const page = 30;

/** What the product tells its own rules: the follow-up or the audit log says it better. */
const inner = /^(followup|case|contact|asset|staff)\.(completed|unreachable|waived|cancelled|changed|opened|resolved|closed)$/;

/** Everything that happened with a contact or an asset, last first, with why each event planned what it planned. */
export function History({ contact, asset }: { contact?: string; asset?: string }) {
  const t = useRecordText();
  const may = useMay();
  const [query, change] = useQueryState();
  const parts = (['events', 'followups', 'cases'] as const).filter((p) => (p === 'events' ? may('contact.read') : p === 'cases' ? may('case.read') : may('followup.read', 'followup.work')));
  const only = parts.find((p) => p === query.show);
  const of = { limit: page, desc: true, ...(contact && { contact }), ...(asset && { asset }) };
  const on = (part: Part) => parts.includes(part) && (!only || only === part);
  const events = useInfiniteQuery({ ...readPages('/api/v1/events', { params: { query: of } }), enabled: on('events') });
  const followups = useInfiniteQuery({ ...readPages('/api/v1/followups', { params: { query: of } }), enabled: on('followups') });
  const cases = useInfiniteQuery({ ...readPages('/api/v1/cases', { params: { query: of } }), enabled: on('cases') });
  const asked = [
    ...(on('events') ? [{ query: events, items: (events.data?.pages ?? []).flatMap((p) => p.items).filter((e) => !e.followup && !inner.test(e.type)).map((e): Any => ({ kind: 'event', key: e.id, at: e.at, record: e })) }] : []),
    ...(on('followups') ? [{ query: followups, items: (followups.data?.pages ?? []).flatMap((p) => p.items).map((f): Any => ({ kind: 'followup', key: f.id, at: f.closes_at, record: f })) }] : []),
    ...(on('cases') ? [{ query: cases, items: (cases.data?.pages ?? []).flatMap((p) => p.items).map((c): Any => ({ kind: 'case', key: c.id, at: c.opened, record: c })) }] : []),
  ];
  const failed = asked.find((a) => a.query.error);
  const { shown, waiting } = mergeMoments(asked.map((a) => ({ items: a.items, more: a.query.isPending || a.query.hasNextPage })));
  const more = () => waiting.forEach((i) => void asked[i]?.query.fetchNextPage());
  const busy = asked.some((a) => a.query.isFetchingNextPage || a.query.isPending);

  return (
    <Section title={t('history.title')} extra={<Segmented size="small" aria-label={t('history.title')} value={only ?? 'all'} onChange={(v) => change({ show: v === 'all' ? undefined : String(v) })} options={[{ value: 'all', label: t('history.all') }, ...parts.map((p) => ({ value: p, label: t(`history.${p}`) }))]} />}>
      {failed ? <Failed error={failed.query.error} retry={() => void failed.query.refetch()} /> : busy && shown.length === 0 ? <Loading rows={6} /> : shown.length === 0 ? <Empty title={t('history.empty')}>{t('history.emptyText')}</Empty> : <Moments all={shown} />}
      {shown.length > 0 && !failed && (
        <p className="hf-history-end">{waiting.length > 0 ? <Button loading={busy} onClick={more}>{t('history.more')}</Button> : <span className="hf-quiet">{t('history.end')}</span>}</p>
      )}
    </Section>
  );
}

function Moments({ all }: { all: Any[] }) {
  const t = useRecordText();
  const format = useFormat();
  const units = useUnits();
  const today = format.today();
  const groupOf = (m: Any) => (m.at.slice(0, 10) > today && m.kind === 'followup' ? t('history.upcoming') : format.month(m.at));
  return (
    <ol className="hf-history">
      {all.map((m, i) => {
        const before = all[i - 1];
        const zone = units.zone(m.record.unit);
        return (
          <li key={m.kind + m.key}>
            {(!before || groupOf(before) !== groupOf(m)) && <h3>{groupOf(m)}</h3>}
            <div className={`hf-moment hf-moment-${m.kind}`}>
              <time dateTime={m.at} title={format.dateTime(m.at, zone)}>{format.shortDate(m.at, zone)}</time>
              {m.kind === 'event' ? <EventMoment event={m.record} /> : m.kind === 'followup' ? <FollowupMoment followup={m.record} {...(zone && { zone })} /> : <CaseMoment one={m.record} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Opening({ label, hide, children }: { label: string; hide: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="link" className="hf-opening" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? hide : label}</Button>
      {open && <div className="hf-moment-more">{children}</div>}
    </>
  );
}

function EventMoment({ event }: { event: Event }) {
  const t = useRecordText();
  const pick = useInLang();
  const say = useAttributeText();
  const units = useUnits();
  const types = useQuery({ ...read('/api/v1/event-types'), staleTime: 3_600_000 });
  const type = types.data?.items.find((one) => one.type === event.type);
  const values = event.attributes as Record<string, unknown> | undefined;
  const matter = say(undefined, values?.matter);
  const rest = Object.keys(values ?? {}).filter((name) => name !== 'matter').map((name) => {
    const attribute = type?.attributes.find((a) => a.name === name);
    return { name, label: pick(attribute?.label) || name, text: say(attribute, values?.[name]) };
  }).filter((a) => a.text);
  return (
    <div>
      <p><Tag>{t('history.event')}</Tag> <strong>{pick(type?.name) || event.type}</strong>{matter && ` · ${matter}`}{event.corrects && <> <Tag shade="warn">{t('history.corrects')}</Tag></>}</p>
      <p className="hf-quiet">{[event.department, units.name(event.unit), ...rest.map((a) => `${a.label} ${a.text}`), event.key && `${event.source} ${event.key}`].filter(Boolean).join(' · ')}</p>
      <Opening label={t('history.why')} hide={t('history.hideWhy')}><EventReasons id={event.id} /></Opening>
    </div>
  );
}

function EventReasons({ id }: { id: string }) {
  const t = useRecordText();
  const pick = useInLang();
  const why = useQuery(read('/api/v1/events/{id}/explanation', { params: { path: { id } } }));
  return (
    <Loaded query={why} rows={2}>
      {({ items }) => items.length === 0 ? <p>{t('history.noRule')}</p> : (
        <ul className="hf-why">
          {items.map((one) => (
            <li key={one.program}>
              <p><Link to={`/programs/${one.program}`}>{pick(one.name)}</Link> {one.text && pick(one.text)}</p>
              <ul>
                {one.planned.map((f) => <li key={f.id}><Tag shade="good">{t('history.planned')}</Tag> <Link to={`/followups/${f.id}`}>{f.number}</Link> {pick(f.step_name)} <StateTag state={f.state} /></li>)}
                {one.refused.map((s, i) => <li key={i}><Tag>{t('history.notPlanned')}</Tag> {pick(s.name)}: {pick(s.text)}{s.lines.length > 0 && <Lines lines={s.lines} />}</li>)}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function Lines({ lines }: { lines: Schema<'Text'>[] }) {
  const pick = useInLang();
  return <ul className="hf-quiet">{lines.map((line, i) => <li key={i}>{pick(line)}</li>)}</ul>;
}

function FollowupMoment({ followup: f, zone }: { followup: Followup; zone?: string }) {
  const t = useRecordText();
  const pick = useInLang();
  const format = useFormat();
  const people = f.assignees.map((a) => a.name || a.role || '').filter(Boolean);
  return (
    <div>
      <p className="hf-row"><Tag shade="accent">{t('history.followup')}</Tag> <Link to={`/followups/${f.id}`}>{pick(f.step_name) || f.step}</Link> <StateTag state={f.state} /> <VerdictTag verdict={f.verdict} /> <ReviewTag review={f.review} /></p>
      <p className="hf-quiet">{[f.number, pick(f.program_name) !== pick(f.step_name) && pick(f.program_name), t('history.window', { from: format.shortDate(f.opens_at, zone), to: format.shortDate(f.closes_at, zone) }), people.length > 0 && format.list(people), f.attempts > 0 && t('history.attempts', { count: f.attempts })].filter(Boolean).join(' · ')}</p>
      <Opening label={t('history.details')} hide={t('history.hideDetails')}><FollowupDetails id={f.id} {...(zone && { zone })} /></Opening>
      <Opening label={t('history.why')} hide={t('history.hideWhy')}><FollowupReasons id={f.id} /></Opening>
    </div>
  );
}

function FollowupReasons({ id }: { id: string }) {
  const why = useQuery(read('/api/v1/followups/{id}/explanation', { params: { path: { id } } }));
  return <Loaded query={why} rows={2}>{(found) => <Lines lines={found.lines} />}</Loaded>;
}

function FollowupDetails({ id, zone }: { id: string; zone?: string }) {
  const t = useRecordText();
  const format = useFormat();
  const words = useWorkWords();
  const detail = useQuery(read('/api/v1/followups/{id}', { params: { path: { id } } }));
  return (
    <Loaded query={detail} rows={2}>
      {(d) => (
        <ul className="hf-why">
          {d.tries.length === 0 && <li>{t('history.noTries')}</li>}
          {d.tries.map((a) => <li key={a.id}>{format.dateTime(a.at, zone)} · {words.channel(a.channel)} · {words.disposition(a.disposition)} · {d.names[a.staff] ?? ''}{a.note && ` · ${a.note}`}</li>)}
          {d.records.length === 0 && <li>{t('history.noRecord')}</li>}
          {d.records.map((r) => (
            <li key={r.id}>{format.dateTime(r.at, zone)} · {t('history.record')} · {words.channel(r.channel)} · {d.names[r.staff] ?? ''} <VerdictTag verdict={r.verdict} /> {r.score !== undefined && t('history.score', { score: format.number(r.score) })} {r.corrects && <Tag shade="warn">{t('history.corrects')}</Tag>}</li>
          ))}
          {d.reviews.map((r) => <li key={r.id}>{format.dateTime(r.at, zone)} · {t('history.reviewed')} <ReviewTag review={r.decision} /> · {d.names[r.staff] ?? ''}{r.opinion && ` · ${r.opinion}`}</li>)}
        </ul>
      )}
    </Loaded>
  );
}

function CaseMoment({ one }: { one: Case }) {
  const t = useRecordText();
  const format = useFormat();
  return (
    <div>
      <p className="hf-row"><Tag shade="bad">{t('history.case')}</Tag> <Link to={`/cases/${one.id}`}>{one.matter || one.number}</Link> <CaseTag state={one.state} /> <SeverityTag severity={one.severity} /></p>
      <p className="hf-quiet">{[one.number, one.owner_name, one.due && t('history.due', { date: format.shortDate(one.due) }), one.resolution].filter(Boolean).join(' · ')}</p>
    </div>
  );
}
