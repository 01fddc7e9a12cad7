import { DatePicker, Form, Input, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useWrite, type Schema } from '@/api';
import { Dialog, useSay, useUiText } from '@/ui';
import { Pick } from './NewCase';
import { useText } from './texts';

type Case = Schema<'Case'>;
/** What can be done with a case by a question. */
export type CaseDo = 'action' | 'resolve' | 'explain' | 'close' | 'reopen' | 'edit';

const changes = ['/api/v1/cases', '/api/v1/followups'];
const day = (at: Dayjs | undefined | null) => at?.format('YYYY-MM-DD');

interface DialogProps {
  of: Case;
  close: () => void;
}

/** The question of one deed, open. */
export function CaseDialog({ what, ...props }: DialogProps & { what: CaseDo }) {
  switch (what) {
    case 'action':
      return <AddAction {...props} />;
    case 'resolve':
      return <Resolve {...props} />;
    case 'explain':
      return <Explain {...props} />;
    case 'edit':
      return <Edit {...props} />;
    case 'close':
    case 'reopen':
      return <WithReason what={what} {...props} />;
  }
}

function useNeeded() {
  const t = useText();
  return [{ required: true, message: t('ask.required') }];
}

function AddAction({ of, close }: DialogProps) {
  const t = useText();
  const say = useSay();
  const needed = useNeeded();
  const write = useWrite('post', '/api/v1/cases/{id}/actions', { stale: changes });
  const submit = async ({ due, ...fields }: { measure: string; owner?: string; due?: Dayjs }) => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { ...fields, ...(due && { due: due.format('YYYY-MM-DD') }) } });
    if (done) say.done(t('do.actionAdded'));
    return done;
  };
  return (
    <Dialog open close={close} title={t('ask.action')} ok={t('do.action')} submit={submit} pending={write.pending} failed={write.failed}>
      <Form.Item name="measure" label={t('ask.measure')} rules={needed}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} placeholder={t('ask.measureHint')} maxLength={1000} /></Form.Item>
      <Form.Item name="owner" label={t('ask.actionOwner')} extra={t('ask.actionOwnerHint')}><Pick as="staff" /></Form.Item>
      <Form.Item name="due" label={t('ask.actionDue')} extra={t('ask.actionDueHint')}><DatePicker style={{ width: '100%' }} /></Form.Item>
    </Dialog>
  );
}

/** What was done, of one action. */
export function FinishAction({ of, close }: { of: Schema<'Action'>; close: () => void }) {
  const t = useText();
  const say = useSay();
  const needed = useNeeded();
  const write = useWrite('post', '/api/v1/actions/{id}/finish', { stale: changes });
  const submit = async ({ result }: { result: string }) => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { result, version: of.version } });
    if (done) say.done(t('do.finished'));
    return done;
  };
  return (
    <Dialog open close={close} title={t('ask.finish')} ok={t('do.finish')} submit={submit} pending={write.pending} failed={write.failed}>
      <p>{of.measure}</p>
      <Form.Item name="result" label={t('ask.result')} rules={needed}><Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} /></Form.Item>
    </Dialog>
  );
}

function usePlanned() {
  const t = useText();
  const say = useSay();
  return (done: Schema<'CaseResult'> | undefined, text: string) => {
    if (!done) return;
    const numbers = (done.planned ?? []).map((f) => f.number).filter(Boolean);
    say.done(numbers.length > 0 ? `${text} · ${t('planned', { numbers: numbers.join(' ') })}` : text);
  };
}

function Resolve({ of, close }: DialogProps) {
  const t = useText();
  const needed = useNeeded();
  const tell = usePlanned();
  const write = useWrite('post', '/api/v1/cases/{id}/resolve', { stale: changes });
  const submit = async ({ resolution }: { resolution: string }) => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { resolution, version: of.version } });
    tell(done, t('do.resolvedDone'));
    return done;
  };
  return (
    <Dialog open close={close} title={t('ask.resolve')} ok={t('do.resolve')} submit={submit} pending={write.pending} failed={write.failed}>
      <p className="hf-quiet">{t('ask.resolveIntro')}</p>
      <Form.Item name="resolution" label={t('ask.resolution')} rules={needed}><Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} /></Form.Item>
    </Dialog>
  );
}

