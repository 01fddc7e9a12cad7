import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { read, useWrite, type Schema } from '@/api';
import { Tag, useSay, useUnits, useFormat, useWorkWords, WriteFailed, type Shade } from '@/ui';
import { useText } from './texts';
import { useWhole } from './whole';

type Message = Schema<'Message'>;

const shades: Partial<Record<Message['state'], Shade>> = { sent: 'good', delivered: 'good', failed: 'bad', manual: 'warn' };
const reasons = ['message.no_sender', 'message.no_address', 'message.no_address_of_ours', 'message.unknown', 'message.refused', 'message.tries', 'message.undelivered', 'message.followup_over', 'message.by_hand', 'contact.do_not_contact'] as const;

/** The messages of a follow-up, newest first. */
export function useMessages(): Message[] {
  const { detail } = useWhole();
  const found = useQuery(read('/api/v1/messages', { params: { query: { followup: detail.id, limit: 50 } } }));
  return (found.data?.items ?? []).filter((m) => m.contact);
}

/** One message: how it stands, and what staff can do about it. */
export function MessageMoment({ message: m }: { message: Message }) {
  const t = useText();
  const say = useSay();
  const words = useWorkWords();
  const format = useFormat();
  const { detail } = useWhole();
  const zone = useUnits().zone(detail.unit);
  const stale = { stale: ['/api/v1/messages'] };
  const sent = useWrite('post', '/api/v1/messages/{id}/sent', stale);
  const again = useWrite('post', '/api/v1/messages/{id}/retry', stale);
  const stop = useWrite('post', '/api/v1/messages/{id}/cancel', stale);
  const on = { params: { path: { id: m.id } } };
  const reason = reasons.find((one) => one === m.reason);
  const stuck = detail.may.work && (m.state === 'manual' || m.state === 'failed');
  return (
    <div className="fu-message">
      <div>{t('message.to', { channel: words.channel(m.channel) })} <span className="hf-quiet">{m.to}</span> <Tag shade={shades[m.state] ?? 'accent'}>{t(`message.state.${m.state}`)}</Tag></div>
      <div className="fu-note">{m.body}</div>
      {reason && <div className="hf-quiet">{t(`message.why.${reason.replace('.', '_') as 'message_no_sender'}`)}</div>}
      {m.state === 'planned' && m.due > new Date().toISOString() && <div className="hf-quiet">{t('message.due', { at: format.dateTime(m.due, zone) })}</div>}
      {m.error && <div className="hf-quiet">{m.error}</div>}
      {stuck && (
        <div className="hf-row">
          <Button size="small" onClick={() => void navigator.clipboard?.writeText(m.body).then(() => say.done(t('message.copied')))}>{t('message.copy')}</Button>
          <Button size="small" loading={sent.pending} onClick={() => void sent.run(on)}>{t('message.mark')}</Button>
          <Button size="small" loading={again.pending} onClick={() => void again.run(on)}>{t('message.retry')}</Button>
        </div>
      )}
      {detail.may.work && m.state === 'planned' && <Button size="small" type="link" loading={stop.pending} onClick={() => void stop.run(on)}>{t('message.cancel')}</Button>}
      <WriteFailed error={sent.failed ?? again.failed ?? stop.failed} />
    </div>
  );
}
