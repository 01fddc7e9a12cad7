import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import { useState } from 'react';
import { upload, uploadFor, type Schema } from '@/api';
import { Empty, Facts, Link, Loading, Page, Section, Tag, useInLang, useQueryState, WriteFailed, type Shade } from '@/ui';
import './reconcile.css';
import { useText } from './texts';

type Reconciliation = Schema<'Reconciliation'>;
type Difference = Schema<'Difference'>;

/** A source system's list beside what is recorded. */
export default function Reconcile() {
  const t = useText();
  const [query] = useQueryState();
  const [file, keep] = useState<File>();
  const [found, show] = useState<Reconciliation>();
  const [failed, fail] = useState<unknown>();
  const fields = { unit: query['unit'] ?? '' };
  const compare = async (next: File) => {
    keep(next);
    show(undefined);
    fail(undefined);
    try {
      show(await upload<Reconciliation>('/api/v1/reconciliations', next, fields));
    } catch (error) {
      fail(error);
      keep(undefined);
    }
  };
  const download = async () => {
    if (!file) return;
    try {
      const url = URL.createObjectURL(await uploadFor('/api/v1/reconciliations/sheet.xlsx', file, fields));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${t('title')}.xlsx`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Page
      actions={found && <><Button onClick={() => { show(undefined); keep(undefined); }}>{t('again')}</Button><Button type="primary" icon={<DownloadOutlined />} onClick={() => void download()}>{t('xlsx')}</Button></>}
    >
      <WriteFailed error={failed} />
      {!file && (
        <Section>
          <Upload.Dragger accept=".csv,.xlsx,.jsonl" maxCount={1} showUploadList={false} beforeUpload={(next) => { void compare(next); return false; }}>
            <p className="ant-upload-drag-icon"><InboxOutlined /></p>
            <p className="ant-upload-text">{t('drop')}</p>
            <p className="ant-upload-hint">{t('dropHint')}</p>
          </Upload.Dragger>
        </Section>
      )}
      {file && !found && !failed && <Loading rows={6} />}
      {found && <Found of={found} />}
    </Page>
  );
}

function Found({ of }: { of: Reconciliation }) {
  const t = useText();
  return (
    <>
      <Section title={of.file} extra={t('span', { from: of.from, to: of.to })}>
        <Facts items={(['listed', 'recorded', 'agreed', 'done'] as const).map((name) => ({ label: t(name), value: t('count', { count: of[name] }) })).concat([{ label: t('differences'), value: t('count', { count: of.differences.length }) }])} />
      </Section>
      <Section>{of.differences.length === 0 ? <Empty title={t('none')} /> : <Rows of={of.differences} />}</Section>
    </>
  );
}

const shades: Record<Difference['kind'], Shade> = { missing_here: 'bad', missing_there: 'warn', differs: 'warn', not_followed: 'bad', unreadable: 'bad' };

function Rows({ of }: { of: Difference[] }) {
  const t = useText();
  const inLang = useInLang();
  return (
    <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('differences')}>
      <table className="hf-differences">
        <thead><tr>{(['kind', 'key', 'line', 'day', 'contact', 'asset', 'field', 'there', 'here', 'open'] as const).map((name) => <th key={name} scope="col">{t(`head.${name}`)}</th>)}</tr></thead>
        <tbody>
          {of.map((d, i) => (
            <tr key={i}>
              <td><Tag shade={shades[d.kind]}>{inLang(d.kind_name)}</Tag></td>
              <td className="hf-mono">{d.key}</td>
              <td>{d.line}</td>
              <td>{d.day}</td>
              <td>{d.contact}</td>
              <td>{d.asset}</td>
              <td>{inLang(d.field)}</td>
              <td>{d.there || inLang(d.text)}</td>
              <td>{d.here}</td>
              <td>{d.followup && <Link to={`/followups/${d.followup}`}>{t('followup')}</Link>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
