import { Button, Drawer, Input, Select } from 'antd';
import { faultsByField, useWrite } from '@/api';
import { AttributeFields, Conflict, Field, UnitPick, useDraft, useInLang, useKinds, useLang, usePhone, useUnits, useWord, WriteFailed, type ConflictField } from '@/ui';
import { changeOf, staleAfter, type Asset } from './change';
import { ContactName, ContactPick } from './ContactPick';
import { useText } from './texts';

const blank: Asset = { id: '', code: '', kind: '', version: 0 };

/** A new asset, or the changes of one. */
export function AssetForm({ asset, unit, done, close }: { asset?: Asset; unit?: string | undefined; done: (asset: Asset) => void; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const phone = usePhone();
  const word = useWord();
  const kinds = useKinds('assets');
  const { draft, put } = useDraft<Asset>(asset ?? { ...blank, kind: kinds.all[0]?.code ?? '', ...(unit && { unit }) });
  const create = useWrite('post', '/api/v1/assets', { stale: staleAfter });
  const update = useWrite('put', '/api/v1/assets/{id}', { stale: staleAfter });
  const failed = create.failed ?? update.failed;
  const conflict = failed?.current<Asset>();
  const errors = failed && !conflict ? faultsByField(failed, lang) : {};
  const save = async (version: number) => {
    const body = changeOf({ ...draft, version });
    const saved = asset ? await update.run({ params: { path: { id: asset.id } }, body }) : await create.run({ body });
    if (saved) done(saved);
  };
  return (
    <Drawer
      open
      title={asset ? asset.name || asset.code : t('create', { word: word('asset', t('one')) })}
      onClose={close}
      size={phone ? '100%' : 680}
      extra={<Button onClick={close}>{t('cancel')}</Button>}
      footer={<div className="hf-actions"><Button type="primary" disabled={!draft.code.trim()} loading={create.pending || update.pending} onClick={() => void save(draft.version)}>{t('save')}</Button><WriteFailed error={conflict ? undefined : failed} /></div>}
    >
      <form className="hf-inputs" onSubmit={(e) => { e.preventDefault(); if (draft.code.trim()) void save(draft.version); }}>
        <Field label={t('code')} error={errors.code} hint={asset ? undefined : t('codeHint')}><Input autoFocus required maxLength={100} value={draft.code} onChange={(e) => put({ code: e.target.value })} /></Field>
        <Field label={t('name')} error={errors.name} optional><Input maxLength={200} value={draft.name ?? ''} onChange={(e) => put({ name: e.target.value })} /></Field>
        <Field label={t('kind')} error={errors.kind} optional><Select allowClear value={draft.kind || null} options={kinds.options} onChange={(kind: string | null) => put({ kind: kind ?? '' })} /></Field>
        <Field label={word('unit', t('unit'))} error={errors.unit} optional><UnitPick value={draft.unit} onChange={(id) => put({ unit: id ?? '' })} /></Field>
        <Field label={word('contact', t('contact'))} error={errors.contact} optional wide><ContactPick value={draft.contact} onChange={(id) => put({ contact: id ?? '' })} /></Field>
        <AttributeFields types={kinds.attributes(draft.kind)} values={(draft.attributes ?? {}) as Record<string, unknown>} onChange={(attributes) => put({ attributes })} errors={errors} />
        <button type="submit" hidden />
      </form>
      <Conflict error={failed} mine={draft} fields={useConflictFields()} keepMine={(version) => { update.reset(); void save(version); }} takeTheirs={close} close={() => update.reset()} />
    </Drawer>
  );
}

/** What is compared when two changed an asset. */
export function useConflictFields(): ConflictField<Asset>[] {
  const t = useText();
  const pick = useInLang();
  const units = useUnits();
  const kinds = useKinds('assets');
  return [
    { label: t('code'), value: (a) => a.code },
    { label: t('name'), value: (a) => a.name ?? '' },
    { label: t('kind'), value: (a) => kinds.name(a.kind) },
    { label: t('unit'), value: (a) => units.name(a.unit) },
    { label: t('contact'), value: (a) => <ContactName id={a.contact || undefined} /> },
    ...kinds.everyAttribute.map((at) => ({ label: pick(at.label) || at.name, value: (a: Asset) => String((a.attributes as Record<string, unknown> | undefined)?.[at.name] ?? '') })),
  ];
}
