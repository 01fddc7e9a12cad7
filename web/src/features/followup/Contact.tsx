import { EyeOutlined, PhoneFilled } from '@ant-design/icons';
import { Alert, Button, DatePicker, Form, Input, Select, Tooltip } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { useWrite, type Schema } from '@/api';
import { Dialog, Link, RevealDialog, Section, useFormat, useSay, useUnits, useWord, useWorkWords, WriteFailed } from '@/ui';
import { masked, unmask, useCall } from './call';
import { isOpen } from './due';
import { useKeys } from './keys';
import { Share } from './Share';
import { useText } from './texts';
import { useEarly, useWhole } from './whole';

type Disposition = Schema<'AttemptChange'>['disposition'];
type Channel = Schema<'AttemptChange'>['channel'];

/** Channels that go to a number. */
const byNumber = ['phone', 'sms'];

/** Whom to reach, by which number, and how the last try ended. */
export function Contact({ called }: { called: boolean }) {
  const t = useText();
  const word = useWord();
  const { detail } = useWhole();
  const { customer } = detail;
  const [whole, setWhole] = useState<string[]>();
  const [tried, setTried] = useState<string | undefined>(called ? detail.phone : undefined);
  const [calls, setCalls] = useState(called ? 1 : 0);
  const { call, calling, can } = useCall();
  const phones = customer?.phones ?? (detail.phone ? [detail.phone] : []);
  const first = detail.next.phone ?? phones[0];
  const ring = async (phone: string) => {
    setTried(phone);
    setCalls((n) => n + 1);
    const shown = await call({ phone, contact: detail.contact, number: detail.number, known: whole });
    if (shown) setWhole(shown.phones);
  };
  const working = isOpen(detail) && detail.may.work;
  useKeys({ c: first && can(first) ? () => void ring(first) : undefined });
  if (!customer && phones.length === 0) return working ? <Section title={t('contact.reach')}><Attempts tried={undefined} calls={0} /></Section> : null;
  return (
    <Section title={<>{detail.contact ? <Link to={`/contacts/${detail.contact}`}>{detail.contact_name || word('contact', t('contact.title'))}</Link> : detail.contact_name}</>}>
      <div className="hf-stack">
        {phones.length === 0 && <p className="hf-quiet">{t('contact.noPhone')}</p>}
        <ul className="fu-phones">
          {phones.map((phone) => (
            <li key={phone}>
              <Button className="fu-call" type={phone === first && working ? 'primary' : 'default'} icon={<PhoneFilled aria-hidden />} loading={calling === phone} disabled={!can(phone)} onClick={() => void ring(phone)} aria-label={t('call.to', { name: detail.contact_name ?? '', phone })}>
                {(whole && unmask(phone, whole)) ?? phone}
              </Button>
              {masked(phone) && !whole && <Reveal done={setWhole} />}
              {phone === first && phones.length > 1 && working && <span className="hf-quiet">{t('contact.nextNumber')}</span>}
            </li>
          ))}
        </ul>
        {working && <Attempts tried={tried ?? first} calls={calls} />}
        <Share />
      </div>
    </Section>
  );
}

function Reveal({ done }: { done: (phones: string[]) => void }) {
  const t = useText();
  const { detail } = useWhole();
  const [asking, ask] = useState(false);
  if (!detail.may.reveal || !detail.contact) return null;
  return (
    <>
      <Tooltip title={t('contact.reveal')}><Button type="text" icon={<EyeOutlined aria-hidden />} aria-label={t('contact.reveal')} onClick={() => ask(true)} /></Tooltip>
      {asking && <RevealDialog contact={detail.contact} done={(contact) => done(contact.phones)} close={() => ask(false)} />}
    </>
  );
}

/** How people say that a try ended depends on how it was made. */
function wayOf(channel: Channel): 'call' | 'visit' | 'message' {
  return channel === 'phone' ? 'call' : channel === 'visit' || channel === 'meeting' ? 'visit' : 'message';
}

/** The ways in which a try by a channel can end. */
function endings(channel: Channel): Disposition[] {
  return { call: ['answered', 'no_answer', 'busy', 'switched_off', 'wrong_number', 'refused', 'call_back'], visit: ['answered', 'no_answer', 'refused', 'call_back'], message: ['answered', 'no_answer', 'wrong_number', 'refused', 'call_back'] }[wayOf(channel)] as Disposition[];
}

