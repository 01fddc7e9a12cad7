import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Select, Switch } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { faultsByField, read, useWrite, type Schema } from '@/api';
import { Empty, Field, Link, Loaded, Page, Section, Tag, useFormat, useLang, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

type Webhook = Schema<'Webhook'>;

const stale = ['/api/v1/webhooks', '/api/v1/audit'];

/** Which systems are told what happens here. */
export default function WebhookList() {
  const t = useText();
  const format = useFormat();
  const found = useQuery(read('/api/v1/webhooks'));
  const [editing, edit] = useState<Webhook | 'new'>();
  return (
    <Page wide={false} actions={<><Button href="/api/docs" target="_blank">{t('docs')}</Button><Button type="primary" icon={<PlusOutlined />} onClick={() => edit('new')}>{t('create')}</Button></>}>
      <Loaded query={found} rows={4}>
        {({ items }) => items.length === 0 ? <Empty title={t('empty')}>{t('emptyText')}</Empty> : (
          <>
            {items.map((one) => (
              <Section key={one.id} title={<>{one.name} <Tag shade={one.active ? 'good' : 'warn'}>{t(one.active ? 'on' : 'off')}</Tag> {one.failing && <Tag shade="bad">{t('failing', { at: format.dateTime(one.failing) })}</Tag>}</>} extra={<><Link to={`/settings/webhooks/${one.id}`}>{t('log')}</Link><Button size="small" onClick={() => edit(one)}>{t('change')}</Button></>}>
                <p className="hf-mono hf-break">{one.url}</p>
                <p className="hf-quiet">{one.events.map((e) => t(`events.${e.replace('.', '_') as 'case_opened'}`)).join(t('and'))}</p>
                {one.disabled && <p className="hf-quiet">{t('disabled', { at: format.dateTime(one.disabled) })}</p>}
              </Section>
            ))}
          </>
        )}
      </Loaded>
      <Section title={t('incoming')}><p>{t('incomingText')} <Link to="/settings/tokens">{t('toTokens')}</Link></p></Section>
      {editing && <Edit webhook={editing === 'new' ? undefined : editing} close={() => edit(undefined)} />}
    </Page>
  );
}

function Edit({ webhook, close }: { webhook: Webhook | undefined; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [events, setEvents] = useState<string[]>(webhook?.events ?? ['followup.completed', 'case.opened']);
  const [active, setActive] = useState(webhook?.active ?? true);
  const [secret, setSecret] = useState<string>();
  const known = useQuery({ ...read('/api/v1/webhooks/events'), staleTime: 3_600_000 });
  const { save, fresh, drop, failed, busy } = useChanges(webhook, { name: name.trim(), url: url.trim(), events, active }, setSecret, close);
  const errors = failed ? faultsByField(failed, lang) : {};
  if (secret) return <Secret secret={secret} close={close} />;
  return (
    <Modal open title={t(webhook ? 'change' : 'create')} width={560} onCancel={close} destroyOnHidden footer={[webhook && <Button key="drop" danger type="text" loading={busy.drop} onClick={() => void drop()}>{t('remove')}</Button>, webhook && <Button key="renew" type="text" loading={busy.renew} onClick={() => void fresh()}>{t('renew')}</Button>, <Button key="no" onClick={close}>{t('cancel')}</Button>, <Button key="yes" type="primary" disabled={!name.trim() || !url.trim() || events.length === 0} loading={busy.save} onClick={() => void save()}>{t('save')}</Button>]}>
      <div className="hf-stack">
        <Field label={t('name')} error={errors.name}><Input maxLength={100} value={name} onChange={(e) => setName(e.target.value)} /></Field>
        <Field label={t('url')} error={errors.url} hint={t('urlHint')}><Input maxLength={2000} value={url} onChange={(e) => setUrl(e.target.value)} /></Field>
        <Field label={t('which')} error={errors.events}><Select mode="multiple" value={events} loading={known.isPending} options={(known.data?.items ?? []).map((e) => ({ value: e, label: t(`events.${e.replace('.', '_') as 'case_opened'}`) }))} onChange={setEvents} /></Field>
        <Field label={t('active')}><Switch checked={active} onChange={setActive} /></Field>
        <WriteFailed error={failed} />
      </div>
    </Modal>
  );
}

/** What can be done with a webhook; a secret is told once. */
function useChanges(webhook: Webhook | undefined, body: Schema<'WebhookChange'>, told: (secret: string | undefined) => void, close: () => void) {
  const t = useText();
  const say = useSay();
  const create = useWrite('post', '/api/v1/webhooks', { stale });
  const update = useWrite('put', '/api/v1/webhooks/{id}', { stale });
  const renew = useWrite('post', '/api/v1/webhooks/{id}/secret', { stale });
  const remove = useWrite('delete', '/api/v1/webhooks/{id}', { stale });
  const params = { path: { id: webhook?.id ?? '' } };
  const save = async () => {
    if (webhook) {
      if (await update.run({ params, body: { ...body, version: webhook.version } })) close();
      return;
    }
    const made = (await create.run({ body })) as Webhook | undefined;
    if (made) told(made.secret);
  };
  const fresh = async () => {
    if (!(await say.ask({ title: t('renewAsk'), text: t('renewText'), ok: t('renew'), danger: true }))) return;
    const made = (await renew.run({ params })) as { secret: string } | undefined;
    if (made) told(made.secret);
  };
  const drop = async () => {
    if (!(await say.ask({ title: t('removeAsk', { name: webhook?.name ?? '' }), text: t('removeText'), ok: t('remove'), danger: true }))) return;
    if (await remove.run({ params })) close();
  };
  return { save, fresh, drop, failed: create.failed ?? update.failed ?? renew.failed ?? remove.failed, busy: { save: create.pending || update.pending, renew: renew.pending, drop: remove.pending } };
}

function Secret({ secret, close }: { secret: string; close: () => void }) {
  const t = useText();
  const say = useSay();
  return (
    <Modal open title={t('secretTitle')} closable={false} mask={{ closable: false }} footer={<Button type="primary" onClick={close}>{t('kept')}</Button>}>
      <div className="hf-stack">
        <Input readOnly aria-label={t('secretTitle')} className="hf-mono" value={secret} onFocus={(e) => e.target.select()} />
        <div><Button onClick={() => void navigator.clipboard?.writeText(secret).then(() => say.done(t('copied')))}>{t('copy')}</Button></div>
        <p className="hf-quiet">{t('secretHint')}</p>
      </div>
    </Modal>
  );
}
