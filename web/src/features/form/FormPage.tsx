import { Button, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, type Schema } from '@/api';
import { FormFill, LoadedPage, Page, Section, useInLang, useParam, useQueryState, type Answers } from '@/ui';
import { useText } from './texts';

type Definition = Schema<'FormDefinition'>;
type Condition = Schema<'FormCondition'>;
type Rule = Schema<'FormRule'>;

export default function FormPage() {
  const code = useParam('code');
  const t = useText();
  const [query, change] = useQueryState();
  const version = Number(query.version) || undefined;
  const found = useQuery(read('/api/v1/forms/{code}', { params: { path: { code }, query: { ...(version && { version }) } } }));
  const newest = useQuery(read('/api/v1/forms'));
  const last = newest.data?.items.find((f) => f.code === code)?.version ?? 1;
  return <LoadedPage query={found} up={{ to: '/settings/forms', label: t('title') }}>{(form) => <Shown key={`${code}.${form.version}`} definition={form.definition} version={form.version} last={Math.max(last, form.version)} choose={(n) => change({ version: n === last ? undefined : String(n) })} />}</LoadedPage>;
}

function Shown({ definition: d, version, last, choose }: { definition: Definition; version: number; last: number; choose: (version: number) => void }) {
  const t = useText();
  const pick = useInLang();
  const [answers, setAnswers] = useState<Answers>({});
  const versions = Array.from({ length: last }, (_, i) => ({ value: last - i, label: t('version', { n: last - i }) }));
  return (
    <Page
      up={{ to: '/settings/forms', label: t('title') }}
      title={pick(d.name)}
      intro={[pick(d.description), d.source && `${t('source')} ${d.source}`].filter(Boolean).join(' · ')}
      actions={last > 1 && <Select aria-label={t('versions')} value={version} options={versions} onChange={choose} />}
    >
      <div className="hf-split">
        <Section title={t('preview')} extra={<Button size="small" onClick={() => setAnswers({})}>{t('reset')}</Button>}>
          <p className="hf-quiet">{t('previewHint')}</p>
          <FormFill definition={d} answers={answers} onChange={setAnswers} />
        </Section>
        <Rules definition={d} />
      </div>
    </Page>
  );
}

/** What counts as satisfied, in words. */
function Rules({ definition: d }: { definition: Definition }) {
  const t = useText();
  const say = useRuleText(d);
  const parts = (['unqualified', 'dissatisfied', 'satisfied'] as const).filter((p) => d[p]?.length);
  if (parts.length === 0) return null;
  return (
    <Section title={t('rules')}>
      <div className="hf-stack">
        {parts.map((p) => <div key={p}><strong>{t(p)}</strong><ul className="hf-plain">{d[p]?.map((r, i) => <li key={i}>{say(r)}</li>)}</ul></div>)}
      </div>
    </Section>
  );
}

const ops = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'not_in', 'answered', 'unanswered'] as const;

function useRuleText(d: Definition): (rule: Rule) => string {
  const t = useText();
  const pick = useInLang();
  const condition = (c: Condition): string => {
    if (c.any?.length) return t('anyOf', { all: c.any.map(condition).join(t('or')) });
    const [code = '', row] = (c.item ?? '').split('.');
    const item = d.items.find((i) => i.code === code);
    const label = [pick(item?.label) || code, row && (pick(item?.rows?.find((r) => r.code === row)?.label) || row)].filter(Boolean).join(' · ');
    const value = (v: string) => pick(item?.options?.find((o) => o.code === v)?.label) || v;
    const op = c.op || (c.values?.length ? 'in' : 'eq');
    const known = ops.find((o) => o === op);
    const values = c.values?.length ? c.values.map(value).join(t('or')) : value(c.value ?? '');
    return t('is', { item: label, op: known ? t(`ops.${known}`) : t('ops.other', { op }), value: values });
  };
  return (r) => {
    const parts = [
      ...(r.when ?? []).map(condition),
      ...(r.at_least !== undefined ? [t('atLeast', { n: r.at_least })] : []),
      ...(r.below !== undefined ? [t('below', { n: r.below })] : []),
      ...(r.bands?.length ? [t('bands', { bands: r.bands.map((b) => pick(d.scoring?.bands?.find((one) => one.code === b)?.label) || b).join(t('or')) })] : []),
    ];
    return parts.join(t('and')) || t('always');
  };
}
