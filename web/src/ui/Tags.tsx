import type { ReactNode } from 'react';
import { useUiText } from './own-texts';

export type Shade = 'good' | 'warn' | 'bad' | 'calm' | 'plain' | 'accent';

/** A short word on a soft ground. The word says it, the colour only repeats it. */
export function Tag({ shade = 'plain', children, title }: { shade?: Shade; children: ReactNode; title?: string }) {
  return <span className={`hf-tag hf-tag-${shade}`} title={title}>{children}</span>;
}

const states = { planned: 'calm', overdue: 'bad', completed: 'good', unreachable: 'warn', waived: 'plain', cancelled: 'plain' } as const;
const verdicts = { satisfied: 'good', dissatisfied: 'bad', unqualified: 'bad' } as const;
const reviews = { pending: 'calm', qualified: 'good', unqualified: 'bad', redo: 'warn' } as const;
const cases = { open: 'bad', acting: 'warn', resolved: 'calm', closed: 'good' } as const;

const has = <T extends object>(of: T, key: string | undefined): key is keyof T & string => key !== undefined && key in of;

/** Where a follow-up stands. */
export function StateTag({ state }: { state: string }) {
  const t = useUiText();
  return has(states, state) ? <Tag shade={states[state]}>{t(`state.${state}`)}</Tag> : <Tag>{state}</Tag>;
}

export function VerdictTag({ verdict }: { verdict?: string | undefined }) {
  const t = useUiText();
  return has(verdicts, verdict) ? <Tag shade={verdicts[verdict]}>{t(`verdict.${verdict}`)}</Tag> : null;
}

export function ReviewTag({ review }: { review?: string | undefined }) {
  const t = useUiText();
  return has(reviews, review) ? <Tag shade={reviews[review]}>{t(`review.${review}`)}</Tag> : null;
}

export function CaseTag({ state }: { state: string }) {
  const t = useUiText();
  return has(cases, state) ? <Tag shade={cases[state]}>{t(`caseState.${state}`)}</Tag> : <Tag>{state}</Tag>;
}

export function SeverityTag({ severity }: { severity: string }) {
  const t = useUiText();
  return severity === 'major' ? <Tag shade="bad">{t('severity.major')}</Tag> : <Tag>{t('severity.general')}</Tag>;
}

const channels = ['phone', 'sms', 'wechat', 'email', 'visit', 'meeting', 'survey', 'other'] as const;
const dispositions = ['answered', 'busy', 'no_answer', 'switched_off', 'wrong_number', 'refused', 'call_back'] as const;

/** The words for channels and dispositions, for tags, lists and choices. */
export function useWorkWords() {
  const t = useUiText();
  return {
    channels: channels.map((code) => ({ value: code, label: t(`channel.${code}`) })),
    dispositions: dispositions.map((code) => ({ value: code, label: t(`disposition.${code}`) })),
    channel: (code: string) => (channels.includes(code as (typeof channels)[number]) ? t(`channel.${code as (typeof channels)[number]}`) : code),
    disposition: (code: string) => (dispositions.includes(code as (typeof dispositions)[number]) ? t(`disposition.${code as (typeof dispositions)[number]}`) : code),
  };
}
