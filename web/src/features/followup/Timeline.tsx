import type { ReactNode } from 'react';
import { ReviewTag, useFormat, useUnits, useWorkWords, VerdictTag } from '@/ui';
import { MessageMoment, useMessages } from './Messages';
import { useText } from './texts';
import { useWhole } from './whole';

interface Moment {
  key: string;
  at: string;
  who?: string | undefined;
  what: ReactNode;
}

/** Everything that was done with the follow-up, newest first. */
export function Timeline() {
  const t = useText();
  const words = useWorkWords();
  const format = useFormat();
  const zone = useUnits().zone(useWhole().detail.unit);
  const { detail } = useWhole();
  const name = (id: string | undefined) => (id ? detail.names[id] : undefined);
  const moments: Moment[] = [
    { key: 'created', at: detail.created, what: t('timeline.planned') },
    ...(detail.taken_at ? [{ key: 'taken', at: detail.taken_at, who: name(detail.taken_by), what: t('timeline.taken') }] : []),
    ...(detail.returned_at ? [{ key: 'returned', at: detail.returned_at, who: name(detail.taken_by), what: t('timeline.returned') }] : []),
    ...detail.tries.map((one) => ({
      key: one.id, at: one.at, who: name(one.staff),
      what: <>{words.channel(one.channel)} <span className="hf-quiet">{one.phone}</span> <strong>{words.disposition(one.disposition)}</strong>{one.call_back_at && ` · ${format.dateTime(one.call_back_at, zone)}`}{one.note && <div className="fu-note">{one.note}</div>}</>,
    })),
    ...detail.records.map((one) => ({ key: one.id, at: one.at, who: name(one.staff), what: <>{t(one.corrects ? 'timeline.corrected' : 'timeline.recorded')} <VerdictTag verdict={one.verdict} /></> })),
    ...detail.reviews.map((one) => ({ key: one.id, at: one.at, who: name(one.staff), what: <>{t('timeline.reviewed')} <ReviewTag review={one.decision} />{one.opinion && <div className="fu-note">{one.opinion}</div>}</> })),
    ...(['waived', 'unreachable', 'cancelled'].includes(detail.state) && detail.done_at ? [{ key: 'end', at: detail.done_at, who: name(detail.done_by), what: <>{t(`timeline.${detail.state as 'waived'}`)}{detail.reason && <div className="fu-note">{detail.reason}</div>}</> }] : []),
  ];
  for (const m of useMessages()) moments.push({ key: m.id, at: m.created, who: name(m.by), what: <MessageMoment message={m} /> });
  moments.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return (
    <ol className="fu-timeline">
      {moments.map((one) => (
        <li key={one.key}>
          <div className="hf-quiet"><time dateTime={one.at}>{format.dateTime(one.at, zone)}</time> {one.who}</div>
          <div>{one.what}</div>
        </li>
      ))}
    </ol>
  );
}
