import { Button, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { faultsByField, useWrite, type Schema } from '@/api';
import { Field, useInLang, useLang, useSay, useWorkWords, WriteFailed } from '@/ui';
import { useText } from './texts';

type Sender = Schema<'Sender'>;
type Kind = Schema<'SenderKind'>;

const stale = ['/api/v1/senders', '/api/v1/audit'];

/** A sender's settings, as its kind asks for them. */
export function SenderForm({ kinds, sender, close }: { kinds: Kind[]; sender: Sender | undefined; close: () => void }) {
  const t = useText();
  const say = useSay();
  const lang = useLang();
  const words = useWorkWords();
  const [kind, setKind] = useState<Sender['kind']>(sender?.kind ?? 'email');
  const [name, setName] = useState(sender?.name ?? '');
  const [channel, setChannel] = useState<'sms' | 'wechat' | 'email'>((sender?.channel as 'wechat' | undefined) ?? 'wechat');
  const [alerts, setAlerts] = useState<string[]>(sender?.alerts ?? []);
  const [active, setActive] = useState(sender?.active ?? true);
  const [settings, setSettings] = useState<Record<string, string>>(sender?.settings ?? {});
  const create = useWrite('post', '/api/v1/senders', { stale });
  const update = useWrite('put', '/api/v1/senders/{id}', { stale });
  const remove = useWrite('delete', '/api/v1/senders/{id}', { stale });
  const of = kinds.find((one) => one.kind === kind);
  const failed = create.failed ?? update.failed ?? remove.failed;
  const errors = failed ? faultsByField(failed, lang) : {};
  const put = (key: string, value: string) => setSettings((now) => ({ ...now, [key]: value }));
  const save = async () => {
    const body = { name: name.trim(), active, settings, ...(of?.group && { alerts }), ...(kind === 'webhook' && { channel }) };
    const done = sender ? await update.run({ params: { path: { id: sender.id } }, body: { ...body, version: sender.version } }) : await create.run({ body: { ...body, kind } });
    if (!done) return;
    say.done(t('saved'));
    close();
  };
  const drop = async () => {
    if (!sender || !(await say.ask({ title: t('removeAsk', { name: sender.name }), text: t('removeText'), ok: t('remove'), danger: true }))) return;
    if (await remove.run({ params: { path: { id: sender.id } } })) close();
  };
  return (
    <Modal open title={t(sender ? 'change' : 'create')} width={620} onCancel={close} destroyOnHidden footer={[sender && <Button key="drop" danger type="text" loading={remove.pending} onClick={() => void drop()}>{t('remove')}</Button>, <Button key="no" onClick={close}>{t('cancel')}</Button>, <Button key="yes" type="primary" disabled={!name.trim()} loading={create.pending || update.pending} onClick={() => void save()}>{t('save')}</Button>]}>
      <div className="hf-stack">
        {!sender && <Start kinds={kinds} kind={kind} choose={(next) => { setKind(next); setSettings({}); }} take={(preset) => setSettings((now) => ({ ...now, ...preset }))} />}
        <Field label={t('name')} error={errors.name}><Input maxLength={100} value={name} onChange={(e) => setName(e.target.value)} /></Field>
        {kind === 'webhook' && <Field label={t('takes')}><Select value={channel} options={(['sms', 'wechat', 'email'] as const).map((value) => ({ value, label: words.channel(value) }))} onChange={setChannel} /></Field>}
        {of?.fields.map((f) => <Setting key={f.name} field={f} value={settings[f.name] ?? f.default ?? ''} error={errors[`settings.${f.name}`]} change={(next) => put(f.name, next)} />)}
        {of?.group && <Field label={t('tell')} hint={t('tellHint')} optional><Select mode="multiple" value={alerts} options={of.alerts.map((a) => ({ value: a, label: t(`alerts.${a.replace('.', '_') as 'case_opened'}`) }))} onChange={setAlerts} /></Field>}
        <Field label={t('active')}><Switch checked={active} onChange={setActive} /></Field>
        <WriteFailed error={failed} />
      </div>
    </Modal>
  );
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
