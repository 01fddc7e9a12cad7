import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Input } from 'antd';
import { faultsByField, useWrite, type Schema } from '@/api';
import { Conflict, Field, StaffName, StaffPick, UnitPick, useDraft, useLang, usePhone, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

type Unit = Schema<'Unit'>;

const stale = ['/api/v1/units', '/api/v1/audit'];

/** A new unit, or the changes of one. */
export function UnitForm({ unit, parent, close }: { unit?: Unit; parent?: string; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const phone = usePhone();
  const say = useSay();
  const { draft, put } = useDraft<Unit>(unit ?? { id: '', code: '', name: '', path: '', departments: [], version: 0, ...(parent && { parent }) });
  const create = useWrite('post', '/api/v1/units', { stale });
  const update = useWrite('put', '/api/v1/units/{id}', { stale });
  const failed = create.failed ?? update.failed;
  const conflict = failed?.current<Unit>();
  const errors = failed && !conflict ? faultsByField(failed, lang) : {};
  const save = async (version: number) => {
    const departments = draft.departments.filter((d) => d.name.trim());
    const body = { code: draft.code, name: draft.name, departments, version, ...(draft.parent && { parent: draft.parent }), ...(draft.head && { head: draft.head }), ...(draft.zone && { zone: draft.zone }) };
    const saved = unit ? await update.run({ params: { path: { id: unit.id } }, body }) : await create.run({ body });
    if (!saved) return;
    say.done(t('saved'));
    close();
  };
  const putDepartment = (i: number, change: Partial<Schema<'Department'>>) => put({ departments: draft.departments.map((d, j) => (i === j ? { ...d, ...change } : d)) });
  return (
    <Drawer
      open
      size={phone ? '100%' : 620}
      title={unit?.name ?? t('create')}
      onClose={close}
      extra={<Button onClick={close}>{t('cancel')}</Button>}
      footer={<div className="hf-actions"><Button type="primary" disabled={!draft.name.trim() || !draft.code.trim()} loading={create.pending || update.pending} onClick={() => void save(draft.version)}>{t('save')}</Button><WriteFailed error={conflict ? undefined : failed} /></div>}
    >
      <div className="hf-inputs">
        <Field label={t('name')} error={errors.name}><Input autoFocus maxLength={200} value={draft.name} onChange={(e) => put({ name: e.target.value })} /></Field>
        <Field label={t('code')} error={errors.code} hint={t('codeHint')}><Input maxLength={100} value={draft.code} onChange={(e) => put({ code: e.target.value })} /></Field>
        <Field label={t('parent')} error={errors.parent}><UnitPick value={draft.parent} placeholder={t('none')} onChange={(id) => put({ parent: id ?? '' })} /></Field>
        <Field label={t('head')} error={errors.head} optional><StaffPick value={draft.head} onChange={(id) => put({ head: id ?? '' })} /></Field>
        <Field label={t('zone')} error={errors.zone} hint={t('zoneHint')} optional><Input maxLength={60} value={draft.zone ?? ''} onChange={(e) => put({ zone: e.target.value.trim() })} /></Field>
      </div>
      <h3 className="hf-form-part">{t('departments')}</h3>
      <div className="hf-stack">
        {draft.departments.map((d, i) => (
          <div key={i} className="hf-pair">
            <Input aria-label={t('department')} placeholder={t('department')} maxLength={100} value={d.name} onChange={(e) => putDepartment(i, { name: e.target.value })} />
            <StaffPick aria-label={t('departmentHead')} placeholder={t('departmentHead')} value={d.head} onChange={(head) => putDepartment(i, { head: head ?? '' })} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('remove')} ${d.name}`} onClick={() => put({ departments: draft.departments.filter((_, j) => j !== i) })} />
          </div>
        ))}
        <div><Button size="small" icon={<PlusOutlined />} onClick={() => put({ departments: [...draft.departments, { name: '' }] })}>{t('addDepartment')}</Button></div>
      </div>
      <Conflict
        error={failed} mine={draft} close={() => update.reset()} takeTheirs={close} keepMine={(version) => { update.reset(); void save(version); }}
        fields={[
          { label: t('name'), value: (u) => u.name }, { label: t('code'), value: (u) => u.code }, { label: t('head'), value: (u) => <StaffName id={u.head || undefined} /> },
          { label: t('zone'), value: (u) => u.zone ?? '' }, { label: t('departments'), value: (u) => u.departments.map((d) => d.name).join(', ') },
        ]}
      />
    </Drawer>
  );
}
