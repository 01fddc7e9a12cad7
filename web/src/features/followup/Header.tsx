import { useFormat, useInLang, ReviewTag, StateTag, Tag, useUnits, VerdictTag } from '@/ui';
import type { Schema } from '@/api';
import { isOpen, useDue } from './due';
import { useText } from './texts';
import { Who } from './Worklist';

type Detail = Schema<'FollowupDetail'>;

/** Whom and what it is about, in a few words. */
export function useTitle(detail: Detail): string {
  return [detail.contact_name, detail.asset_name].filter(Boolean).join(' · ') || detail.number;
}

/** What a follow-up is: beside the title its state, under it the facts. */
export function Header({ detail, part }: { detail: Detail; part: 'tags' | 'facts' }) {
  const t = useText();
  const inLang = useInLang();
  const format = useFormat();
  const units = useUnits();
  const due = useDue()(detail);
  if (part === 'tags') {
    return (
      <span className="fu-tags">
        {isOpen(detail) ? <Tag shade={due.shade}>{due.text}</Tag> : <StateTag state={detail.state} />}
        <VerdictTag verdict={detail.verdict} />
        <ReviewTag review={detail.review} />
      </span>
    );
  }
  const step = inLang(detail.step_name);
  const taken = detail.taken_at && !detail.returned_at;
  return (
    <span className="fu-facts">
      <span className="hf-mono">{detail.number}</span>
      <span>{inLang(detail.program_name)}{step && ` · ${step}`}{detail.occurrence > 1 && ` ${t('work.occurrence', { n: detail.occurrence })}`}</span>
      <span>{due.window}</span>
      <span>{t('work.by')} <Who row={detail} /></span>
      {detail.unit_name && <span>{detail.unit_name}{detail.department && ` · ${detail.department}`}</span>}
      {taken && <span>{t('work.takenBy', { name: detail.names[detail.taken_by ?? ''] ?? '', at: format.dateTime(detail.taken_at, units.zone(detail.unit)) })}</span>}
    </span>
  );
}
