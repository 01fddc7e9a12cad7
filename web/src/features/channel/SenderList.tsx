import { PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Empty, Field, Loaded, Page, Section, Tag, useSay, useWorkWords, WriteFailed } from '@/ui';
import { SenderForm } from './SenderForm';
import { Templates } from './Templates';
import './channel.css';
import { useText } from './texts';

type Sender = Schema<'Sender'>;

/** How messages leave by themselves, and their texts. */
export default function SenderList() {
  const t = useText();
  const found = useQuery(read('/api/v1/senders'));
  const kinds = useQuery({ ...read('/api/v1/senders/kinds'), staleTime: 3_600_000 });
  const [editing, edit] = useState<Sender | 'new'>();
  return (
    <Page wide={false} actions={<Button type="primary" icon={<PlusOutlined />} disabled={!kinds.data} onClick={() => edit('new')}>{t('create')}</Button>}>
      <Loaded query={found} rows={4}>
        {({ items }) => (items.length === 0 ? <Empty title={t('empty')}>{t('emptyText')}</Empty> : <>{items.map((one) => <One key={one.id} sender={one} edit={() => edit(one)} />)}</>)}
      </Loaded>
      <Templates />
      {editing && kinds.data && <SenderForm kinds={kinds.data.items} sender={editing === 'new' ? undefined : editing} close={() => edit(undefined)} />}
    </Page>
  );
}

function One({ sender, edit }: { sender: Sender; edit: () => void }) {
  const t = useText();
  const words = useWorkWords();
  return (
    <Section
      title={<>{sender.name} <Tag>{t(`kinds.${sender.kind}`)}</Tag> {sender.channel && <Tag shade="accent">{words.channel(sender.channel)}</Tag>} <Tag shade={sender.active ? 'good' : 'warn'}>{t(sender.active ? 'on' : 'off')}</Tag></>}
      extra={<Button size="small" onClick={edit}>{t('change')}</Button>}
    >
      <p className="hf-quiet hf-wrap">{[sender.settings.url, sender.settings.host && `${sender.settings.host}:${sender.settings.port ?? ''}`, sender.settings.from, sender.settings.sign].filter(Boolean).join(' · ')}</p>
      {sender.alerts.length > 0 && <p className="hf-quiet">{t('told', { what: sender.alerts.map((a) => t(`alerts.${a.replace('.', '_') as 'case_opened'}`)).join(t('and')) })}</p>}
      <Test sender={sender} />
    </Section>
  );
}

/** A word at once, to see that it works. */
function Test({ sender }: { sender: Sender }) {
  const t = useText();
  const say = useSay();
  const [to, setTo] = useState('');
  const group = sender.channel === undefined;
  const write = useWrite('post', '/api/v1/senders/{id}/test');
  const go = async () => {
    if (await write.run({ params: { path: { id: sender.id } }, body: { ...(to.trim() && { to: to.trim() }) } })) say.done(t('tested'));
  };
  return (
    <div className="hf-form-part">
      <div className="hf-row">
        {!group && <Field label={t(sender.kind === 'email' ? 'testMail' : 'testTo')}><Input maxLength={200} value={to} onChange={(e) => setTo(e.target.value)} onPressEnter={() => void go()} /></Field>}
        <Button loading={write.pending} disabled={!group && !to.trim()} onClick={() => void go()}>{t('test')}</Button>
      </div>
      <WriteFailed error={write.failed} />
    </div>
  );
}