function Explain({ of, close }: DialogProps) {
  const t = useText();
  const needed = useNeeded();
  const tell = usePlanned();
  const write = useWrite('post', '/api/v1/cases/{id}/explain', { stale: changes });
  const submit = async ({ next, ...fields }: { explanation: string; next: Dayjs; rectifier?: string }) => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { ...fields, next: next.format('YYYY-MM-DD'), version: of.version } });
    tell(done, t('do.explainedDone'));
    return done;
  };
  return (
    <Dialog open close={close} title={t('ask.explain')} ok={t('do.explain')} initial={of.owner ? { rectifier: of.owner } : {}} submit={submit} pending={write.pending} failed={write.failed}>
      <p className="hf-quiet">{t('ask.explainIntro')}</p>
      <Form.Item name="explanation" label={t('ask.explanation')} rules={needed}><Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} /></Form.Item>
      <Form.Item name="next" label={t('ask.next')} rules={needed}><DatePicker style={{ width: '100%' }} minDate={dayjs()} /></Form.Item>
      <Form.Item name="rectifier" label={t('ask.rectifier')}><Pick as="staff" /></Form.Item>
    </Dialog>
  );
}

function WithReason({ of, what, close }: DialogProps & { what: 'close' | 'reopen' }) {
  const t = useText();
  const say = useSay();
  const needed = useNeeded();
  const closing = useWrite('post', '/api/v1/cases/{id}/close', { stale: changes });
  const opening = useWrite('post', '/api/v1/cases/{id}/reopen', { stale: changes });
  const write = what === 'close' ? closing : opening;
  const submit = async ({ reason }: { reason: string }) => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { reason, version: of.version } });
    if (done) say.done(t(what === 'close' ? 'do.closedDone' : 'do.reopenedDone'));
    return done;
  };
  return (
    <Dialog open close={close} title={t(`ask.${what}`)} ok={t(`do.${what}`)} danger={what === 'close'} submit={submit} pending={write.pending} failed={write.failed}>
      {what === 'close' && <p className="hf-quiet">{t('ask.closeIntro')}</p>}
      <Form.Item name="reason" label={t('ask.reason')} rules={needed}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} /></Form.Item>
    </Dialog>
  );
}

interface EditFields {
  matter: string;
  severity: Case['severity'];
  department?: string;
  owner?: string;
  due?: Dayjs;
  reason: string;
}

function Edit({ of, close }: DialogProps) {
  const t = useText();
  const ui = useUiText();
  const say = useSay();
  const needed = useNeeded();
  const write = useWrite('put', '/api/v1/cases/{id}', { stale: changes });
  const submit = async ({ due, ...fields }: EditFields) => {
    const at = day(due);
    const done = await write.run({ params: { path: { id: of.id } }, body: { ...fields, ...(at && { due: at }), version: of.version } });
    if (done) say.done(t('do.edited'));
    return done;
  };
  const initial = { matter: of.matter ?? '', severity: of.severity, ...(of.department && { department: of.department }), ...(of.owner && { owner: of.owner }), ...(of.due && { due: dayjs(of.due) }) };
  return (
    <Dialog<EditFields> open close={close} title={t('ask.edit')} ok={ui('save')} initial={initial} submit={submit} pending={write.pending} failed={write.failed}>
      <Form.Item name="matter" label={t('matter')} rules={needed}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>
      <Form.Item name="severity" label={t('severity')}>
        <Radio.Group options={(['general', 'major'] as const).map((value) => ({ value, label: ui(`severity.${value}`) }))} />
      </Form.Item>
      <Form.Item name="department" label={t('department')}><Input maxLength={60} /></Form.Item>
      <Form.Item name="owner" label={t('owner')}><Pick as="staff" /></Form.Item>
      <Form.Item name="due" label={t('due')}><DatePicker style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="reason" label={t('ask.why')} rules={needed}><Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={500} /></Form.Item>
    </Dialog>
  );
}
