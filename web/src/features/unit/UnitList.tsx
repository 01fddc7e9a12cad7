import { PlusOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, type Schema } from '@/api';
import { Empty, Link, Loaded, Page, StaffName, useFormat, useWord } from '@/ui';
import { useText } from './texts';
import { UnitForm } from './UnitForm';

type Unit = Schema<'Unit'>;
interface Branch extends Unit {
  children?: Branch[];
}

function treeOf(units: Unit[]): Branch[] {
  const known = new Set(units.map((u) => u.id));
  const grow = (parent: string): Branch[] =>
    units.filter((u) => (u.parent && known.has(u.parent) ? u.parent : '') === parent).map((u) => {
      const children = grow(u.id);
      return children.length > 0 ? { ...u, children } : u;
    });
  return grow('');
}

export default function UnitList() {
  const t = useText();
  const word = useWord();
  const format = useFormat();
  const found = useQuery(read('/api/v1/units'));
  const [editing, setEditing] = useState<{ unit?: Unit; parent?: string }>();
  const columns = [
    { key: 'name', title: t('name'), render: (_: unknown, u: Branch) => <Button type="link" size="small" onClick={() => setEditing({ unit: u })}>{u.name}</Button> },
    { key: 'code', title: t('code'), width: 140, dataIndex: 'code' },
    { key: 'head', title: t('head'), width: 120, render: (_: unknown, u: Branch) => <StaffName id={u.head} /> },
    { key: 'departments', title: t('departments'), render: (_: unknown, u: Branch) => <span className="hf-quiet">{u.departments.length > 0 ? format.list(u.departments.map((d) => d.name)) : ''}</span> },
    { key: 'zone', title: t('zone'), width: 150, render: (_: unknown, u: Branch) => <span className="hf-quiet">{u.zone}</span> },
    { key: 'more', title: '', width: 190, render: (_: unknown, u: Branch) => <span className="hf-row"><Link to={`/settings/staff?unit=${u.id}`}>{t('staff')}</Link><Button size="small" type="link" onClick={() => setEditing({ parent: u.id })}>{t('createBelow')}</Button></span> },
  ];
  return (
    <Page title={word('units', t('title'))} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>{t('create')}</Button>}>
      <Loaded query={found} rows={8}>
        {({ items }) => items.length === 0 ? <Empty title={t('empty')}>{t('emptyText')}</Empty> : (
          <div className="hf-table"><Table<Branch> size="small" rowKey="id" columns={columns} dataSource={treeOf(items)} pagination={false} scroll={{ x: 'max-content' }} expandable={{ defaultExpandAllRows: true }} /></div>
        )}
      </Loaded>
      {editing && <UnitForm {...editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}
