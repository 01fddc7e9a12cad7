import { DatePicker, Form, Input, Radio } from 'antd';
import type { Dayjs } from 'dayjs';
import { useWrite, type Schema } from '@/api';
import { Dialog, StaffPick, UnitPick, useGo, useQueryState, useSay, useUiText } from '@/ui';
import { useText } from './texts';

interface Fields {
  matter: string;
  severity: Schema<'Case'>['severity'];
  unit?: string;
  department?: string;
  owner?: string;
  due?: Dayjs;
}

/** Opens a case by hand, e.g. for what a customer brings up at the desk. */
export function NewCase({ open, close }: { open: boolean; close: () => void }) {
  const t = useText();
  const ui = useUiText();
  const say = useSay();
  const go = useGo();
  const [query] = useQueryState();
  const write = useWrite('post', '/api/v1/cases', { stale: ['/api/v1/cases'] });
  const submit = async ({ due, ...fields }: Fields) => {
    const done = await write.run({ body: { ...fields, ...(query['contact'] && { contact: query['contact'] }), ...(query['asset'] && { asset: query['asset'] }), ...(due && { due: due.format('YYYY-MM-DD') }) } });
    if (!done) return undefined;
    say.done(t('do.opened', { number: done.number }));
    go(`/cases/${done.id}`);
    return done;
  };
  const needed = [{ required: true, whitespace: true, message: t('ask.required') }];
  return (
    <Dialog<Fields> open={open} close={close} title={t('newTitle')} ok={t('new')} initial={{ severity: 'general', ...(query['unit'] && { unit: query['unit'] }) }} submit={submit} pending={write.pending} failed={write.failed}>
      <p className="hf-quiet">{t('ask.newIntro')}</p>
      <Form.Item name="matter" label={t('matter')} rules={needed}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} autoFocus /></Form.Item>
      <Form.Item name="severity" label={t('severity')}>
        <Radio.Group options={(['general', 'major'] as const).map((value) => ({ value, label: ui(`severity.${value}`) }))} />
      </Form.Item>
      <Form.Item name="unit" label={t('unit')}><Pick as="unit" /></Form.Item>
      <Form.Item name="department" label={t('department')}><Input maxLength={60} /></Form.Item>
      <Form.Item name="owner" label={t('owner')}><Pick as="staff" /></Form.Item>
      <Form.Item name="due" label={t('due')}><DatePicker style={{ width: '100%' }} /></Form.Item>
    </Dialog>
  );
}

/** A pick of the directory as a field of a form, which brings value and onChange. */
export function Pick({ as, ...field }: { as: 'unit' | 'staff'; id?: string; value?: string; onChange?: (id: string | undefined) => void }) {
  const props = { ...field, value: field.value, onChange: (id: string | undefined) => field.onChange?.(id), style: { width: '100%' } };
  return as === 'unit' ? <UnitPick {...props} /> : <StaffPick {...props} />;
}
