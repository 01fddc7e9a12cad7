import { EditOutlined, KeyOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useState } from 'react';
import { read, useWrite, type Schema } from '@/api';
import { Facts, Field, Link, LoadedPage, Page, Section, StaffName, StaffPick, Tag, useFormat, useInLang, useParam, useSay, useUnits, WriteFailed } from '@/ui';
import { stale, StaffForm } from './StaffForm';
import { useText } from './texts';

type Staff = Schema<'Staff'>;
type Absence = Schema<'Absence'>;

export default function StaffPage() {
  const id = useParam('id');
  const t = useText();
  const found = useQuery(read('/api/v1/staff/{id}', { params: { path: { id } } }));
  return <LoadedPage query={found} up={{ to: '/settings/staff', label: t('title') }}>{(staff) => <Shown key={id} staff={staff} />}</LoadedPage>;
}

function Shown({ staff: s }: { staff: Staff }) {
  const t = useText();
  const say = useSay();
  const pick = useInLang();
  const format = useFormat();
  const units = useUnits();
  const roles = useQuery({ ...read('/api/v1/roles'), staleTime: 300_000 });
  const [dialog, setDialog] = useState<'edit' | 'password' | 'absence'>();
  const [ending, setEnding] = useState<Absence>();
  const close = () => setDialog(undefined);
  const today = format.today();
  return (
    <Page
      up={{ to: '/settings/staff', label: t('title') }}
      title={s.name}
      aside={!s.active && <Tag>{t('left')}</Tag>}
      wide={false}
      actions={<><Link to={`/followups?assignee=${s.id}`}>{t('work')}</Link>{s.login && <Button icon={<KeyOutlined />} onClick={() => setDialog('password')}>{t('password')}</Button>}<Button type="primary" icon={<EditOutlined />} onClick={() => setDialog('edit')}>{t('edit')}</Button></>}
    >
      <Section title={t('facts')}>
        <Facts
          columns={2}
          items={[
            { label: t('code'), value: s.code }, { label: t('login'), value: s.login ?? <span className="hf-quiet">{t('noLogin')}</span> },
            { label: t('roles'), value: format.list(s.roles.map((code) => pick(roles.data?.items.find((r) => r.code === code)?.name) || code)) },
            { label: t('units'), value: s.units.length > 0 ? format.list(s.units.map((u) => units.name(u) || u)) : t('allUnits') },
            { label: t('phone'), value: s.phone && <a href={`tel:${s.phone}`}>{s.phone}</a> }, { label: t('email'), value: s.email && <a href={`mailto:${s.email}`}>{s.email}</a> },
            { label: t('qualifications'), value: s.qualifications.length > 0 && s.qualifications.map((q) => <div key={q.code}>{q.code} {q.until && <Tag shade={q.until < today ? 'bad' : 'plain'}>{q.until < today ? t('expired') : t('expires', { date: format.date(q.until) })}</Tag>}</div>) },
          ]}
        />
      </Section>
      <Section title={t('absences')} extra={<Button size="small" onClick={() => setDialog('absence')}>{t('addAbsence')}</Button>}>
        {s.absences.length === 0 ? <p className="hf-quiet">{t('noAbsences')}</p> : (
          <ul className="hf-plain">
            {[...s.absences].sort((a, b) => (b.from ?? '').localeCompare(a.from ?? '')).map((a) => (
              <li key={`${a.from}${a.to}`} className="hf-row">
                <span>{format.date(a.from)} – {format.date(a.to)}</span>
                <span className="hf-quiet">{a.substitute ? <>{t('substitute')} <StaffName id={a.substitute} /></> : t('noSubstitute')}</span>
                {(a.to ?? '') >= today && <Button size="small" type="link" onClick={() => setEnding(a)}>{t('endAbsence')}</Button>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {dialog === 'edit' && <StaffForm staff={s} close={close} done={() => { close(); say.done(t('saved')); }} />}
      {dialog === 'password' && <Password staff={s} close={close} />}
      {dialog === 'absence' && <AbsenceDialog staff={s} close={close} />}
      {ending && <EndDialog staff={s} absence={ending} close={() => setEnding(undefined)} />}
    </Page>
  );
}

function Password({ staff, close }: { staff: Staff; close: () => void }) {
  const t = useText();
  const say = useSay();
  const [password, setPassword] = useState('');
  const write = useWrite('put', '/api/v1/staff/{id}/password');
  const go = async () => {
    if (!(await write.run({ params: { path: { id: staff.id } }, body: { password } }))) return;
    say.done(t('passwordDone'));
    close();
  };
  const generate = () => {
    const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
    const drawn = crypto.getRandomValues(new Uint32Array(16));
    setPassword([...drawn].map((n, i) => (i > 0 && i % 4 === 0 ? '-' : '') + (letters[n % letters.length] ?? '')).join(''));
  };
  return (
    <Modal open title={t('passwordTitle', { name: staff.name })} okText={t('password')} cancelText={t('cancel')} okButtonProps={{ disabled: password.length < 8, loading: write.pending }} onOk={() => void go()} onCancel={close}>
      <div className="hf-stack">
        <Field label={t('passwordNew')} hint={t('passwordHint')}><Input autoFocus autoComplete="new-password" value={password} onChange={(e) => setPassword(e.target.value)} suffix={<Button size="small" type="link" onClick={generate}>{t('generate')}</Button>} /></Field>
        <WriteFailed error={write.failed} />
      </div>
    </Modal>
  );
}

function AbsenceDialog({ staff, close }: { staff: Staff; close: () => void }) {
  const t = useText();
  const say = useSay();
  const [days, setDays] = useState<[string, string]>();
  const [substitute, setSubstitute] = useState<string>();
  const write = useWrite('post', '/api/v1/staff/{id}/absences', { stale });
  const go = async () => {
    if (!days) return;
    const done = await write.run({ params: { path: { id: staff.id } }, body: { from: days[0], to: days[1], version: staff.version, ...(substitute && { substitute }) } });
    if (!done) return;
    say.done([t('moved', { count: done.moved }), done.kept > 0 && t('kept', { count: done.kept })].filter(Boolean).join(' · '));
    close();
  };
  return (
    <Modal open title={t('addAbsence')} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ disabled: !days, loading: write.pending }} onOk={() => void go()} onCancel={close}>
      <div className="hf-stack">
        <Field label={`${t('from')} – ${t('to')}`}><DatePicker.RangePicker onChange={(range) => setDays(range?.[0] && range[1] ? [range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD')] : undefined)} /></Field>
        <Field label={t('substitute')} optional><StaffPick value={substitute} onChange={setSubstitute} /></Field>
        <WriteFailed error={write.failed} />
      </div>
    </Modal>
  );
}

function EndDialog({ staff, absence, close }: { staff: Staff; absence: Absence; close: () => void }) {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const [last, setLast] = useState<string | undefined>(format.today());
  const write = useWrite('post', '/api/v1/staff/{id}/absences/end', { stale });
  const go = async () => {
    if (!last || !absence.from || !(await write.run({ params: { path: { id: staff.id } }, body: { from: absence.from, last, version: staff.version } }))) return;
    say.done(t('ended'));
    close();
  };
  return (
    <Modal open title={t('endTitle')} okText={t('endAbsence')} cancelText={t('cancel')} okButtonProps={{ disabled: !last, loading: write.pending }} onOk={() => void go()} onCancel={close}>
      <div className="hf-stack">
        <Field label={t('last')} hint={t('endHint')}><DatePicker value={last ? dayjs(last) : null} onChange={(at) => setLast(at?.format('YYYY-MM-DD'))} /></Field>
        <WriteFailed error={write.failed} />
      </div>
    </Modal>
  );
}
