import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWrite, type Schema } from '@/api';
import { useFormat, useSay, useUnits, WriteFailed } from '@/ui';
import { useText } from './texts';

type Detail = Schema<'CaseDetail'>;

const deeds = ['opened', 'opened_by_hand', 'updated', 'explained', 'resolved', 'reopened', 'closed', 'commented', 'action_added', 'action_finished'] as const;
type Deed = (typeof deeds)[number];

/** What was done and said, newest first, and room to say more. */
export function CaseHistory({ of }: { of: Detail }) {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const zone = useUnits().zone(of.unit);
  const [text, setText] = useState('');
  const write = useWrite('post', '/api/v1/cases/{id}/comments', { stale: ['/api/v1/cases'] });
  const send = async () => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { text } });
    if (!done) return;
    setText('');
    say.done(t('do.commented'));
  };
  return (
    <>
      <div className="hf-stack">
        <Input.TextArea aria-label={t('ask.comment')} placeholder={t('ask.comment')} value={text} onChange={(e) => setText(e.target.value)} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} />
        {text.trim() !== '' && <div><Button type="primary" size="small" loading={write.pending} onClick={() => void send()}>{t('do.comment')}</Button></div>}
        <WriteFailed error={write.failed} />
      </div>
      <ul className="hf-timeline">
        {of.history.map((entry) => {
          const deed = entry.action.replace('case.', '') as Deed;
          return (
            <li key={entry.seq}>
              <div className="hf-row">
                <strong>{deeds.includes(deed) ? t(`event.${deed}`) : entry.action}</strong>
                <span className="hf-quiet">{of.names[entry.staff ?? ''] ?? t('system')} · {format.dateTime(entry.at, zone)}</span>
              </div>
              <div className="hf-timeline-text"><What of={of} detail={entry.detail} /></div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const told = ['text', 'reason', 'measure', 'result', 'resolution', 'explanation'] as const;

/** The sentence of an entry: whatever people wrote with it. */
function What({ of, detail }: { of: Detail; detail: unknown }) {
  const t = useText();
  const found = (typeof detail === 'object' && detail !== null ? detail : {}) as Record<string, unknown>;
  if (found['reason'] === 'satisfied') return t('closedSatisfied');
  const measure = of.actions.find((x) => x.id === found['action'])?.measure;
  const lines = told.map((name) => found[name]).filter((v): v is string => typeof v === 'string' && v !== '');
  if (measure && !lines.includes(measure)) lines.unshift(measure);
  return lines.join('\n');
}
