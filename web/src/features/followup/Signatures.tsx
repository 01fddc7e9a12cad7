import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useMe, type Schema } from '@/api';
import { Signature } from '@/ui';
import type { Draft } from './drafts';
import { useFiles } from './files';
import { useText } from './texts';
import { useWhole } from './whole';

/** The signatures of a draft as the API takes them; the staff's own name is known. */
export function signaturesOf(draft: Draft, staff: string): Schema<'Signature'>[] {
  const customer = draft.customer?.name?.trim() ? [{ by: 'customer' as const, name: draft.customer.name.trim(), ...(draft.customer.image && { image: draft.customer.image }) }] : [];
  const name = draft.staff?.name?.trim() || (draft.staff?.image ? staff : '');
  return [...customer, ...(name ? [{ by: 'staff' as const, name, ...(draft.staff?.image && { image: draft.staff.image }) }] : [])];
}

/** Customer first, then staff: asked for at visits, at hand otherwise. */
export function Signatures({ draft, edit, wanted }: { draft: Draft; edit: (part: Partial<Draft>) => void; wanted: boolean }) {
  const t = useText();
  const me = useMe();
  const { detail } = useWhole();
  const files = useFiles(detail.id);
  const [opened, open] = useState(false);
  const customer = useId();
  const staff = useId();
  const shown = wanted || opened || draft.customer || draft.staff;
  if (!shown) return <div><Button type="dashed" size="small" icon={<EditOutlined aria-hidden />} onClick={() => open(true)}>{t('sign.add')}</Button></div>;
  return (
    <div className="fu-signatures">
      <div className="hf-item">
        <label htmlFor={customer}>{t('sign.customer')}</label>
        <Signature id={customer} label={t('sign.customer')} value={draft.customer ?? (detail.contact_name && wanted ? { name: detail.contact_name } : undefined)} files={files} onChange={(value) => edit({ customer: value ?? {} })} />
      </div>
      <div className="hf-item">
        <label htmlFor={staff}>{t('sign.staff')}</label>
        <Signature id={staff} label={t('sign.staff')} value={draft.staff ?? { name: me.staff?.name ?? '' }} files={files} onChange={(value) => edit({ staff: value ?? {} })} />
      </div>
    </div>
  );
}
