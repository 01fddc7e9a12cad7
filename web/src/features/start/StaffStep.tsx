import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Link, UnitPick, useFormat, useInLang, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

const blank = { name: '', login: '', role: 'staff', unit: undefined as string | undefined, password: '' };

/** Adds one colleague after the other. */
export function StaffStep({ people, units }: { people: Schema<'Staff'>[]; units: Schema<'Unit'>[] }) {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const inLang = useInLang();
  const roles = useQuery(read('/api/v1/roles'));
  const [draft, setDraft] = useState(blank);
  const [made, setMade] = useState<Schema<'Staff'>>();
  const create = useWrite('post', '/api/v1/staff', { stale: ['/api/v1/staff'] });
  const secret = useWrite('put', '/api/v1/staff/{id}/password');
  const set = (change: Partial<typeof blank>) => setDraft({ ...draft, ...change });
  const ready = draft.name.trim() && draft.login.trim() && draft.password;

  // A refused password must not make the same person twice.
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const unit = draft.unit ?? units[0]?.id;
    const person = made?.login === draft.login.trim() ? made : await create.run({ body: { code: draft.login.trim(), name: draft.name.trim(), login: draft.login.trim(), roles: [draft.role], units: unit ? [unit] : [] } });
    if (!person) return;
    setMade(person);
    if (!(await secret.run({ params: { path: { id: person.id } }, body: { password: draft.password } }))) return;
    say.done(t('staff.added', { name: person.name }));
    setMade(undefined);
    setDraft({ ...blank, role: draft.role, unit: draft.unit });
  };
  const text = (field: 'name' | 'login' | 'password') => (
    <label className="hf-field">
      <span>{t(`staff.${field}`)}</span>
      <Input value={draft[field]} autoComplete="off" onChange={(e) => set({ [field]: e.target.value })} />
    </label>
  );
  return (
    <form className="hf-stack" onSubmit={(e) => void add(e)}>
      <p>{t('staff.hint')}</p>
      <p className="hf-quiet">{t('staff.now', { count: people.length, names: format.list(people.slice(0, 12).map((person) => person.name)) })}</p>
      <div className="hf-fields">
        {text('name')}
        {text('login')}
        <label className="hf-field">
          <span>{t('staff.role')}</span>
          <Select value={draft.role} onChange={(role) => set({ role })} options={(roles.data?.items ?? []).map((role) => ({ value: role.code, label: inLang(role.name) }))} />
        </label>
        <label className="hf-field">
          <span>{t('staff.unit')}</span>
          <UnitPick value={draft.unit ?? units[0]?.id} allowClear={false} onChange={(unit) => set({ unit })} />
        </label>
        {text('password')}
      </div>
      <WriteFailed error={create.failed ?? secret.failed} />
      <div className="hf-row"><Button htmlType="submit" disabled={!ready} loading={create.pending || secret.pending}>{t('staff.add')}</Button><Link to="/imports?kind=staff">{t('staff.sheet')}</Link></div>
    </form>
  );
}
