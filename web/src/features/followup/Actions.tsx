import { ArrowRightOutlined, MoreOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, DatePicker, Dropdown, Form, Input, Segmented, type MenuProps } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useMe, useWrite } from '@/api';
import { Dialog, useSay } from '@/ui';
import { isOpen } from './due';
import { PeoplePick } from './PeoplePick';
import { useText } from './texts';
import { useWhole, type WorkAction } from './whole';

interface ActionMenuProps {
  action: WorkAction | undefined;
  next: () => void;
  openWhy: () => void;
  correct: () => void;
  correcting: boolean;
}

/** Everything that can be done with a follow-up besides doing it. */
export function ActionMenu({ action, next, openWhy, correct, correcting }: ActionMenuProps) {
  const t = useText();
  const items = useItems(correct, correcting);
  return (
    <>
      <Button icon={<QuestionCircleOutlined aria-hidden />} onClick={openWhy}>{t('why.open')}</Button>
      {items.length > 0 && <Dropdown menu={{ items }} trigger={['click']}><Button icon={<MoreOutlined aria-hidden />}>{t('actions.menu')}</Button></Dropdown>}
      <Button icon={<ArrowRightOutlined aria-hidden />} iconPlacement="end" onClick={next}>{t('actions.next')}</Button>
      {action === 'postpone' && <Postpone />}
      {action === 'reassign' && <Reassign />}
      {(action === 'waive' || action === 'unreachable') && <End how={action} />}
    </>
  );
}

/** What the reader may do now: with an open one, or with one that is done. */
function useItems(correct: () => void, correcting: boolean): NonNullable<MenuProps['items']> {
  const t = useText();
  const me = useMe();
  const { detail, act } = useWhole();
  const { work, manage } = detail.may;
  const form = useForm();
  if (!isOpen(detail)) {
    const may = detail.state === 'completed' && !correcting && (manage || detail.done_by === me.staff?.id);
    return may ? [{ key: 'correct', label: t('actions.correct'), onClick: correct }] : [];
  }
  const taken = Boolean(detail.taken_at) && !detail.returned_at;
  const all = [
    { may: work && !taken, key: 'take', label: t('actions.take'), onClick: form.take },
    { may: work && taken, key: 'return', label: t('actions.return'), onClick: form.giveBack },
    { may: work, key: 'postpone', label: t('actions.postpone'), onClick: () => act('postpone') },
    { may: manage, key: 'reassign', label: t('actions.reassign'), onClick: () => act('reassign') },
    { may: work, key: 'unreachable', label: t('actions.unreachable'), onClick: () => act('unreachable') },
    { may: manage, key: 'waive', label: t('actions.waive'), onClick: () => act('waive') },
  ];
  return all.filter(({ may }) => may).map(({ may: _, ...item }) => item);
}

/** Signing for the form, and giving it back. */
function useForm() {
  const t = useText();
  const say = useSay();
  const { detail, refresh, setOwn } = useWhole();
  const take = useWrite('post', '/api/v1/followups/{id}/take');
  const back = useWrite('post', '/api/v1/followups/{id}/return');
  const send = async (write: typeof take | typeof back, said: string) => {
    const done = await (write as typeof take).run({ params: { path: { id: detail.id } }, body: {} });
    if (!done) return;
    setOwn(done.version);
    say.done(said);
    refresh();
  };
  return { take: () => void send(take, t('actions.takenDone')), giveBack: () => void send(back, t('actions.returnDone')) };
}

function Reason({ label, quick }: { label: string; quick?: string[] }) {
  const t = useText();
  const form = Form.useFormInstance<{ reason: string }>();
  return (
    <>
      <Form.Item name="reason" label={label} rules={[{ required: true, whitespace: true, message: t('actions.needReason') }]}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      {quick && (
        <div className="fu-quick">
          {quick.map((text) => <Button key={text} size="small" onClick={() => form.setFieldValue('reason', text)}>{text}</Button>)}
        </div>
      )}
    </>
  );
}

