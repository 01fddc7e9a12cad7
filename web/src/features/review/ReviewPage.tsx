import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { read, useStale, useWrite, type Schema } from '@/api';
import { Empty, FormAnswers, Link, LoadedPage, Page, Section, Tag, useFormat, useGo, useInLang, useParam, useSay, useUnits, VerdictTag, WriteFailed, type FormDefinition } from '@/ui';
import { Background } from './Background';
import './review.css';
import { useQueueFilters } from './ReviewQueue';
import { useText } from './texts';

type Detail = Schema<'FollowupDetail'>;
type Decision = Schema<'ReviewChange'>['decision'];
const decisions: Decision[] = ['qualified', 'unqualified', 'redo'];

export default function ReviewPage() {
  const id = useParam('id');
  const found = useQuery(read('/api/v1/followups/{id}', { params: { path: { id } } }));
  const t = useText();
  return <LoadedPage query={found} up={{ to: '/reviews', label: t('title') }}>{(of) => <Shown key={of.id} of={of} />}</LoadedPage>;
}

function Shown({ of }: { of: Detail }) {
  const t = useText();
  const inLang = useInLang();
  const { search } = useQueueFilters();
  const waits = of.review === 'pending' && of.may.review;
  return (
    <Page
      up={{ to: `/reviews${search && `?${search}`}`, label: t('title') }}
      title={of.contact_name ?? of.number}
      name={of.number}
      aside={<VerdictTag verdict={of.verdict} />}
      intro={<><span className="hf-mono">{of.number}</span> · {inLang(of.program_name)} · {of.unit_name}</>}
      actions={<Link to={`/followups/${of.id}`}>{t('openFollowup')}</Link>}
    >
      <div className="hf-review">
        <div>
          <Records of={of} />
          {waits ? <Decide of={of} /> : <Section><p className="hf-quiet">{of.review === 'pending' ? t('own') : t('already')}</p></Section>}
        </div>
        <Background of={of} />
      </div>
    </Page>
  );
}

/** The record that counts, and those it replaced. */
function Records({ of }: { of: Detail }) {
  const t = useText();
  const replaced = new Set(of.records?.map((r) => r.corrects).filter(Boolean));
  const [record, ...before] = [...(of.records ?? [])].sort((a, b) => Number(replaced.has(a.id)) - Number(replaced.has(b.id)) || b.at.localeCompare(a.at));
  if (!record) return <Section title={t('record')}><Empty /></Section>;
  return (
    <>
      <Section title={t('record')} extra={record.score !== undefined && <span>{t('score')} <strong>{record.score}</strong></span>}><One of={of} record={record} /></Section>
      {before.map((r) => <Section key={r.id} title={t('before_record')} extra={<Tag>{t('corrected')}</Tag>}><One of={of} record={r} /></Section>)}
    </>
  );
}

function One({ of, record }: { of: Detail; record: Schema<'Record'> }) {
  const t = useText();
  const format = useFormat();
  const zone = useUnits().zone(of.unit);
  return (
    <>
      {of.form_definition && <FormAnswers definition={of.form_definition as FormDefinition} answers={record.answers ?? {}} />}
      <p className="hf-quiet hf-review-foot">
        {[of.names[record.staff ?? ''], format.dateTime(record.at, zone), ...(record.signatures ?? []).map((s) => t(s.by === 'customer' ? 'signedCustomer' : 'signedStaff', { name: s.name }))].filter(Boolean).join(' · ')}
      </p>
    </>
  );
}

function Decide({ of }: { of: Detail }) {
  const t = useText();
  const say = useSay();
  const go = useGo();
  const stale = useStale();
  const { asked, search } = useQueueFilters();
  const [decision, setDecision] = useState<Decision>('qualified');
  const [opinion, setOpinion] = useState('');
  const [closes, setCloses] = useState<Dayjs | null>(null);
  const [checked, setChecked] = useState(false);
  const write = useWrite('post', '/api/v1/followups/{id}/review', { stale: ['/api/v1/cases'] });
  const queue = useQuery(read('/api/v1/reviews', { params: { query: { ...asked, limit: 20 } as never } }));
  const rest = (queue.data?.items ?? []).filter((f) => f.id !== of.id);
  const missing = decision !== 'qualified' && opinion.trim() === '';

  const submit = async () => {
    setChecked(true);
    if (missing) return;
    const done = await write.run({ params: { path: { id: of.id } }, body: { decision, opinion: opinion.trim(), version: of.version, ...(decision === 'redo' && closes && { closes: closes.format('YYYY-MM-DD') }) } });
    if (!done) return;
    say.done(done.case ? t('doneCase', { number: done.case.number }) : t('done'));
    const next = rest[0];
    go(next ? `/reviews/${next.id}${search && `?${search}`}` : `/reviews${search && `?${search}`}`);
    void stale('/api/v1/reviews', '/api/v1/followups');
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return void submit();
      const on = event.target as HTMLElement;
      if (on.closest('input, textarea, [contenteditable]') || event.ctrlKey || event.metaKey || event.altKey) return;
      const picked = decisions[Number(event.key) - 1];
      if (picked) setDecision(picked);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  return (
    <Section title={t('decision')} extra={<span className="hf-quiet">{rest.length > 0 ? t('left', { count: rest.length, more: queue.data?.next ? '+' : '' }) : t('allDone')}</span>}>
      <Form layout="vertical" onFinish={() => void submit()}>
        <Form.Item>
          <Segmented<Decision> aria-label={t('decision')} block size="large" value={decision} onChange={setDecision} options={decisions.map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
        <Form.Item label={t('opinion')} htmlFor="opinion" validateStatus={checked && missing ? 'error' : ''} help={checked && missing ? t('opinionNeeded') : undefined}>
          <Input.TextArea id="opinion" value={opinion} onChange={(e) => setOpinion(e.target.value)} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
        </Form.Item>
        {decision === 'redo' && (
          <Form.Item label={t('closes')} htmlFor="closes"><DatePicker id="closes" value={closes} onChange={setCloses} minDate={dayjs()} style={{ width: 200 }} /></Form.Item>
        )}
        <WriteFailed error={write.failed} />
        <div className="hf-actions">
          <Button type="primary" htmlType="submit" loading={write.pending}>{t(rest.length > 0 ? 'submitNext' : 'submit')}</Button>
          <span className="hf-quiet hf-review-keys">{t('keys')}</span>
        </div>
      </Form>
    </Section>
  );
}
