import { WarningOutlined } from '@ant-design/icons';
import { Collapse } from 'antd';
import type { Schema } from '@/api';
import { Facts, Link, Section, Tag, useFormat, useInLang, usePhone, useUnits, useWord } from '@/ui';
import { useAttributes, useTrade } from './attributes';
import { Contact } from './Contact';
import { isOpen } from './due';
import { Earlier, useHistory } from './Earlier';
import { useText } from './texts';
import { Timeline } from './Timeline';
import { useWhole } from './whole';

/** Whether what the page tells of the contact is there: shown all at once, nothing jumps under a finger. */
export function useTold(): boolean {
  const history = useHistory();
  const trade = useTrade();
  return !history.loading && !trade.loading;
}

/** Whom to reach and how, and why. */
export function Who({ called }: { called: boolean }) {
  const { detail } = useWhole();
  return (
    <>
      <Warnings />
      {isOpen(detail) && <EventPanel prominent />}
      <Contact called={called} />
      {!isOpen(detail) && <EventPanel />}
      <ObjectPanel />
    </>
  );
}

/** What was before, and what was done with this one. */
export function Before() {
  const t = useText();
  return (
    <>
      <Earlier />
      <Section title={t('timeline.title')}><Timeline /></Section>
    </>
  );
}

/** What to know before anything is said. */
function Warnings() {
  const t = useText();
  const inLang = useInLang();
  const format = useFormat();
  const { detail } = useWhole();
  const history = useHistory();
  const unhappy = history.followups.filter((f) => f.verdict === 'dissatisfied' || f.verdict === 'unqualified');
  const open = history.cases.filter((c) => c.state !== 'closed');
  const lines = [
    detail.customer?.do_not_contact && t('warn.doNotContact'),
    detail.review === 'redo' && t('warn.redo', { opinion: detail.reviews.at(-1)?.opinion ?? '' }),
    detail.opened_case && isOpen(detail) && t('warn.checksCase', { number: detail.opened_case.number, matter: detail.opened_case.matter ?? '' }),
    unhappy.length > 0 && t(unhappy.length === 1 ? 'warn.unhappyOnce' : 'warn.unhappy', { count: unhappy.length, date: format.shortDate(unhappy[0]?.done_at), matter: unhappy[0]?.matter || inLang(unhappy[0]?.program_name) }),
  ].filter((line): line is string => Boolean(line));
  if (!isOpen(detail) || (lines.length === 0 && open.length === 0)) return null;
  return (
    <div className="fu-warnings">
      {lines.map((line) => <p key={line}><WarningOutlined aria-hidden /> {line}</p>)}
      {open.map((one) => <p key={one.id}><WarningOutlined aria-hidden /> <Link to={`/cases/${one.id}`}>{t('warn.openCase', { number: one.number, matter: one.matter ?? '' })}</Link></p>)}
    </div>
  );
}

/** Something the trade did, not what followed from it. */
const isService = (e: Schema<'Event'>) => !e.type.startsWith('followup.') && !e.type.startsWith('case.') && !e.type.endsWith('.changed');

/** What happened, in the trade's words: before a call, the first thing to read. */
function EventPanel({ prominent }: { prominent?: boolean }) {
  const t = useText();
  const inLang = useInLang();
  const format = useFormat();
  const units = useUnits();
  const trade = useTrade();
  const { detail } = useWhole();
  const history = useHistory();
  const direct = detail.service_event;
  // A follow-up of a follow-up: the service both are about is what one has to know.
  const event = direct && isService(direct) ? direct : history.events.find(isService);
  const matter = detail.matter || (event?.attributes?.matter as string | undefined);
  if (!event && !matter) return null;
  return (
    <section className={prominent ? 'hf-section fu-event' : 'hf-section'}>
      <div className="hf-section-head">
        <h2>{inLang(event && trade.event(event.type)?.name) || t('event.title')}</h2>
        {event && <span className="hf-quiet">{format.dateTime(event.at, units.zone(detail.unit))}</span>}
      </div>
      {matter && <p className="fu-matter">{matter}</p>}
      <EventFacts event={event} />
    </section>
  );
}

function EventFacts({ event }: { event: Schema<'Event'> | undefined }) {
  const t = useText();
  const trade = useTrade();
  const told = useAttributes();
  const { detail } = useWhole();
  const before = detail.service_event?.followup;
  return (
    <Facts
      items={[
        ...(event ? told(trade.event(event.type)?.attributes, event.attributes, ['matter']) : []),
        { label: t('event.department'), value: event?.department },
        { label: t('event.staff'), value: event?.staff && detail.names[event.staff] },
        { label: t('event.follows'), value: before && before !== detail.id && <Link to={`/followups/${before}`}>{t('event.earlier')}</Link> },
        { label: t('event.case'), value: detail.opened_case && <Link to={`/cases/${detail.opened_case.id}`}>{detail.opened_case.number}</Link> },
      ]}
    />
  );
}

function ObjectPanel() {
  const t = useText();
  const word = useWord();
  const inLang = useInLang();
  const trade = useTrade();
  const { detail } = useWhole();
  const { customer, object } = detail;
  const phone = usePhone();
  const kind = customer && trade.contact(customer.kind);
  if (!customer && !object) return null;
  return (
    <Collapse
      className="fu-more"
      size="small"
      defaultActiveKey={isOpen(detail) && !phone ? ['who'] : []}
      items={[{ key: 'who', label: <>{t('contact.more', { word: word('contact', t('contact.title')) })} {kind && <Tag>{inLang(kind.name)}</Tag>}</>, children: <ObjectFacts /> }]}
    />
  );
}

function ObjectFacts() {
  const t = useText();
  const word = useWord();
  const inLang = useInLang();
  const trade = useTrade();
  const told = useAttributes();
  const { detail } = useWhole();
  const { customer, object } = detail;
  const named = (id: string | undefined) => id && detail.names[id];
  const objectKind = object && trade.asset(object.kind);
  const items = customer
    ? [
        { label: t('contact.address'), value: customer.address }, { label: t('contact.email'), value: customer.email }, { label: t('contact.quiet'), value: customer.quiet },
        { label: word('steward', t('contact.steward')), value: named(customer.steward) }, { label: t('contact.owner'), value: named(customer.owner) },
        ...told(trade.contact(customer.kind)?.attributes, customer.attributes),
      ]
    : [];
  const objects = object ? [{ label: inLang(objectKind?.name) || word('asset', t('asset')), value: <Link to={`/assets/${object.id}`}>{object.name || object.code}</Link> }, ...told(objectKind?.attributes, object.attributes)] : [];
  return <Facts items={[...items, ...objects]} />;
}
