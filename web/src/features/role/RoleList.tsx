import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Drawer, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { faultsByField, read, useWrite, type Schema } from '@/api';
import { Conflict, Field, Loaded, Page, Tag, useDraft, useInLang, useLang, usePhone, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

type Role = Schema<'Role'>;

const permissions = ['followup.read', 'followup.work', 'followup.manage', 'followup.review', 'case.read', 'case.manage', 'recurrence.decide', 'contact.read', 'contact.manage', 'contact.reveal', 'event.ingest', 'stats.read', 'program.manage', 'staff.manage', 'audit.read', 'token.manage', 'organization.manage'] as const;
type Permission = (typeof permissions)[number];
type Key<P extends string> = P extends `${infer A}.${infer B}` ? `${A}_${B}` : P;

function usePermissionText(): (p: string) => string {
  const t = useText();
  return (p) => (permissions.includes(p as Permission) ? t(`permission.${p.replace('.', '_') as Key<Permission>}`) : p);
}

export default function RoleList() {
  const t = useText();
  const pick = useInLang();
  const say = usePermissionText();
  const found = useQuery(read('/api/v1/roles'));
  const [editing, setEditing] = useState<{ role?: Role }>();
  return (
    <Page actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>{t('create')}</Button>}>
      <Loaded query={found} rows={8}>
        {({ items }) => (
          <div className="hf-table hf-scroll">
            <table className="hf-sheet-table">
              <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('code')}</th><th scope="col">{t('permissions')}</th><th /></tr></thead>
              <tbody>
                {items.map((r) => (
                  <tr key={r.code}>
                    <th scope="row">{pick(r.name)} {r.version > 0 && <Tag shade="accent">{t('own')}</Tag>}</th>
                    <td className="hf-quiet">{r.code}</td>
                    <td className="hf-quiet">{r.permissions.length >= permissions.length ? t('all') : r.permissions.map(say).join('；')}</td>
                    <td><Button size="small" onClick={() => setEditing({ role: r })}>{r.version > 0 ? t('edit') : t('adopt')}</Button></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      {editing && <RoleForm {...editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}

function RoleForm({ role, close }: { role?: Role; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const phone = usePhone();
  const say = useSay();
  const pick = useInLang();
  const text = usePermissionText();
  const { draft, put } = useDraft<Role>(role ?? { code: '', name: { zh: '', en: '' }, permissions: [], version: 0 });
  const write = useWrite('put', '/api/v1/roles/{code}', { stale: ['/api/v1/roles', '/api/v1/session', '/api/v1/audit'] });
  const conflict = write.failed?.current<Role>();
  const errors = write.failed && !conflict ? faultsByField(write.failed, lang) : {};
  const save = async (version: number) => {
    const body = { name: { zh: draft.name.zh || draft.name.en, en: draft.name.en || draft.name.zh }, permissions: draft.permissions, ...(version > 0 && { version }) };
    if (!(await write.run({ params: { path: { code: draft.code.trim() } }, body }))) return;
    say.done(t('saved'));
    close();
  };
  const toggle = (p: string, on: boolean) => put({ permissions: on ? [...draft.permissions, p] as Role['permissions'] : draft.permissions.filter((one) => one !== p) });
  return (
    <Drawer
      open
      size={phone ? '100%' : 640}
      title={role ? pick(role.name) : t('create')}
      onClose={close}
      extra={<Button onClick={close}>{t('cancel')}</Button>}
      footer={<div className="hf-actions"><Button type="primary" disabled={!draft.code.trim() || !(draft.name.zh || draft.name.en)} loading={write.pending} onClick={() => void save(draft.version)}>{t('save')}</Button><WriteFailed error={conflict ? undefined : write.failed} /></div>}
    >
      <div className="hf-inputs">
        <Field label={t('name')} error={errors.name}><Input autoFocus maxLength={100} value={draft.name.zh} onChange={(e) => put({ name: { ...draft.name, zh: e.target.value } })} /></Field>
        <Field label={t('nameEn')} optional><Input maxLength={100} value={draft.name.en} onChange={(e) => put({ name: { ...draft.name, en: e.target.value } })} /></Field>
        <Field label={t('code')} error={errors.code} hint={t('codeHint')}><Input maxLength={60} disabled={Boolean(role)} value={draft.code} onChange={(e) => put({ code: e.target.value })} /></Field>
      </div>
      <h3 className="hf-form-part">{t('permissions')}</h3>
      <div className="hf-checks">
        {permissions.map((p) => <Checkbox key={p} checked={(draft.permissions as string[]).includes(p)} onChange={(e) => toggle(p, e.target.checked)}>{text(p)}<small>{p}</small></Checkbox>)}
      </div>
      <Conflict error={write.failed} mine={draft} close={() => write.reset()} takeTheirs={close} keepMine={(version) => { write.reset(); void save(version); }} fields={[{ label: t('name'), value: (r) => pick(r.name) }, { label: t('permissions'), value: (r) => r.permissions.map(text).join('；') }]} />
    </Drawer>
  );
}
