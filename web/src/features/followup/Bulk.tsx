import { Button, DatePicker, Form, Input, InputNumber, Modal, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { Dialog, Link, useInLang } from '@/ui';
import { useMay, type Text } from '@/api';
import { useBulk } from './bulk-run';
import type { Followup } from './due';
import { PeoplePick } from './PeoplePick';
import { useText } from './texts';

/** What became of one of the chosen. */
export interface BulkResult {
  id: string;
  ok: boolean;
  why?: Text | undefined;
}

/** What can be done with all that are chosen. */
export function Bulk({ rows, clear }: { rows: Followup[]; clear: () => void }) {
  const t = useText();
  const may = useMay();
  const [asking, ask] = useState<'reassign' | 'postpone'>();
  const [results, setResults] = useState<{ rows: Followup[]; list: BulkResult[] }>();
  const told = (list: BulkResult[]) => {
    setResults({ rows, list });
    return true;
  };
  return (
    <div className="fu-bulk" role="region" aria-label={t('bulk.label')}>
      <strong>{t('bulk.chosen', { count: rows.length })}</strong>
      {may('followup.manage') && <Button size="small" onClick={() => ask('reassign')}>{t('bulk.reassign')}</Button>}
      <Button size="small" onClick={() => ask('postpone')}>{t('bulk.postpone')}</Button>
      <span className="hf-grow" />
      <Button size="small" type="text" onClick={clear}>{t('bulk.clear')}</Button>
      {asking === 'reassign' && <Reassign rows={rows} done={told} close={() => ask(undefined)} />}
      {asking === 'postpone' && <Postpone rows={rows} done={told} close={() => ask(undefined)} />}
      {results && <Results {...results} close={() => { setResults(undefined); clear(); }} />}
    </div>
  );
}

interface AskProps {
  rows: Followup[];
  done: (list: BulkResult[]) => boolean;
  close: () => void;
}

function Reassign({ rows, done, close }: AskProps) {
  const t = useText();
  const { reassign, pending, failed } = useBulk();
  interface Values { assignees: string[]; reason: string }
  const submit = async ({ assignees, reason }: Values) => {
    const list = await reassign(rows, assignees, reason);
    return list && done(list);
  };
  return (
    <Dialog<Values> open title={t('bulk.reassignTitle', { count: rows.length })} ok={t('actions.reassignOk')} submit={submit} pending={pending} failed={failed} close={close}>
      <Form.Item name="assignees" label={t('actions.assignees')} extra={t('actions.leadFirst')} rules={[{ required: true, message: t('actions.needAssignee') }]}><PeoplePick /></Form.Item>
      <Form.Item name="reason" label={t('actions.reason')} rules={[{ required: true, whitespace: true, message: t('actions.needReason') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
    </Dialog>
  );
}

function Postpone({ rows, done, close }: AskProps) {
  const t = useText();
  const manages = useMay()('followup.manage');
  const { postpone, pending, failed } = useBulk();
  const [how, setHow] = useState<'try' | 'days'>('try');
  interface Values { at?: Dayjs; days?: number; reason: string }
  const submit = async ({ at, days, reason }: Values) => {
    const list = await postpone(rows, how === 'try' ? { next_try: at?.toISOString() ?? '' } : { days: days ?? 1 }, reason);
    return list && done(list);
  };
  return (
    <Dialog<Values> open title={t('bulk.postponeTitle', { count: rows.length })} ok={t('actions.postponeOk')} initial={{ at: dayjs().add(1, 'day').hour(10).minute(0).second(0), days: 3 }} submit={submit} pending={pending} failed={failed} close={close}>
      {manages && <Form.Item><Segmented block value={how} onChange={setHow} options={[{ value: 'try', label: t('actions.postponeTry') }, { value: 'days', label: t('actions.postponeWindow') }]} /></Form.Item>}
      {how === 'try' ? (
        <Form.Item name="at" label={t('actions.nextTry')} extra={t('actions.withinWindow')} rules={[{ required: true, message: t('callback.need') }]}><DatePicker showTime={{ format: 'HH:mm', minuteStep: 15 }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} style={{ width: '100%' }} /></Form.Item>
      ) : (
        <Form.Item name="days" label={t('bulk.days')} extra={t('bulk.daysText')} rules={[{ required: true, message: t('bulk.needDays') }]}><InputNumber min={1} max={365} precision={0} /></Form.Item>
      )}
      <Form.Item name="reason" label={t('actions.reason')} rules={[{ required: true, whitespace: true, message: t('actions.needReason') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
    </Dialog>
  );
}

/** What became of each. */
function Results({ rows, list, close }: { rows: Followup[]; list: BulkResult[]; close: () => void }) {
  const t = useText();
  const inLang = useInLang();
  const bad = list.filter((one) => !one.ok);
  const row = (id: string) => rows.find((one) => one.id === id);
  return (
    <Modal open title={t('bulk.results')} onCancel={close} footer={<Button type="primary" onClick={close}>{t('bulk.ok')}</Button>}>
      <p>{t('bulk.done', { count: list.length - bad.length })}</p>
      {bad.length > 0 && (
        <>
          <p>{t('bulk.not', { count: bad.length })}</p>
          <ul className="fu-results">
            {bad.map((one) => <li key={one.id}><Link to={`/followups/${one.id}`}>{row(one.id)?.contact_name || row(one.id)?.number || one.id}</Link>: {inLang(one.why)}</li>)}
          </ul>
        </>
      )}
    </Modal>
  );
}
