import { Button, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Link, Loaded, Page, Section, Tag, useInLang, useSay, WriteFailed } from '@/ui';
import './pack.css';
import { useText } from './texts';

type Pack = Schema<'Pack'>;

const stale = ['/api/v1/packs', '/api/v1/programs', '/api/v1/forms', '/api/v1/words', '/api/v1/kinds', '/api/v1/event-types', '/api/v1/roles', '/api/v1/organization'];

export default function PackList() {
  const found = useQuery(read('/api/v1/packs'));
  const [changes, setChanges] = useState<Schema<'Activation'>>();
  return (
    <Page>
      <Loaded query={found} rows={8}>
        {({ items }) => <ul className="hf-packs">{[...items].sort((a, b) => Number(b.active) - Number(a.active)).map((p) => <Card key={p.code} pack={p} changed={setChanges} />)}</ul>}
      </Loaded>
      {changes && <Changes of={changes} close={() => setChanges(undefined)} />}
    </Page>
  );
}

function Card({ pack: p, changed }: { pack: Pack; changed: (a: Schema<'Activation'>) => void }) {
  const t = useText();
  const say = useSay();
  const pick = useInLang();
  const on = useWrite('post', '/api/v1/packs/{code}/activate', { stale });
  const off = useWrite('post', '/api/v1/packs/{code}/deactivate', { stale });
  const activate = async () => {
    const done = await on.run({ params: { path: { code: p.code } } });
    if (done) changed(done);
  };
  const deactivate = async () => {
    if ((await say.ask({ title: t('deactivateAsk', { name: pick(p.name) }), text: t('deactivateText'), ok: t('deactivate'), danger: true })) && (await off.run({ params: { path: { code: p.code } } }))) say.done(t('done'));
  };
  return (
    <li>
      <Section
        title={<>{pick(p.name)} {p.active && <Tag shade="good">{t('active')}</Tag>}</>}
        extra={p.active ? <>{p.builtin && <Button size="small" loading={on.pending} onClick={() => void activate()}>{t('update')}</Button>}<Button size="small" danger type="text" loading={off.pending} onClick={() => void deactivate()}>{t('deactivate')}</Button></> : p.builtin && <Button size="small" type="primary" loading={on.pending} onClick={() => void activate()}>{t('activate')}</Button>}
      >
        <p>{pick(p.description)}</p>
        <p className="hf-quiet">{[t('version', { n: p.version }), t('programs', { count: p.programs.length }), p.builtin ? p.source : t('folder')].filter(Boolean).join(' · ')}</p>
        <WriteFailed error={on.failed ?? off.failed} />
      </Section>
    </li>
  );
}

function Changes({ of, close }: { of: Schema<'Activation'>; close: () => void }) {
  const t = useText();
  const pick = useInLang();
  const say = (one: string) => {
    const [kind, code = ''] = one.split(':');
    return `${kind === 'program' ? t('program') : kind === 'form' ? t('form') : kind} ${code}`;
  };
  const part = (label: string, all: string[]) => all.length > 0 && <><h3 className="hf-form-part">{label} ({all.length})</h3><p>{all.map(say).join(' · ')}</p></>;
  return (
    <Modal open title={t('changes', { name: pick(of.pack.name) })} onCancel={close} footer={<><Link to="/programs">{t('toPrograms')}</Link> <Button type="primary" onClick={close}>{t('close')}</Button></>}>
      {of.replaced && <p>{t('replaced', { name: of.replaced })}</p>}
      {of.added.length + of.changed.length === 0 && <p>{t('nothingChanged')}</p>}
      {part(t('added'), of.added)}
      {part(t('changed'), of.changed)}
      {part(t('unchanged'), of.unchanged)}
    </Modal>
  );
}
