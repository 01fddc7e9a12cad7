import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { read, useMay, useWrite, type Schema } from '@/api';
import { Dialog, Empty, FilterBar, Link, Loaded, Page, Section, Tag, useFilters, useFormat, useInLang, useQueryState, useSay, type Filter } from '@/ui';
import './recurrence.css';
import { useText } from './texts';

type Recurrence = Schema<'Recurrence'>;

export default function RecurrenceList() {
  const t = useText();
  const format = useFormat();
  const say = useSay();
  const may = useMay();
  const [query] = useQueryState();
  const filters: Filter[] = [{ key: 'month', label: t('month'), kind: 'month', width: 140 }, { key: 'open', label: t('undecided'), kind: 'flag' }];
  const set = useFilters(filters);
  const month = set['month'] ?? format.today().slice(0, 7);
  const open = set['open'] === 'true';
  const found = useQuery(read('/api/v1/recurrences', { params: { query: { month, ...(open && { open: true }), ...(query['unit'] && { unit: [query['unit']] }) } } }));
  const [deciding, decide] = useState<Recurrence>();
  const check = useWrite('post', '/api/v1/recurrences/detect', { stale: ['/api/v1/recurrences'] });
  const detect = async () => {
    const done = await check.run({ body: { month } });
    if (done) say.done(done.flagged > 0 ? t('detected', { count: done.flagged }) : t('detectedNone'));
  };
  return (
    <Page intro={format.month(month)} actions={may('recurrence.decide') && <Button loading={check.pending} onClick={() => void detect()}>{t('detect')}</Button>}>
      <FilterBar filters={filters} />
      <Loaded query={found} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Section><Empty title={open ? t('emptyOpen') : t('empty', { month: format.month(month) })}>{t('emptyText')}</Empty></Section>
          ) : (
            items.map((r) => <One key={r.id} of={r} decide={may('recurrence.decide') ? () => decide(r) : undefined} />)
          )
        }
      </Loaded>
      {deciding && <Decide of={deciding} close={() => decide(undefined)} />}
    </Page>
  );
}

function One({ of, decide }: { of: Recurrence; decide: (() => void) | undefined }) {
  const t = useText();
  const inLang = useInLang();
  const subject = of.kind === 'asset' ? `/assets/${of.subject}` : `/contacts/${of.subject}`;
  return (
    <Section>
      <div className="hf-recurrence">
        <strong className="hf-recurrence-count">{t('times', { count: of.count })}</strong>
        <div>
          <div className="hf-recurrence-what"><Link to={subject}>{of.subject_name || of.subject}</Link> · {of.matter}</div>
          <div className="hf-quiet">{[inLang(of.rule_name), of.unit_name].filter(Boolean).join(' · ')}</div>
          {of.opinion && <p>{of.opinion}</p>}
        </div>
        <div className="hf-row">
          {of.decision ? <Tag shade={of.decision === 'major' ? 'bad' : 'good'}>{t(of.decision)}</Tag> : <Tag shade="warn">{t('waiting')}</Tag>}
          {of.case && <Link to={`/cases/${of.case}`}>{of.case_number || t('case')}</Link>}
          {!of.decision && decide && <Button type="primary" size="small" onClick={decide}>{t('decide')}</Button>}
        </div>
      </div>
    </Section>
  );
}

interface Fields {
  decision: 'major' | 'normal';
  opinion: string;
}

function Decide({ of, close }: { of: Recurrence; close: () => void }) {
  const t = useText();
  const say = useSay();
  const write = useWrite('post', '/api/v1/recurrences/{id}/decide', { stale: ['/api/v1/recurrences', '/api/v1/cases'] });
  const submit = async (fields: Fields) => {
    const done = await write.run({ params: { path: { id: of.id } }, body: { ...fields, version: of.version } });
    if (done) say.done(done.case ? t('doneCase', { number: done.case.number }) : t('done'));
    return done;
  };
  return (
    <Dialog<Fields> open close={close} title={t('decideTitle')} ok={t('decide')} submit={submit} pending={write.pending} failed={write.failed}>
      <p>{of.subject_name} · {of.matter} · {t('times', { count: of.count })}</p>
      <Form.Item name="decision" label={t('decision')} rules={[{ required: true, message: t('required') }]}>
        <Radio.Group className="hf-choices">
          {(['major', 'normal'] as const).map((value) => (
            <Radio key={value} value={value}>{t(value)} <span className="hf-quiet">{value === 'major' ? t('majorHint') : t('normalHint')}</span></Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="opinion" label={t('opinion')} rules={[{ required: true, message: t('required') }]}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} /></Form.Item>
    </Dialog>
  );
}
