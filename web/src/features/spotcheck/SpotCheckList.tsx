import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, InputNumber, Radio } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Dialog, Empty, Link, Loaded, Page, Section, UnitPick, useFormat, useGo, useQueryState, useSay, useUnits } from '@/ui';
import './spotcheck.css';
import { useText } from './texts';

type Line = Schema<'SpotCheckLine'>;

/** The samples that were drawn, newest first. */
export default function SpotCheckList() {
  const t = useText();
  const found = useQuery(read('/api/v1/spot-checks'));
  const [drawing, draw] = useState(false);
  return (
    <Page actions={<Button type="primary" onClick={() => draw(true)}>{t('draw')}</Button>}>
      <Loaded query={found} rows={5}>
        {({ items }) => <Section>{items.length === 0 ? <Empty title={t('empty')}>{t('emptyText')}</Empty> : <Rows of={items} />}</Section>}
      </Loaded>
      {drawing && <Draw close={() => draw(false)} />}
    </Page>
  );
}

function Rows({ of }: { of: Line[] }) {
  const t = useText();
  const format = useFormat();
  const units = useUnits();
  return (
    <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('title')}>
      <table className="hf-spotchecks">
        <thead><tr>{(['period', 'unit', 'size', 'progress', 'faults', 'seed', 'drawn'] as const).map((name) => <th key={name} scope="col">{t(`list.${name}`)}</th>)}</tr></thead>
        <tbody>
          {of.map((c) => (
            <tr key={c.id}>
              <td><Link to={`/spot-checks/${c.id}`}>{format.date(c.from)} – {format.date(c.to)}</Link></td>
              <td>{c.unit ? units.name(c.unit) : t('list.all')}</td>
              <td>{t('list.sizeOf', { population: c.population, size: c.size })}</td>
              <td>{c.checked} / {c.size}</td>
              <td>{c.faults}</td>
              <td className="hf-mono">{c.seed}</td>
              <td>{format.dateTime(c.drawn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Fields {
  range: [dayjs.Dayjs, dayjs.Dayjs];
  by: 'percent' | 'count';
  percent?: number;
  count?: number;
  unit?: string;
  seed?: string;
}

function Draw({ close }: { close: () => void }) {
  const t = useText();
  const say = useSay();
  const go = useGo();
  const [query] = useQueryState();
  const write = useWrite('post', '/api/v1/spot-checks', { stale: ['/api/v1/spot-checks'] });
  const lastMonth = dayjs().subtract(1, 'month');
  const submit = async (f: Fields) => {
    const size = f.by === 'percent' ? { percent: f.percent ?? 0 } : { count: f.count ?? 0 };
    const body = { from: f.range[0].format('YYYY-MM-DD'), to: f.range[1].format('YYYY-MM-DD'), ...size, ...(f.unit && { unit: f.unit }), ...(f.seed && { seed: f.seed }) };
    const done = await write.run({ body });
    if (done) {
      say.done(t('drawn', { count: done.size }));
      go(`/spot-checks/${done.id}`);
    }
    return done;
  };
  return (
    <Dialog<Fields> open close={close} title={t('drawTitle')} ok={t('draw')} submit={submit} pending={write.pending} failed={write.failed} initial={{ range: [lastMonth.startOf('month'), lastMonth.endOf('month')], by: 'percent', percent: 5, count: 5, ...(query['unit'] && { unit: query['unit'] }) }}>
      <Form.Item name="range" label={t('from')} rules={[{ required: true, message: t('required') }]}><DatePicker.RangePicker allowClear={false} style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="by" label={t('by')}>
        <Radio.Group options={[{ value: 'percent', label: t('percent') }, { value: 'count', label: t('count') }]} />
      </Form.Item>
      <Size />
      <Form.Item name="unit" label={t('unit')}><Unit /></Form.Item>
      <Form.Item name="seed" label={t('seed')} extra={t('seedHint')}><Input maxLength={100} /></Form.Item>
    </Dialog>
  );
}

function Size() {
  const t = useText();
  const by = Form.useWatch<Fields['by'] | undefined>('by', Form.useFormInstance<Fields>()) ?? 'percent';
  return by === 'percent' ? (
    <Form.Item name="percent" label={t('percentOf')} rules={[{ required: true, message: t('required') }]}><InputNumber min={1} max={100} suffix="%" style={{ width: 160 }} /></Form.Item>
  ) : (
    <Form.Item name="count" label={t('countOf')} rules={[{ required: true, message: t('required') }]}><InputNumber min={1} max={500} precision={0} style={{ width: 160 }} /></Form.Item>
  );
}

/** Gets its value from the field it stands in. */
function Unit({ value, onChange }: { value?: string; onChange?: (id: string | undefined) => void }) {
  return <UnitPick value={value} onChange={(id) => onChange?.(id)} />;
}
