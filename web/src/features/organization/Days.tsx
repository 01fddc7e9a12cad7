import { DeleteOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, Select, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Dialog, Loaded, Section, Tag, useFormat, useInLang, useSay } from '@/ui';
import { useText } from './texts';

type Organization = Schema<'Organization'>;
type Range = Schema<'DayRange'>;
type Day = Schema<'CalendarDay'>;

/** Days that follow each other under one name. */
function spans(days: Day[]): (Day & { last: string })[] {
  const out: (Day & { last: string })[] = [];
  for (const day of days) {
    const before = out.at(-1);
    if (before && before.working === day.working && before.own === day.own && before.name.zh === day.name.zh && dayjs(before.last).add(1, 'day').format('YYYY-MM-DD') === day.date) before.last = day.date;
    else out.push({ ...day, last: day.date });
  }
  return out;
}

/** The holidays and make-up days that come with the product, and one's own. */
export function Days({ organization: o }: { organization: Organization }) {
  const t = useText();
  const pick = useInLang();
  const format = useFormat();
  const say = useSay();
  const [year, setYear] = useState(dayjs().year());
  const [adding, add] = useState(false);
  const found = useQuery(read('/api/v1/calendar/{year}', { params: { path: { year } } }));
  const write = useWrite('put', '/api/v1/organization', { stale: ['/api/v1/organization', '/api/v1/calendar', '/api/v1/audit'] });
  const own = o.settings.calendar;
  const put = (calendar: Range[]) => write.run({ body: { name: o.name, zone: o.zone, lang: o.lang, settings: { ...o.settings, calendar } } });
  const drop = async (range: Range) => {
    if (await say.ask({ title: t('dropDays', { name: pick(range.name) || range.from }), text: t('dropDaysText'), ok: t('drop'), danger: true })) await put(own.filter((one) => one !== range));
  };
  const between = (from: string, to: string) => (from === to ? format.date(from) : t('between', { from: format.date(from), to: format.date(to) }));
  const years = [year - 1, year, year + 1];
  return (
    <Section title={t('days')} extra={<><Select size="small" aria-label={t('year')} value={year} options={years.map((value) => ({ value, label: String(value) }))} onChange={setYear} /><Button size="small" onClick={() => add(true)}>{t('addDays')}</Button></>}>
      <p className="hf-quiet">{t('daysHint')}</p>
      {own.length > 0 && (
        <ul className="hf-days">
          {own.map((range) => (
            <li key={range.from}><span>{between(range.from, range.to)}</span> <Tag shade={range.working ? 'warn' : 'good'}>{t(range.working ? 'worked' : 'free')}</Tag> {pick(range.name)} <Tag shade="accent">{t('own')}</Tag><Button size="small" type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t('drop')} loading={write.pending} onClick={() => void drop(range)} /></li>
          ))}
        </ul>
      )}
      <Loaded query={found} rows={4}>
        {({ items }) => items.length === 0 ? <p>{t('noDays', { year })}</p> : (
          <ul className="hf-days">
            {spans(items).filter((day) => !day.own).map((day) => <li key={day.date}><span>{between(day.date, day.last)}</span> <Tag shade={day.working ? 'warn' : 'good'}>{t(day.working ? 'worked' : 'free')}</Tag> {pick(day.name)}</li>)}
          </ul>
        )}
      </Loaded>
      <Dialog<{ range: [Dayjs, Dayjs]; kind: string; name: string }>
        open={adding} title={t('addDays')} ok={t('save')} initial={{ kind: 'free' }} pending={write.pending} failed={write.failed} close={() => add(false)} width={420}
        submit={({ range, kind, name }) => put([...own, { from: range[0].format('YYYY-MM-DD'), to: range[1].format('YYYY-MM-DD'), working: kind === 'worked', name: { zh: name.trim(), en: name.trim() } }])}
      >
        <Form.Item name="range" label={t('which')} rules={[{ required: true, message: t('needDays') }]}><DatePicker.RangePicker style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="kind" label={t('kind')}><Segmented options={[{ value: 'free', label: t('free') }, { value: 'worked', label: t('worked') }]} /></Form.Item>
        <Form.Item name="name" label={t('called')} rules={[{ required: true, message: t('needName') }]}><Input maxLength={50} /></Form.Item>
      </Dialog>
    </Section>
  );
}
