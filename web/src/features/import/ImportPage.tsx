import { useState } from 'react';
import { readPages } from '@/api';
import { DataTable, Empty, Link, Page, Section, StaffName, Tag, useFormat, useGo, type Column } from '@/ui';
import type { Schema } from '@/api';
import { DropArea } from './DropArea';
import './import.css';
import { Preview } from './Preview';
import { useText } from './texts';

type Import = Schema<'Import'>;

export default function ImportPage() {
  const t = useText();
  const [file, setFile] = useState<File>();
  return (
    <Page>
      {file ? <Preview key={file.name + file.lastModified} file={file} drop={() => setFile(undefined)} /> : <DropArea onFile={setFile} />}
      {!file && <Section flush title={t('history')}><Past /></Section>}
    </Page>
  );
}

function Past() {
  const t = useText();
  const go = useGo();
  const format = useFormat();
  const columns: Column<Import>[] = [
    { key: 'file', title: t('file'), fixed: true, render: (i) => <Link to={`/imports/${i.id}`}>{i.file}</Link> },
    { key: 'at', title: t('when'), width: 160, render: (i) => format.dateTime(i.at) },
    { key: 'by', title: t('by'), width: 120, render: (i) => (i.staff ? <StaffName id={i.staff} /> : t('system')) },
    { key: 'rows', title: t('counts.rows'), width: 90, align: 'right', render: (i) => format.number(i.rows) },
    { key: 'accepted', title: t('counts.accepted'), width: 90, align: 'right', render: (i) => format.number(i.accepted) },
    { key: 'known', title: t('counts.known'), width: 110, align: 'right', render: (i) => format.number(i.known) },
    { key: 'rejected', title: t('counts.rejected'), width: 90, align: 'right', render: (i) => (i.rejected > 0 ? <Tag shade="bad">{format.number(i.rejected)}</Tag> : 0) },
    { key: 'planned', title: t('counts.planned'), width: 100, align: 'right', render: (i) => format.number(i.planned) },
    { key: 'done', title: '', width: 90, fixed: true, render: (i) => (i.done ? <Tag shade="good">{t('done')}</Tag> : <Tag shade="warn">{t('unfinished')}</Tag>) },
  ];
  return (
    <DataTable
      name="imports"
      query={readPages('/api/v1/imports', { params: { query: { limit: 50 } } })}
      columns={columns}
      rowKey={(i) => i.id}
      onRow={(i) => go(`/imports/${i.id}`)}
      card={(i) => (
        <>
          <div className="hf-card-top"><Link to={`/imports/${i.id}`}>{i.file}</Link>{i.done ? <Tag shade="good">{t('done')}</Tag> : <Tag shade="warn">{t('unfinished')}</Tag>}</div>
          <div className="hf-quiet">{format.dateTime(i.at)} · {t('counts.accepted')} {format.number(i.accepted)} · {t('counts.rejected')} {format.number(i.rejected)}</div>
        </>
      )}
      empty={<Empty title={t('historyEmpty')}>{t('historyEmptyText')}</Empty>}
    />
  );
}
