import { Drawer, Button, Input, Select } from 'antd';
import { faultsByField, useWrite } from '@/api';
import { AttributeFields, Conflict, Field, StaffPick, UnitPick, useDraft, useKinds, useInLang, useLang, usePhone, useUnits, useWord, WriteFailed, StaffName, type ConflictField } from '@/ui';
import { changeOf, staleAfter, type Contact } from './change';
import { useText } from './texts';

const blank: Contact = { id: '', code: '', kind: '', name: '', phones: [], do_not_contact: false, version: 0 };

/** A new contact, or the changes of one. */
export function ContactForm({ contact, unit, done, close }: { contact?: Contact; unit?: string | undefined; done: (contact: Contact) => void; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const phone = usePhone();
  const word = useWord();
  const kinds = useKinds('contacts');
  const { draft, put } = useDraft<Contact>(contact ?? { ...blank, kind: kinds.all.length === 1 ? (kinds.all[0]?.code ?? '') : '', ...(unit && { unit }) });
  const create = useWrite('post', '/api/v1/contacts', { stale: staleAfter });
  const update = useWrite('put', '/api/v1/contacts/{id}', { stale: staleAfter });
  const failed = create.failed ?? update.failed;
  const conflict = failed?.current<Contact>();
  const errors = failed && !conflict ? faultsByField(failed, lang) : {};
  const fields = useConflictFields();

  const save = async (version: number) => {
    const body = { ...changeOf({ ...draft, version }) };
    const saved = contact ? await update.run({ params: { path: { id: contact.id } }, body }) : await create.run({ body });
    if (saved) done(saved);
  };
  return (
    <Drawer
      open
      title={contact ? contact.name : t('create', { word: word('contact', t('one')) })}
      onClose={close}
      size={phone ? '100%' : 680}
      extra={<Button onClick={close}>{t('cancel')}</Button>}
      footer={<div className="hf-actions"><Button type="primary" disabled={!draft.name.trim()} loading={create.pending || update.pending} onClick={() => void save(draft.version)}>{t('save')}</Button><WriteFailed error={conflict ? undefined : failed} /></div>}
    >
      <Inputs draft={draft} put={put} errors={errors} known={contact} submit={() => draft.name.trim() && void save(draft.version)} />
      <Conflict error={failed} mine={draft} fields={fields} keepMine={(version) => { update.reset(); void save(version); }} takeTheirs={close} close={() => update.reset()} />
    </Drawer>
  );
}

interface InputsProps {
  draft: Contact;
  put: (change: Partial<Contact>) => void;
  errors: Record<string, string>;
  known: Contact | undefined;
  submit: () => void;
}

function Inputs({ draft, put, errors, known, submit }: InputsProps) {
  const t = useText();
  const word = useWord();
  const kinds = useKinds('contacts');
  const pick = (key: 'unit' | 'owner' | 'steward') => (id: string | undefined) => put({ [key]: id ?? '' });
  return (
    <form className="hf-inputs" onSubmit={(e) => { e.preventDefault(); submit(); }}>
      <Field label={t('name')} error={errors.name}><Input autoFocus required maxLength={200} value={draft.name} onChange={(e) => put({ name: e.target.value })} /></Field>
      <Field label={t('kind')} error={errors.kind} optional><Select allowClear value={draft.kind || null} options={kinds.options} onChange={(kind: string | null) => put({ kind: kind ?? '' })} /></Field>
      <Field label={t('phones')} error={errors.phones} hint={known?.phones.some((p) => p.includes('*')) ? t('phonesHint') : undefined} optional wide><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ';', '；', ' ']} value={draft.phones} onChange={(phones: string[]) => put({ phones })} /></Field>
      <Field label={t('address')} error={errors.address} optional wide><Input maxLength={500} value={draft.address ?? ''} onChange={(e) => put({ address: e.target.value })} /></Field>
      <Field label={word('unit', t('unit'))} error={errors.unit} optional><UnitPick value={draft.unit} onChange={pick('unit')} /></Field>
      <Field label={t('code')} error={errors.code} hint={known ? undefined : t('codeHint')} optional><Input maxLength={100} value={draft.code} onChange={(e) => put({ code: e.target.value })} /></Field>
      <Field label={word('owner', t('owner'))} error={errors.owner} optional><StaffPick value={draft.owner} onChange={pick('owner')} /></Field>
      <Field label={word('steward', t('steward'))} error={errors.steward} optional><StaffPick value={draft.steward} onChange={pick('steward')} /></Field>
      <Field label={t('email')} error={errors.email} optional><Input type="email" maxLength={200} value={draft.email ?? ''} onChange={(e) => put({ email: e.target.value })} /></Field>
      <Field label={t('quiet')} error={errors.quiet} hint={t('quietHint')} optional><Input maxLength={20} value={draft.quiet ?? ''} onChange={(e) => put({ quiet: e.target.value })} /></Field>
      <AttributeFields types={kinds.attributes(draft.kind)} values={(draft.attributes ?? {}) as Record<string, unknown>} onChange={(attributes) => put({ attributes })} errors={errors} />
      <button type="submit" hidden />
    </form>
  );
}

/** What is compared when two changed a contact. */
export function useConflictFields(): ConflictField<Contact>[] {
  const t = useText();
  const pick = useInLang();
  const units = useUnits();
  const kinds = useKinds('contacts');
  return [
    { label: t('name'), value: (c) => c.name },
    { label: t('kind'), value: (c) => kinds.name(c.kind) },
    { label: t('code'), value: (c) => c.code },
    { label: t('phones'), value: (c) => c.phones.join(', ') },
    { label: t('address'), value: (c) => c.address ?? '' },
    { label: t('unit'), value: (c) => units.name(c.unit) },
    { label: t('owner'), value: (c) => <StaffName id={c.owner || undefined} /> },
    { label: t('steward'), value: (c) => <StaffName id={c.steward || undefined} /> },
    { label: t('email'), value: (c) => c.email ?? '' },
    { label: t('quiet'), value: (c) => c.quiet ?? '' },
    ...kinds.everyAttribute.map((a) => ({ label: pick(a.label) || a.name, value: (c: Contact) => String((c.attributes as Record<string, unknown> | undefined)?.[a.name] ?? '') })),
  ];
}