/** The ladder, and one button per way a try can end. */
function Attempts({ tried, calls }: { tried: string | undefined; calls: number }) {
  const t = useText();
  const words = useWorkWords();
  const say = useSay();
  const { detail, act, refresh, setOwn, setReached } = useWhole();
  const [channel, setChannel] = useState<Channel>(((detail.next.channel ?? detail.channels[0]) || 'phone') as Channel);
  useEffect(() => {
    if (calls > 0) setChannel('phone');
  }, [calls]);
  const [note, setNote] = useState('');
  const [later, setLater] = useState(false);
  const attempt = useWrite('post', '/api/v1/followups/{id}/attempts');
  const [next, setNext] = useState(detail.next);
  useEffect(() => setNext(detail.next), [detail.next]);
  const early = useEarly();
  const log = async (disposition: Disposition, callBack?: string) => {
    const done = await attempt.run({
      params: { path: { id: detail.id } },
      body: { channel, disposition, ...(byNumber.includes(channel) && tried && { phone: tried }), ...(note && { note }), ...(callBack && { call_back_at: callBack }) },
    });
    if (!done) return undefined;
    setNote('');
    setNext(done.next);
    setOwn(done.followup.version);
    setReached(disposition === 'answered' ? channel : undefined);
    refresh();
    if (disposition === 'answered') document.querySelector<HTMLElement>('.fu-form input, .fu-form textarea, .fu-form button')?.focus();
    else say.done(t('attempt.logged'));
    return done;
  };
  useKeys({ l: () => document.querySelector<HTMLElement>('.fu-dispositions button')?.focus() });
  return (
    <div className="fu-attempts">
      <div className="hf-row">
        <span className="hf-grow fu-label">{t('attempt.how')}</span>
        <Select<Channel> size="small" aria-label={t('attempt.channel')} value={channel} onChange={setChannel} options={words.channels as { value: Channel; label: string }[]} style={{ width: 96 }} />
      </div>
      <div className="fu-dispositions" role="group" aria-label={t('attempt.how')}>
        {endings(channel).map((value) => ({ value, label: t(`ended.${wayOf(channel)}.${value}` as 'ended.call.answered') })).map((one) => (
          <Button key={one.value} size="small" disabled={attempt.pending || early} className={one.value === 'answered' ? 'fu-answered' : ''} onClick={() => (one.value === 'call_back' ? setLater(true) : void log(one.value))}>{one.label}</Button>
        ))}
      </div>
      <Input size="small" variant="underlined" value={note} maxLength={500} placeholder={t('attempt.note')} aria-label={t('attempt.note')} disabled={early} onChange={(e) => setNote(e.target.value)} />
      <WriteFailed error={attempt.failed} />
      <Ladder next={next} close={() => act('unreachable')} />
      {later && <CallBack close={() => setLater(false)} save={(at) => log('call_back', at)} pending={attempt.pending} failed={attempt.failed} />}
    </div>
  );
}

/** What the ladder asks for next. */
function Ladder({ next, close }: { next: Schema<'PlanTry'>; close: () => void }) {
  const t = useText();
  const words = useWorkWords();
  const format = useFormat();
  const units = useUnits();
  const { detail } = useWhole();
  const zone = units.zone(detail.unit);
  if (useEarly()) return <p className="hf-quiet">{t('attempt.early', { at: format.dateTime(detail.opens_at, zone) })}</p>;
  if (next.exhausted) {
    return <Alert type="warning" showIcon={false} title={t('attempt.exhausted', { count: detail.tries.length })} action={<Button size="small" onClick={close}>{t('actions.unreachable')}</Button>} />;
  }
  if (next.reached || detail.tries.length === 0) return null;
  const at = next.at ? format.dateTime(next.at, zone) : t('attempt.anyTime');
  return (
    <p className="fu-ladder">
      {t('attempt.next', { at, channel: words.channel(next.channel ?? detail.channels[0] ?? '') })}
      <span className="hf-quiet"> {t('attempt.left', { count: next.left })}</span>
    </p>
  );
}

function CallBack({ close, save, pending, failed }: { close: () => void; save: (at: string) => Promise<unknown>; pending: boolean; failed: unknown }) {
  const t = useText();
  const soon = dayjs().add(1, 'hour').startOf('hour');
  const presets = [
    { label: t('callback.hour'), value: soon },
    { label: t('callback.evening'), value: dayjs().hour(19).minute(0).second(0) },
    { label: t('callback.morning'), value: dayjs().add(1, 'day').hour(9).minute(30).second(0) },
    { label: t('callback.afternoon'), value: dayjs().add(1, 'day').hour(15).minute(0).second(0) },
  ].filter((one) => one.value.isAfter(dayjs()));
  return (
    <Dialog<{ at: Dayjs }> open title={t('callback.title')} ok={t('callback.ok')} initial={{ at: soon }} submit={({ at }) => save(at.toISOString())} pending={pending} failed={failed} close={close} width={400}>
      <Form.Item name="at" label={t('callback.at')} rules={[{ required: true, message: t('callback.need') }]}>
        <DatePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} presets={presets} style={{ width: '100%' }} />
      </Form.Item>
    </Dialog>
  );
}
