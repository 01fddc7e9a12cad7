import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { read, readPages, type Schema } from '@/api';
import { DataTable, Empty, Link, LoadedPage, Page, Section, StaffName, Tag, useFormat, useGo, useInLang, useParam, useWord, type Column } from '@/ui';
import { Counts } from './Counts';
import './import.css';
import { useText } from './texts';

type Reject = Schema<'Reject'>;

export default function ImportResult() {
  const id = useParam('id');
  const t = useText();
  const found = useQuery(read('/api/v1/imports/{id}', { params: { path: { id } } }));
  return <LoadedPage query={found} up={{ to: '/imports', label: t('title') }}>{(one) => <Shown one={one} />}</LoadedPage>;
}

function Shown({ one }: { one: Schema<'Import'> }) {
  const t = useText();
  const go = useGo();
  const word = useWord();
  const format = useFormat();
  return (
    <Page
      up={{ to: '/imports', label: t('title') }}
      title={one.file}
      aside={one.done ? <Tag shade="good">{t('done')}</Tag> : <Tag shade="warn">{t('unfinished')}</Tag>}
      intro={<>{format.dateTime(one.done ?? one.at)} · {one.staff ? <StaffName id={one.staff} /> : t('system')}</>}
      actions={
        <>
          <Button onClick={() => go('/contacts')}>{t('toContacts', { word: word('contacts', t('contact')) })}</Button>
          <Button onClick={() => go('/imports')}>{t('again')}</Button>
          <Button type="primary" onClick={() => go('/followups')}>{t('toWork')}</Button>
        </>
      }
    >
      {!one.done && <ul className="hf-notes"><li>{t('unfinishedText')}</li></ul>}
      <Counts
        items={[
          { label: t('counts.rows'), value: one.rows },
          { label: t('counts.accepted'), value: one.accepted, shade: 'main' },
          { label: t('counts.known'), value: one.known },
          { label: t('counts.skipped'), value: one.skipped },
          { label: t('counts.rejected'), value: one.rejected, shade: 'bad' },
          { label: t('counts.planned'), value: one.planned, shade: 'main' },
          { label: t('counts.closed'), value: one.closed },
        ]}
      />
      <Section flush title={t('rejects')} extra={one.rejected > 0 && <Button icon={<DownloadOutlined />} href={`/api/v1/imports/${one.id}/rejects.xlsx`}>{t('download')}</Button>}>
        {one.rejected === 0 ? <Empty title={t('noRejects')} /> : <Rejects id={one.id} />}
      </Section>
      {one.rejected > 0 && <p className="hf-quiet">{t('rejectsHint')} <Link to="/imports">{t('again')}</Link></p>}
    </Page>
  );
}

function Rejects({ id }: { id: string }) {
  const t = useText();
  const pick = useInLang();
  const columns: Column<Reject>[] = [
    { key: 'row', title: t('row'), width: 90, fixed: true, render: (r) => r.row },
    { key: 'sheet', title: t('sheet'), width: 120, hidden: true, render: (r) => r.sheet },
    { key: 'why', title: t('why'), fixed: true, width: 320, render: (r) => pick(r.text) },
    { key: 'cells', title: t('cells'), render: (r) => <span className="hf-quiet">{r.cells.filter(Boolean).join(' · ')}</span> },
  ];
  return (
    <DataTable
      name="rejects"
      query={readPages('/api/v1/imports/{id}/rejects', { params: { path: { id }, query: { limit: 100 } } })}
      columns={columns}
      rowKey={(r) => `${r.sheet ?? ''}.${r.row}`}
      card={(r) => <><div className="hf-card-top">{t('line')} {r.row}</div><div>{pick(r.text)}</div><div className="hf-quiet">{r.cells.filter(Boolean).join(' · ')}</div></>}
    />
  );
}
