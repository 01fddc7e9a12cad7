import { EditOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useMay, useWrite } from '@/api';
import { AttributeFacts, Facts, Field, History, Link, Loaded, LoadedPage, Page, Phone, RevealDialog, Section, StaffName, Tag, useAttributeText, useFormat, useKinds, useParam, useSay, useUnits, useWord, WriteFailed } from '@/ui';
import { staleAfter, type Contact } from './change';
import { ContactForm } from './ContactForm';
import { useText } from './texts';

export default function ContactPage() {
  const id = useParam('id');
  const up = useUp();
  const found = useQuery(read('/api/v1/contacts/{id}', { params: { path: { id } } }));
  return <LoadedPage query={found} up={up}>{(contact) => <Shown key={id} contact={contact} />}</LoadedPage>;
}

function useUp() {
  const t = useText();
  const word = useWord();
  return { to: '/contacts', label: word('contacts', t('title')) };
}

function Shown({ contact: kept }: { contact: Contact }) {
  const t = useText();
  const may = useMay();
  const say = useSay();
  const kinds = useKinds('contacts');
  const [dialog, setDialog] = useState<'edit' | 'reveal' | 'silence'>();
  const [whole, setWhole] = useState<Contact>();
  const contact = whole && whole.version === kept.version ? whole : kept;
  const close = () => setDialog(undefined);
  const masked = [...contact.phones, ...Object.values((contact.attributes ?? {}) as Record<string, unknown>)].some((v) => typeof v === 'string' && v.includes('*'));
  return (
    <Page
      up={useUp()}
      title={contact.name}
      aside={<>{contact.do_not_contact && <Tag shade="warn">{t('silentYes')}</Tag>}{contact.kind && kinds.all.length > 1 && <Tag>{kinds.name(contact.kind)}</Tag>}</>}
      actions={
        <>
          {masked && may('contact.reveal') && <Button icon={<EyeOutlined />} onClick={() => setDialog('reveal')}>{t('reveal')}</Button>}
          {may('contact.manage') && <Button icon={<EditOutlined />} onClick={() => setDialog('edit')}>{t('edit')}</Button>}
        </>
      }
    >
      <div className="hf-record">
        <div>
          <ContactFacts contact={contact} />
          <Consent contact={kept} change={() => setDialog('silence')} />
          <Assets contact={kept.id} />
          {may('audit.read') && <Changes record={kept.id} />}
        </div>
        <History contact={kept.id} />
      </div>
      {dialog === 'edit' && <ContactForm contact={contact} close={close} done={() => { close(); say.done(t('saved')); }} />}
      {dialog === 'reveal' && <RevealDialog contact={kept.id} close={close} done={(c) => { setWhole(c); say.done(t('revealed')); }} />}
      {dialog === 'silence' && <SilenceDialog contact={kept} close={close} />}
    </Page>
  );
}

function ContactFacts({ contact: c }: { contact: Contact }) {
  const t = useText();
  const word = useWord();
  const units = useUnits();
  const kinds = useKinds('contacts');
  return (
    <Section title={t('facts')}>
      <Facts
        items={[
          { label: t('phones'), value: c.phones.length > 0 ? <span className="hf-stack-tight">{c.phones.map((p) => <Phone key={p} phone={p} contact={c.id} />)}</span> : <span className="hf-quiet">{t('none')}</span> },
          { label: t('address'), value: c.address },
          { label: word('unit', t('unit')), value: units.name(c.unit) },
          { label: word('steward', t('steward')), value: c.steward && <StaffName id={c.steward} /> },
          { label: word('owner', t('owner')), value: c.owner && <StaffName id={c.owner} /> },
          { label: t('email'), value: c.email && <a href={`mailto:${c.email}`}>{c.email}</a> },
          { label: t('quiet'), value: c.quiet },
          { label: t('code'), value: c.code },
        ]}
      />
      <div className="hf-facts-more"><AttributeFacts types={kinds.attributes(c.kind)} values={c.attributes as Record<string, unknown>} /></div>
    </Section>
  );
}

