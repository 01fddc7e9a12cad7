import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Dialog, Empty, Link, Loaded, Page, Section, Tag, useFormat, useInLang, useParam, useSay, useUnits } from '@/ui';
import './spotcheck.css';
import { useText } from './texts';

type Item = Schema<'SpotCheckItem'>;

/** One sample, to work through. */
export default function SpotCheckPage() {
  const t = useText();
  const id = useParam('id');
  const format = useFormat();
  const found = useQuery(read('/api/v1/spot-checks/{id}', { params: { path: { id } } }));
  const [checking, check] = useState<Item>();
  const c = found.data;
  return (
    <Page
      up={{ to: '/spot-checks', label: t('title') }}
      {...(c && { title: `${format.date(c.from)} – ${format.date(c.to)}` })}
      intro={c && [t('list.sizeOf', { population: c.population, size: c.size }), `${t('list.progress')} ${c.checked}`, `${t('list.faults')} ${c.faults}`, `${t('list.seed')} ${c.seed}`].join(' · ')}
      actions={<Button icon={<DownloadOutlined />} href={`/api/v1/spot-checks/${id}/sheet.xlsx`}>{t('xlsx')}</Button>}
    >
      <Loaded query={found} rows={8}>
        {({ items }) => <Section>{items.length === 0 ? <Empty title={t('none')} /> : <Rows of={items} check={check} />}</Section>}
      </Loaded>
      {checking && <Opine id={id} of={checking} close={() => check(undefined)} />}
    </Page>
  );
}

function Rows({ of, check }: { of: Item[]; check: (item: Item) => void }) {
  const t = useText();
  const format = useFormat();
  const inLang = useInLang();
  const units = useUnits();
  return (
    <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('oneTitle')}>
      <table className="hf-spotchecks">
        <thead><tr>{(['department', 'number', 'customer', 'program', 'done', 'lead', 'result', 'opinion'] as const).map((name) => <th key={name} scope="col">{t(`item.${name}`)}</th>)}</tr></thead>
        <tbody>
          {of.map((it) => {
            const f = it.followup;
            return (
              <tr key={f.id}>
                <td>{it.department}</td>
                <td><Link to={`/followups/${f.id}`} className="hf-mono">{f.number}</Link></td>
                <td>{f.contact_name}</td>
                <td>{inLang(f.program_name)}</td>
                <td>{f.done_at && format.dateTime(f.done_at, units.zone(f.unit))}</td>
                <td>{f.assignees?.find((p) => p.id === f.lead)?.name}</td>
                <td><Tag shade={it.result === 'fault' ? 'bad' : it.result === 'sound' ? 'good' : 'warn'}>{t(`result.${it.result ?? 'open'}`)}</Tag></td>
                <td className="hf-spotcheck-words">
                  {it.opinion && <div>{it.opinion}</div>}
                  {it.at && <div className="hf-quiet">{t('item.checked', { name: it.by_name ?? '', at: format.dateTime(it.at) })}</div>}
                  <div className="hf-row">
                    <Button size="small" type={it.result ? 'default' : 'primary'} onClick={() => check(it)}>{t('check')}</Button>
                    {it.case && <Link to={`/cases/${it.case}`}>{t('case')}</Link>}
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface Fields {
  result: 'sound' | 'fault';
  opinion?: string;
}

function Opine({ id, of, close }: { id: string; of: Item; close: () => void }) {
  const t = useText();
  const say = useSay();
  const write = useWrite('post', '/api/v1/spot-checks/{id}/opinions', { stale: ['/api/v1/spot-checks', '/api/v1/cases'] });
  const submit = async (f: Fields) => {
    const done = await write.run({ params: { path: { id } }, body: { followup: of.followup.id, result: f.result, opinion: f.opinion ?? '' } });
    if (done) say.done(t('saved'));
    return done;
  };
  return (
    <Dialog<Fields> open close={close} title={t('checkTitle')} ok={t('check')} submit={submit} pending={write.pending} failed={write.failed} initial={{ result: of.result ?? 'sound', opinion: of.opinion ?? '' }}>
      <p>{[of.followup.number, of.followup.contact_name].filter(Boolean).join(' · ')}</p>
      <Form.Item name="result" label={t('item.result')} rules={[{ required: true, message: t('required') }]}>
        <Radio.Group options={[{ value: 'sound', label: t('result.sound') }, { value: 'fault', label: t('result.fault') }]} />
      </Form.Item>
      <Form.Item name="opinion" label={t('opinion')} extra={t('opinionHint')} dependencies={['result']} rules={[({ getFieldValue }) => ({ required: getFieldValue('result') === 'fault', message: t('required') })]}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
    </Dialog>
  );
}
