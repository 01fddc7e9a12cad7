import { useQuery } from '@tanstack/react-query';
import { read, type Schema } from '@/api';
import { Facts, Link, Phone, ReviewTag, Section, StateTag, useFormat, useInLang, useUnits, useWord, useWorkWords, VerdictTag } from '@/ui';
import { useText } from './texts';

type Detail = Schema<'FollowupDetail'>;

/** What the record is about and how it came about: to read beside it. */
export function Background({ of }: { of: Detail }) {
  const t = useText();
  const format = useFormat();
  const words = useWorkWords();
  const word = useWord();
  const zone = useUnits().zone(of.unit);
  const event = of.service_event;
  const late = of.done_at !== undefined && of.done_at > of.closes_at;
  return (
    <div>
      <Section title={t('before')}>
        <Facts
          items={[
            { label: word('contact', t('customer')), value: of.customer && <span className="hf-row"><Link to={`/contacts/${of.customer.id}`}>{of.customer.name}</Link><Phone contact={of.customer.id} phone={of.customer.phones[0]} /></span> },
            { label: word('asset', t('asset')), value: of.object && <Link to={`/assets/${of.object.id}`}>{of.asset_name || of.object.code}</Link> },
            { label: t('matter'), value: of.matter },
            { label: t('event'), value: event && format.dateTime(event.at, zone) },
            { label: t('took'), value: <>{format.date(of.window.opens)} – {format.date(of.window.closes)}</> },
            { label: t('doneAt'), value: of.done_at && <>{format.dateTime(of.done_at, zone)} {late && <span className="hf-tag hf-tag-warn">{t('lateBy')}</span>}</> },
            { label: t('doneBy'), value: of.names[of.done_by ?? ''] },
          ]}
        />
      </Section>
      <Section title={t('attempts')}>
        {of.tries?.length ? (
          <ul className="hf-review-list">
            {of.tries.map((x) => (
              <li key={x.id}>
                <div>{words.channel(x.channel)} · {words.disposition(x.disposition)}</div>
                <div className="hf-quiet">{[format.dateTime(x.at, zone), of.names[x.staff ?? ''], x.note].filter(Boolean).join(' · ')}</div>
              </li>
            ))}
          </ul>
        ) : <p className="hf-quiet">{t('noAttempts')}</p>}
      </Section>
      {of.reviews && of.reviews.length > 0 && (
        <Section title={t('reviews')}>
          <ul className="hf-review-list">
            {of.reviews.map((r) => (
              <li key={r.id}>
                <div className="hf-row"><ReviewTag review={r.decision} />{r.opinion}</div>
                <div className="hf-quiet">{[format.dateTime(r.at, zone), of.names[r.staff ?? '']].filter(Boolean).join(' · ')}</div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {of.contact && <Others of={of} contact={of.contact} />}
    </div>
  );
}

function Others({ of, contact }: { of: Detail; contact: string }) {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  const found = useQuery(read('/api/v1/followups', { params: { query: { contact, limit: 8, desc: true } } }));
  const others = (found.data?.items ?? []).filter((f) => f.id !== of.id);
  if (others.length === 0) return null;
  return (
    <Section title={t('other')}>
      <ul className="hf-review-list">
        {others.map((f) => (
          <li key={f.id}>
            <div className="hf-row"><Link to={`/followups/${f.id}`}>{inLang(f.program_name)}</Link><StateTag state={f.state} /><VerdictTag verdict={f.verdict} /></div>
            <div className="hf-quiet">{[format.shortDate(f.done_at ?? f.window.closes), f.matter].filter(Boolean).join(' · ')}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