function Consent({ contact, change }: { contact: Contact; change: () => void }) {
  const t = useText();
  const may = useMay();
  const say = useSay();
  const back = useWrite('put', '/api/v1/contacts/{id}/do-not-contact', { stale: staleAfter });
  const again = async () => {
    if (await back.run({ params: { path: { id: contact.id } }, body: { on: false, version: contact.version } })) say.done(t('unsilenced'));
  };
  return (
    <Section
      title={t('consent')}
      extra={may('contact.manage') && (contact.do_not_contact ? <Button size="small" loading={back.pending} onClick={() => void again()}>{t('unsilence')}</Button> : <Button size="small" onClick={change}>{t('silence')}</Button>)}
    >
      {contact.do_not_contact ? <p>{t('consentNo')}</p> : <p className="hf-quiet">{t('consentOk')}</p>}
      <WriteFailed error={back.failed} />
    </Section>
  );
}

function SilenceDialog({ contact, close }: { contact: Contact; close: () => void }) {
  const t = useText();
  const say = useSay();
  const [reason, setReason] = useState('');
  const silence = useWrite('put', '/api/v1/contacts/{id}/do-not-contact', { stale: staleAfter });
  const go = async () => {
    const done = await silence.run({ params: { path: { id: contact.id } }, body: { on: true, reason: reason.trim(), version: contact.version } });
    if (!done) return;
    say.done(t('silenced', { count: done.waived }));
    close();
  };
  return (
    <Modal open title={t('silenceTitle', { name: contact.name })} okText={t('silence')} cancelText={t('cancel')} okButtonProps={{ disabled: !reason.trim(), loading: silence.pending }} onOk={() => void go()} onCancel={close}>
      <div className="hf-stack">
        <p>{t('silenceText')}</p>
        <Field label={t('reason')}><Input.TextArea autoFocus rows={2} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
        <WriteFailed error={silence.failed} />
      </div>
    </Modal>
  );
}

function Assets({ contact }: { contact: string }) {
  const t = useText();
  const word = useWord();
  const kinds = useKinds('assets');
  const text = useAttributeText();
  const found = useQuery(read('/api/v1/assets', { params: { query: { contact, limit: 50 } } }));
  return (
    <Section title={t('assets', { word: word('assets', word('asset', t('attributes'))) })}>
      <Loaded query={found} rows={2}>
        {({ items }) => items.length === 0 ? <p className="hf-quiet">{t('noAssets')}</p> : (
          <ul className="hf-plain">
            {items.map((a) => (
              <li key={a.id}>
                <Link to={`/assets/${a.id}`}>{a.name || a.code}</Link>
                <span className="hf-quiet">{[kinds.name(a.kind), a.name && a.code, ...kinds.attributes(a.kind).slice(0, 3).map((at) => text(at, (a.attributes as Record<string, unknown> | undefined)?.[at.name]))].filter(Boolean).map((s) => ` · ${s}`)}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

const changes = ['created', 'updated', 'revealed', 'do_not_contact', 'merged', 'imported'] as const;

function Changes({ record }: { record: string }) {
  const t = useText();
  const format = useFormat();
  const found = useQuery(read('/api/v1/audit', { params: { query: { record, limit: 20, desc: true } } }));
  const say = (action: string) => {
    const known = changes.find((c) => action === `contact.${c}`);
    return t(`change.${known ?? 'other'}`);
  };
  const reason = (detail: unknown) => (typeof detail === 'object' && detail !== null && 'reason' in detail ? String(detail.reason) : '');
  return (
    <Section title={t('audit')}>
      <Loaded query={found} rows={2}>
        {({ items }) => items.length === 0 ? <p className="hf-quiet">{t('noAudit')}</p> : (
          <ul className="hf-plain">
            {items.map((e) => (
              <li key={e.seq}>{say(e.action)} <span className="hf-quiet">{format.dateTime(e.at)} · {e.staff ? <StaffName id={e.staff} /> : t('auditBy')}{reason(e.detail) && ` · ${reason(e.detail)}`}</span></li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
