import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Drawer, Input, Select, Switch } from 'antd';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { faultsByField, read, useWrite, type Schema } from '@/api';
import { Conflict, Field, useDraft, useInLang, useLang, usePhone, useUnits, WriteFailed } from '@/ui';
import { useText } from './texts';

type Staff = Schema<'Staff'>;

export const stale = ['/api/v1/staff', '/api/v1/followups', '/api/v1/audit'];

/** A new member of staff, or the changes of one. */
export function StaffForm({ staff, unit, done, close }: { staff?: Staff; unit?: string | undefined; done: (staff: Staff) => void; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const pick = useInLang();
  const phone = usePhone();
  const units = useUnits();
  const roles = useQuery({ ...read('/api/v1/roles'), staleTime: 300_000 });
  const { draft, set, put } = useDraft<Staff>(staff ?? { id: '', code: '', name: '', active: true, roles: [], units: unit ? [unit] : [], qualifications: [], absences: [], version: 0 });
  const create = useWrite('post', '/api/v1/staff', { stale });
  const update = useWrite('put', '/api/v1/staff/{id}', { stale });
  const failed = create.failed ?? update.failed;
  const conflict = failed?.current<Staff>();
  const errors = failed && !conflict ? faultsByField(failed, lang) : {};
  const roleName = (code: string) => pick(roles.data?.items.find((r) => r.code === code)?.name) || code;
  const save = async (version: number) => {
    const body: Schema<'StaffChange'> = {
      code: draft.code, name: draft.name, roles: draft.roles, units: draft.units, inactive: !draft.active, version, qualifications: draft.qualifications.filter((q) => q.code.trim()),
      ...(draft.login && { login: draft.login }), ...(draft.phone && { phone: draft.phone }), ...(draft.email && { email: draft.email }), ...(draft.lang && { lang: draft.lang as 'zh' | 'en' }),
    };
    const saved = staff ? await update.run({ params: { path: { id: staff.id } }, body }) : await create.run({ body });
    if (saved) done(saved);
  };
  const putQualification = (i: number, change: Partial<Schema<'Qualification'>>) => put({ qualifications: draft.qualifications.map((q, j) => (i === j ? { ...q, ...change } : q)) });
  return (
    <Drawer
      open
      size={phone ? '100%' : 660}
      title={staff?.name ?? t('create')}
      onClose={close}
      extra={<Button onClick={close}>{t('cancel')}</Button>}
      footer={<div className="hf-actions"><Button type="primary" disabled={!draft.name.trim() || !draft.code.trim()} loading={create.pending || update.pending} onClick={() => void save(draft.version)}>{t('save')}</Button><WriteFailed error={conflict ? undefined : failed} /></div>}
    >
      <div className="hf-inputs">
        <Field label={t('name')} error={errors.name}><Input autoFocus maxLength={100} value={draft.name} onChange={(e) => set('name')(e.target.value)} /></Field>
        <Field label={t('code')} error={errors.code}><Input maxLength={100} value={draft.code} onChange={(e) => set('code')(e.target.value)} /></Field>
        <Field label={t('roles')} error={errors.roles} wide><Select mode="multiple" value={draft.roles} options={(roles.data?.items ?? []).map((r) => ({ value: r.code, label: pick(r.name) }))} showSearch={{ optionFilterProp: 'label' }} onChange={set('roles')} /></Field>
        <Field label={t('units')} error={errors.units} hint={t('unitsHint')} wide><Select mode="multiple" value={draft.units} options={units.all.map((u) => ({ value: u.id, label: u.name }))} showSearch={{ optionFilterProp: 'label' }} onChange={set('units')} /></Field>
        <Field label={t('login')} error={errors.login} hint={t('loginHint')} optional><Input maxLength={100} autoComplete="off" value={draft.login ?? ''} onChange={(e) => put({ login: e.target.value.trim() })} /></Field>
        <Field label={t('lang')} optional><Select value={draft.lang ?? ''} options={[{ value: '', label: t('langDefault') }, { value: 'zh', label: t('zh') }, { value: 'en', label: t('en') }]} onChange={(v) => put({ lang: v })} /></Field>
        <Field label={t('phone')} error={errors.phone} optional><Input maxLength={50} value={draft.phone ?? ''} onChange={(e) => put({ phone: e.target.value })} /></Field>
        <Field label={t('email')} error={errors.email} optional><Input type="email" maxLength={200} value={draft.email ?? ''} onChange={(e) => put({ email: e.target.value })} /></Field>
        {staff && <Field label={t('active')}><Switch checked={draft.active} onChange={(active) => put({ active })} style={{ justifySelf: 'start' }} /></Field>}
      </div>
      <h3 className="hf-form-part">{t('qualifications')}</h3>
      <div className="hf-stack">
        {draft.qualifications.map((q, i) => (
          <div key={i} className="hf-pair">
            <Input aria-label={t('qualification')} placeholder={t('qualification')} maxLength={100} value={q.code} onChange={(e) => putQualification(i, { code: e.target.value })} />
            <DatePicker aria-label={t('until')} placeholder={t('until')} value={q.until ? dayjs(q.until) : null} onChange={(at) => put({ qualifications: draft.qualifications.map((one, j) => (i === j ? { code: one.code, ...(at && { until: at.format('YYYY-MM-DD') }) } : one)) })} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('remove')} ${q.code}`} onClick={() => put({ qualifications: draft.qualifications.filter((_, j) => j !== i) })} />
          </div>
        ))}
        <div><Button size="small" icon={<PlusOutlined />} onClick={() => put({ qualifications: [...draft.qualifications, { code: '' }] })}>{t('addQualification')}</Button></div>
      </div>
      <Conflict
        error={failed} mine={draft} close={() => update.reset()} takeTheirs={close} keepMine={(version) => { update.reset(); void save(version); }}
        fields={[
          { label: t('name'), value: (s) => s.name }, { label: t('code'), value: (s) => s.code }, { label: t('roles'), value: (s) => s.roles.map(roleName).join(', ') }, { label: t('units'), value: (s) => s.units.map((u) => units.name(u)).join(', ') },
          { label: t('login'), value: (s) => s.login ?? '' }, { label: t('phone'), value: (s) => s.phone ?? '' }, { label: t('email'), value: (s) => s.email ?? '' }, { label: t('qualifications'), value: (s) => s.qualifications.map((q) => q.code + (q.until ?? '')).join(', ') }, { label: t('absences'), value: (s) => s.absences.map((a) => `${a.from}–${a.to}`).join(', ') },
        ]}
      />
    </Drawer>
  );
}
