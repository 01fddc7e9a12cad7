import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, readPages, type Schema } from '@/api';
import { DataTable, Empty, FilterBar, Link, Page, Tag, useFilters, useFormat, useGo, useInLang, useQueryState, useSay, useUnits, type Column, type Filter } from '@/ui';
import { StaffForm } from './StaffForm';
import { useText } from './texts';

type Staff = Schema<'Staff'>;

export default function StaffList() {
  const t = useText();
  const go = useGo();
  const say = useSay();
  const pick = useInLang();
  const format = useFormat();
  const units = useUnits();
  const [query] = useQueryState();
  const [creating, setCreating] = useState(false);
  const roles = useQuery({ ...read('/api/v1/roles'), staleTime: 300_000 });
  const roleName = (code: string) => pick(roles.data?.items.find((r) => r.code === code)?.name) || code;
  const own: Filter[] = [
    { key: 'text', label: t('find'), kind: 'text', width: 200 },
    { key: 'role', label: t('role'), kind: 'choice', options: (roles.data?.items ?? []).map((r) => ({ value: r.code, label: pick(r.name) })) },
    { key: 'inactive', label: t('inactive'), kind: 'flag' },
  ];
  const filters = useFilters(own);
  const today = format.today();
  const away = (s: Staff) => s.absences.some((a) => (a.from ?? '') <= today && today <= (a.to ?? ''));
  const tags = (s: Staff) => <>{!s.active && <Tag>{t('left')}</Tag>}{s.active && away(s) && <Tag shade="warn">{t('away')}</Tag>}</>;
  const columns: Column<Staff>[] = [
    { key: 'name', title: t('name'), fixed: true, width: 160, render: (s) => <span className="hf-row"><Link to={`/settings/staff/${s.id}`}>{s.name}</Link>{tags(s)}</span> },
    { key: 'code', title: t('code'), width: 140, render: (s) => s.code },
    { key: 'roles', title: t('roles'), render: (s) => format.list(s.roles.map(roleName)) },
    { key: 'units', title: t('units'), render: (s) => (s.units.length > 0 ? format.list(s.units.map((u) => units.name(u) || u)) : <span className="hf-quiet">{t('allUnits')}</span>) },
    { key: 'login', title: t('login'), width: 160, render: (s) => s.login ?? <span className="hf-quiet">{t('noLogin')}</span> },
    { key: 'phone', title: t('phone'), width: 140, hidden: true, render: (s) => s.phone },
    { key: 'qualifications', title: t('qualifications'), hidden: true, render: (s) => s.qualifications.map((q) => <Tag key={q.code} shade={q.until && q.until < today ? 'bad' : 'plain'}>{q.code}</Tag>) },
  ];
  return (
    <Page actions={<><Button onClick={() => go('/imports?kind=staff')}>{t('bySheet')}</Button><Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('create')}</Button></>}>
      <FilterBar filters={own} />
      <DataTable
        name="staff"
        query={readPages('/api/v1/staff', { params: { query: { limit: 100, ...(query.unit && { unit: query.unit }), ...(filters.text && { text: filters.text }), ...(filters.role && { role: filters.role }), inactive: filters.inactive === 'true' } } })}
        columns={columns}
        rowKey={(s) => s.id}
        onRow={(s) => go(`/settings/staff/${s.id}`)}
        card={(s) => <><div className="hf-card-top"><Link to={`/settings/staff/${s.id}`}>{s.name}</Link><span>{tags(s)}</span></div><div className="hf-quiet">{[s.code, format.list(s.roles.map(roleName)), s.units.map((u) => units.name(u)).join(', ')].filter(Boolean).join(' · ')}</div></>}
        empty={Object.values(filters).some(Boolean) ? <Empty title={t('emptyFound')} /> : <Empty title={t('empty')}>{t('emptyText')}</Empty>}
      />
      {creating && <StaffForm unit={query.unit} close={() => setCreating(false)} done={(s) => { say.done(t('created')); go(`/settings/staff/${s.id}`); }} />}
    </Page>
  );
}
