import { CopyOutlined, EyeOutlined, PhoneOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import { useMay, useWrite, type Schema } from '@/api';
import { useUiText } from './own-texts';
import { useSay } from './say';
import { WriteFailed } from './States';

interface PhoneProps {
  /** As the server gave it, often masked: 138****8000. */
  phone: string | undefined;
  /** Whose: with it the number can be shown in full, which is audited. */
  contact?: string | undefined;
  /** Called when the reader places the call. */
  onCall?: (phone: string) => void;
  /** Tells the contact with its numbers in full. */
  onReveal?: (contact: Schema<'Contact'>) => void;
}

/** A phone number: call, copy, and reveal where the reader may. */
export function Phone({ phone, contact, onCall, onReveal }: PhoneProps) {
  const t = useUiText();
  const say = useSay();
  const may = useMay();
  const [whole, setWhole] = useState<string>();
  const [asking, setAsking] = useState(false);
  if (!phone) return <span className="hf-quiet">{t('phone.none')}</span>;
  const shown = whole ?? phone;
  const masked = shown.includes('*');
  const revealed = (c: Schema<'Contact'>) => {
    const last = phone.slice(-4);
    setWhole(c.phones.find((p) => p.endsWith(last)) ?? c.phones[0]);
    onReveal?.(c);
  };
  return (
    <span className="hf-phone">
      {masked ? <span>{shown}</span> : <a href={`tel:${shown}`} aria-label={t('phone.call', { phone: shown })} onClick={() => onCall?.(shown)}><PhoneOutlined aria-hidden /> {shown}</a>}
      {masked && contact && may('contact.reveal') && (
        <Tooltip title={t('phone.reveal')}>
          <Button type="text" size="small" icon={<EyeOutlined />} aria-label={t('phone.reveal')} onClick={() => setAsking(true)} />
        </Tooltip>
      )}
      {!masked && (
        <Tooltip title={t('phone.copy')}>
          <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('phone.copy')} onClick={() => void navigator.clipboard?.writeText(shown).then(() => say.done(t('phone.copied')))} />
        </Tooltip>
      )}
      {asking && contact && <RevealDialog contact={contact} done={revealed} close={() => setAsking(false)} />}
    </span>
  );
}

/** Asks why a contact's masked data should be shown, and shows them. */
export function RevealDialog({ contact, done, close }: { contact: string; done: (contact: Schema<'Contact'>) => void; close: () => void }) {
  const t = useUiText();
  const [reason, setReason] = useState('');
  const reveal = useWrite('post', '/api/v1/contacts/{id}/reveal');
  const go = async () => {
    const got = await reveal.run({ params: { path: { id: contact } }, body: { reason } });
    if (!got) return;
    done(got);
    close();
  };
  return (
    <Modal open title={t('phone.revealTitle')} okText={t('phone.reveal')} cancelText={t('cancel')} onOk={() => void go()} okButtonProps={{ disabled: !reason.trim(), loading: reveal.pending }} onCancel={close}>
      <div className="hf-stack">
        <label>
          {t('phone.reason')}
          <Input autoFocus value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} onPressEnter={() => reason.trim() && void go()} />
        </label>
        <WriteFailed error={reveal.failed} />
      </div>
    </Modal>
  );
}
