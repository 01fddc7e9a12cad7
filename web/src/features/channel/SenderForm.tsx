import { Button, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { faultsByField, useWrite, type Schema } from '@/api';
import { Field, useInLang, useLang, useSay, useWorkWords, WriteFailed } from '@/ui';
import { useText } from './texts';

type Sender = Schema<'Sender'>;
type Kind = Schema<'SenderKind'>;

const stale = ['/api/v1/senders', '/api/v1/audit'];

interface Form {
  kind: Sender['kind'];
  name: string;
  channel: 'sms' | 'wechat' | 'email';
  alerts: string[];
  active: boolean;
  settings: Record<string, string>;
}

/** What the form begins with. */
function begin(sender: Sender | undefined): Form {
  if (!sender) return { kind: 'email', name: '', channel: 'wechat', alerts: [], active: true, settings: {} };
  return { ...sender, channel: (sender.channel as Form['channel'] | undefined) ?? 'wechat' };
}

/** A sender's settings, as its kind asks for them. */
export function SenderForm({ kinds, sender, close }: { kinds: Kind[]; sender: Sender | undefined; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const words = useWorkWords();
  const [{ kind, name, channel, alerts, active, settings }, setForm] = useState(() => begin(sender));
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const of = kinds.find((one) => one.kind === kind);
  const body = { name: name.trim(), active, settings, ...(of?.group && { alerts }), ...(kind === 'webhook' && { channel }) };
  const { save, drop, failed, busy } = useChanges(sender, kind, body, close);
  const errors = failed ? faultsByField(failed, lang) : {};
  return (
    <Modal open title={t(sender ? 'change' : 'create')} width={620} onCancel={close} destroyOnHidden footer={[sender && <Button key="drop" danger type="text" loading={busy.drop} onClick={() => void drop()}>{t('remove')}</Button>, <Button key="no" onClick={close}>{t('cancel')}</Button>, <Button key="yes" type="primary" disabled={!name.trim()} loading={busy.save} onClick={() => void save()}>{t('save')}</Button>]}>
      <div className="hf-stack">
        {!sender && <Start kinds={kinds} kind={kind} choose={(next) => change({ kind: next, settings: {} })} take={(preset) => change({ settings: { ...settings, ...preset } })} />}
        <Field label={t('name')} error={errors.name}><Input maxLength={100} value={name} onChange={(e) => change({ name: e.target.value })} /></Field>
        {kind === 'webhook' && <Field label={t('takes')}><Select value={channel} options={(['sms', 'wechat', 'email'] as const).map((value) => ({ value, label: words.channel(value) }))} onChange={(next) => change({ channel: next })} /></Field>}
        {of?.fields.map((f) => <Setting key={f.name} field={f} value={settings[f.name] ?? f.default ?? ''} error={errors[`settings.${f.name}`]} change={(next) => change({ settings: { ...settings, [f.name]: next } })} />)}
        {of?.group && <Field label={t('tell')} hint={t('tellHint')} optional><Select mode="multiple" value={alerts} options={of.alerts.map((a) => ({ value: a, label: t(`alerts.${a.replace('.', '_') as 'case_opened'}`) }))} onChange={(next) => change({ alerts: next })} /></Field>}
        <Field label={t('active')}><Switch checked={active} onChange={(next) => change({ active: next })} /></Field>
        <WriteFailed error={failed} />
      </div>
    </Modal>
  );
}

/** What can be done with a sender. */
function useChanges(sender: Sender | undefined, kind: Sender['kind'], body: Schema<'SenderChange'>, close: () => void) {
  const t = useText();
  const say = useSay();
  const create = useWrite('post', '/api/v1/senders', { stale });
  const update = useWrite('put', '/api/v1/senders/{id}', { stale });
  const remove = useWrite('delete', '/api/v1/senders/{id}', { stale });
  const params = { path: { id: sender?.id ?? '' } };
  const save = async () => {
    const done = sender ? await update.run({ params, body: { ...body, version: sender.version } }) : await create.run({ body: { ...body, kind } });
    if (!done) return;
    say.done(t('saved'));
    close();
  };
  const drop = async () => {
    if (!(await say.ask({ title: t('removeAsk', { name: sender?.name ?? '' }), text: t('removeText'), ok: t('remove'), danger: true }))) return;
    if (await remove.run({ params })) close();
  };
  return { save, drop, failed: create.failed ?? update.failed ?? remove.failed, busy: { save: create.pending || update.pending, drop: remove.pending } };
}

/** What a new one begins with: its kind, and the ways of a known gateway. */
function Start({ kinds, kind, choose, take }: { kinds: Kind[]; kind: Sender['kind']; choose: (kind: Sender['kind']) => void; take: (preset: Record<string, string>) => void }) {
  const t = useText();
  const pick = useInLang();
  const presets = kinds.find((one) => one.kind === kind)?.presets ?? [];
  return (
    <>
      <Field label={t('kind')}><Select<Sender['kind']> value={kind} options={kinds.map((one) => ({ value: one.kind as Sender['kind'], label: t(`kinds.${one.kind as 'email'}`) }))} onChange={choose} /></Field>
      {presets.length > 0 && <Field label={t('preset')} hint={t('presetHint')} optional><Select options={presets.map((p, i) => ({ value: i, label: pick(p.name) }))} onChange={(i: number) => take(presets[i]?.settings ?? {})} /></Field>}
    </>
  );
}

/** One setting of a kind. */
function Setting({ field: f, value, error, change }: { field: Schema<'SenderField'>; value: string; error: string | undefined; change: (value: string) => void }) {
  const pick = useInLang();
  const input = () => {
    if (f.options.length > 0) return <Select value={value} options={f.options.map((o) => ({ value: o, label: o }))} onChange={change} />;
    if (f.type === 'block') return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} className="hf-mono" value={value} onChange={(e) => change(e.target.value)} />;
    return <Input {...(f.secret && { type: 'password', autoComplete: 'new-password' })} value={value} onChange={(e) => change(e.target.value)} onFocus={(e) => f.secret && e.target.select()} />;
  };
  return <Field label={pick(f.label)} hint={pick(f.help)} error={error} {...(!f.required && { optional: true })}>{input()}</Field>;
}