function Postpone() {
  const t = useText();
  const say = useSay();
  const { detail, act, refresh, setOwn } = useWhole();
  const [how, setHow] = useState<'try' | 'window'>('try');
  const write = useWrite('post', '/api/v1/followups/{id}/postpone');
  const closes = dayjs(detail.window.closes.slice(0, 10));
  interface Values { at?: Dayjs; window?: [Dayjs, Dayjs]; reason: string }
  const submit = async ({ at, window, reason }: Values) => {
    const change = how === 'try' ? { next_try: at?.toISOString() ?? '' } : { window: { opens: window?.[0].format('YYYY-MM-DD') ?? '', closes: window?.[1].format('YYYY-MM-DD') ?? '' } };
    const done = await write.run({ params: { path: { id: detail.id } }, body: { reason, ...change } });
    if (!done) return undefined;
    setOwn(done.version);
    say.done(t('actions.postponed'));
    refresh();
    return done;
  };
  return (
    <Dialog<Values> open title={t('actions.postpone')} ok={t('actions.postponeOk')} submit={submit} pending={write.pending} failed={write.failed} close={() => act(undefined)} initial={{ at: dayjs().add(1, 'day').hour(10).minute(0).second(0), window: [dayjs(detail.window.opens.slice(0, 10)), closes.add(3, 'day')] }}>
      {detail.may.manage && (
        <Form.Item>
          <Segmented block value={how} onChange={setHow} options={[{ value: 'try', label: t('actions.postponeTry') }, { value: 'window', label: t('actions.postponeWindow') }]} />
        </Form.Item>
      )}
      {how === 'try' ? (
        <Form.Item name="at" label={t('actions.nextTry')} extra={t('actions.withinWindow')} rules={[{ required: true, message: t('callback.need') }]}>
          <DatePicker showTime={{ format: 'HH:mm', minuteStep: 15 }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} style={{ width: '100%' }} />
        </Form.Item>
      ) : (
        <Form.Item name="window" label={t('actions.newWindow')} rules={[{ required: true, message: t('callback.need') }]}>
          <DatePicker.RangePicker style={{ width: '100%' }} />
        </Form.Item>
      )}
      <Reason label={t('actions.reason')} quick={[t('quick.busy'), t('quick.away'), t('quick.asked')]} />
    </Dialog>
  );
}

function Reassign() {
  const t = useText();
  const say = useSay();
  const { detail, act, refresh, setOwn } = useWhole();
  const write = useWrite('post', '/api/v1/followups/{id}/reassign');
  interface Values { assignees: string[]; reason: string }
  const submit = async ({ assignees, reason }: Values) => {
    const done = await write.run({ params: { path: { id: detail.id } }, body: { assignees, reason } });
    if (!done) return undefined;
    setOwn(done.version);
    say.done(t('actions.reassigned'));
    refresh();
    return done;
  };
  return (
    <Dialog<Values> open title={t('actions.reassign')} ok={t('actions.reassignOk')} submit={submit} pending={write.pending} failed={write.failed} close={() => act(undefined)} initial={{ assignees: detail.assignees.map((who) => who.id).filter((id): id is string => Boolean(id)) }}>
      <Form.Item name="assignees" label={t('actions.assignees')} extra={t('actions.leadFirst')} rules={[{ required: true, message: t('actions.needAssignee') }]}>
        <PeoplePick known={Object.entries(detail.names)} />
      </Form.Item>
      <Reason label={t('actions.reason')} quick={[t('quick.absent'), t('quick.load'), t('quick.knows')]} />
    </Dialog>
  );
}

/** Ends a follow-up that was not done, with the reason. */
function End({ how }: { how: 'waive' | 'unreachable' }) {
  const t = useText();
  const say = useSay();
  const { detail, act, refresh, setOwn } = useWhole();
  const waive = useWrite('post', '/api/v1/followups/{id}/waive');
  const unreachable = useWrite('post', '/api/v1/followups/{id}/unreachable');
  const write = how === 'waive' ? waive : unreachable;
  const quick = how === 'waive' ? [t('quick.refused'), t('quick.moved'), t('quick.twice')] : [t('quick.noAnswer'), t('quick.wrong'), t('quick.off')];
  const submit = async ({ reason }: { reason: string }) => {
    const done = await write.run({ params: { path: { id: detail.id } }, body: { reason } });
    if (!done) return undefined;
    setOwn(done.followup.version);
    say.done(t(how === 'waive' ? 'actions.waived' : 'actions.closedUnreachable'));
    refresh();
    return done;
  };
  return (
    <Dialog<{ reason: string }> open danger title={t(`actions.${how}`)} ok={t(`actions.${how}Ok`)} submit={submit} pending={write.pending} failed={write.failed} close={() => act(undefined)}>
      <p className="hf-quiet">{t(`actions.${how}Text`)}</p>
      <Reason label={t('actions.reason')} quick={quick} />
    </Dialog>
  );
}
