import { PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, Modal, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useMe, useWrite, type Schema } from '@/api';
import { Empty, Field, Loaded, Page, StaffName, Tag, useFormat, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

type Token = Schema<'Token'>;

const stale = ['/api/v1/tokens', '/api/v1/audit'];

export default function TokenList() {
  const t = useText();
  const format = useFormat();
  const found = useQuery(read('/api/v1/tokens'));
  const [creating, setCreating] = useState(false);
  const now = new Date().toISOString();
  const stateOf = (k: Token) => (k.revoked ? <Tag>{t('revoked')}</Tag> : k.expires && k.expires < now ? <Tag shade="warn">{t('expired')}</Tag> : <Tag shade="good">{t('valid')}</Tag>);
  return (
    <Page actions={<><Button href="/api/docs" target="_blank">{t('docs')}</Button><Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('create')}</Button></>}>
      <Loaded query={found} rows={5}>
        {({ items }) => items.length === 0 ? <Empty title={t('empty')}>{t('emptyText')}</Empty> : (
          <div className="hf-table hf-scroll">
            <table className="hf-sheet-table">
              <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('permissions')}</th><th scope="col">{t('created')}</th><th scope="col">{t('expires')}</th><th scope="col">{t('state')}</th><th /></tr></thead>
              <tbody>
                {items.map((k) => (
                  <tr key={k.id}>
                    <th scope="row">{k.name}</th>
                    <td className="hf-quiet">{k.permissions.join(', ')}</td>
                    <td className="hf-quiet">{format.date(k.created)} <StaffName id={k.by} /></td>
                    <td className="hf-quiet">{k.expires ? format.date(k.expires) : t('never')}</td>
                    <td>{stateOf(k)}</td>
                    <td>{!k.revoked && <Revoke token={k} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      {creating && <Create close={() => setCreating(false)} />}
    </Page>
  );
}

function Revoke({ token }: { token: Token }) {
  const t = useText();
  const say = useSay();
  const write = useWrite('delete', '/api/v1/tokens/{id}', { stale });
  const go = async () => {
    if ((await say.ask({ title: t('revokeAsk', { name: token.name }), text: t('revokeText'), ok: t('revoke'), danger: true })) && (await write.run({ params: { path: { id: token.id } } }))) say.done(t('revokedDone'));
  };
  return <><Button size="small" danger type="text" loading={write.pending} onClick={() => void go()}>{t('revoke')}</Button><WriteFailed error={write.failed} /></>;
}

function Create({ close }: { close: () => void }) {
  const t = useText();
  const me = useMe();
  const say = useSay();
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<string[]>(['event.ingest']);
  const [expires, setExpires] = useState<string>();
  const [made, setMade] = useState<Token>();
  const write = useWrite('post', '/api/v1/tokens', { stale });
  const go = async () => {
    const done = await write.run({ body: { name: name.trim(), permissions: permissions as Schema<'TokenInputBody'>['permissions'], ...(expires && { expires }) } });
    if (done) setMade(done);
  };
  if (made) {
    return (
      <Modal open title={t('secretTitle')} closable={false} mask={{ closable: false }} footer={<Button type="primary" onClick={close}>{t('close')}</Button>}>
        <div className="hf-stack">
          <Input readOnly aria-label={t('secretTitle')} className="hf-mono" value={made.secret} onFocus={(e) => e.target.select()} />
          <div><Button onClick={() => void navigator.clipboard?.writeText(made.secret ?? '').then(() => say.done(t('copied')))}>{t('copy')}</Button></div>
          <p className="hf-quiet">{t('secretHint')}</p>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open title={t('create')} okText={t('create')} cancelText={t('cancel')} okButtonProps={{ disabled: !name.trim() || permissions.length === 0, loading: write.pending }} onOk={() => void go()} onCancel={close}>
      <div className="hf-stack">
        <Field label={t('name')}><Input autoFocus maxLength={100} value={name} onChange={(e) => setName(e.target.value)} /></Field>
        <Field label={t('permissions')}><Select mode="multiple" value={permissions} options={me.permissions.map((p) => ({ value: p, label: p }))} onChange={setPermissions} /></Field>
        <Field label={t('expires')} hint={t('never')} optional><DatePicker onChange={(at) => setExpires(at?.endOf('day').toISOString())} /></Field>
        <WriteFailed error={write.failed} />
      </div>
    </Modal>
  );
}
