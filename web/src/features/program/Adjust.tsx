import { Button, Drawer, Input, InputNumber, Select, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { faultsByField, useWrite, type Schema } from '@/api';
import { Field, UnitPick, useInLang, useLang, usePhone, useSay, useWorkWords, WriteFailed } from '@/ui';
import { useSentences } from './sentence';
import { staleAfter } from './Settings';
import { useText } from './texts';

type Program = Schema<'Program'>;
type Setting = Schema<'ProgramSetting'>;
type Override = Schema<'Override'>;
type StepOverride = Schema<'StepOverride'>;

/** Leaves out what is not adjusted. */
function tidy<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, v]) => v !== undefined && v !== null && v !== '' && !(Array.isArray(v) && v.length === 0))) as T;
}

function tidyAll(o: Override): Override {
  const steps = Object.fromEntries(Object.entries(o.steps ?? {}).map(([code, s]) => [code, tidy(s)] as const).filter(([, s]) => Object.keys(s).length > 0));
  return tidy({ ...o, steps: Object.keys(steps).length > 0 ? steps : undefined } as Override);
}

/** Numbers and people, for the organization or one unit, beside those in force. */
export function Adjust({ program: p, setting, close }: { program: Program; setting?: Setting; close: () => void }) {
  const t = useText();
  const lang = useLang();
  const pick = useInLang();
  const say = useSay();
  const phone = usePhone();
  const words = useSentences();
  const work = useWorkWords();
  const [unit, setUnit] = useState(setting?.unit);
  const existing = setting ?? p.settings.find((s) => (s.unit ?? '') === (unit ?? ''));
  const [draft, setDraft] = useState<Override>(setting?.override ?? {});
  const [active, setActive] = useState(setting?.active ?? true);
  const write = useWrite('put', '/api/v1/programs/{code}/settings', { stale: staleAfter });
  const errors = write.failed ? faultsByField(write.failed, lang) : {};
  const put = (change: Partial<Override>) => setDraft((now) => ({ ...now, ...change }));
  const putStep = (code: string, change: Partial<StepOverride>) => put({ steps: { ...draft.steps, [code]: { ...draft.steps?.[code], ...change } } });
  const choose = (id: string | undefined) => {
    setUnit(id);
    const kept = p.settings.find((s) => (s.unit ?? '') === (id ?? ''));
    setDraft(kept?.override ?? {});
    setActive(kept?.active ?? true);
  };
  const save = async () => {
    const body = { ...(unit && { unit }), active, override: tidyAll(draft), ...(existing?.version !== undefined && { version: existing.version }) };
    if (!(await write.run({ params: { path: { code: p.code } }, body }))) return;
    say.done(t('saved'));
    close();
  };
  const row = (label: string, inForce: ReactNode, input: ReactNode, key: string) => (
    <tr key={key}>
      <th scope="row">{label}</th>
      <td className="hf-quiet">{inForce}</td>
      <td>{input}{errors[key] && <p className="hf-input-error">{errors[key]}</p>}</td>
    </tr>
  );
  const text = (label: string, value: string | undefined, set: (v: string | undefined) => void) => <Input aria-label={label} placeholder={t('inherit')} allowClear value={value ?? ''} onChange={(e) => set(e.target.value.trim() || undefined)} />;
  const number = (label: string, value: number | undefined, max: number, set: (v: number | undefined) => void) => <InputNumber aria-label={label} placeholder={t('inherit')} min={0} max={max} value={value ?? null} onChange={(v) => set(v ?? undefined)} />;
  const resolvers = ['steward', 'owner', 'head', 'department_head', 'event_staff'].map((r) => ({ value: r, label: words.resolver(r) }));
  const assign = (label: string, value: string[] | undefined, set: (v: string[]) => void) => <Select aria-label={label} mode="tags" placeholder={t('inherit')} value={value ?? []} options={resolvers} onChange={set} />;
  return (
    <Drawer
      open
      size={phone ? '100%' : 720}
      title={`${pick(p.name)} · ${t('settings')}`}
      onClose={close}
      extra={<Button onClick={close}>{t('cancel')}</Button>}
      footer={<div className="hf-actions"><Button type="primary" loading={write.pending} onClick={() => void save()}>{t('save')}</Button><WriteFailed error={write.failed} /></div>}
    >
      <div className="hf-stack">
        <Field label={t('unit')}><UnitPick value={unit} placeholder={t('forOrganization')} onChange={setting ? () => undefined : choose} allowClear={!setting} /></Field>
        <Field label={t('active')} hint={t('activeHint')}><Switch checked={active} onChange={setActive} style={{ justifySelf: 'start' }} /></Field>
        <p className="hf-quiet">{t('spanHint')} · {t('assignHint')}</p>
        <table className="hf-adjust">
          <thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('packValue')}</th><th scope="col">{t('ownValue')}</th></tr></thead>
          <tbody>
            {row(t('target'), t('percent', { n: p.target }), number(t('target'), draft.target, 100, (target) => put({ target })), 'override.target')}
            {row(t('review'), t('percent', { n: p.review }), number(t('review'), draft.review, 100, (review) => put({ review })), 'override.review')}
            {row(t('tries'), t('times', { n: p.tries }), number(t('tries'), draft.tries, 50, (tries) => put({ tries })), 'override.tries')}
            {row(t('every'), words.span(p.every), text(t('every'), draft.every, (every) => put({ every })), 'override.every')}
            {row(t('channels'), words.channels(p.channels), <Select aria-label={t('channels')} mode="multiple" placeholder={t('inherit')} value={draft.channels ?? []} options={work.channels} onChange={(channels) => put({ channels })} />, 'override.channels')}
            {row(t('assign'), words.who(p.assign), assign(t('assign'), draft.assign, (to) => put({ assign: to })), 'override.assign')}
            {p.steps.flatMap((s) => {
              const o = draft.steps?.[s.code];
              const of = (label: string) => `${pick(s.name)}: ${label}`;
              return [
                <tr key={s.code} className="hf-adjust-step"><th scope="colgroup" colSpan={3}>{t('stepOf', { name: pick(s.name) })}</th></tr>,
                row(t('opens'), words.span(s.opens), text(of(t('opens')), o?.opens, (opens) => putStep(s.code, { opens })), `override.steps.${s.code}.opens`),
                row(t('closes'), words.span(s.closes), text(of(t('closes')), o?.closes, (closes) => putStep(s.code, { closes })), `override.steps.${s.code}.closes`),
                row(t('hoursFrom'), s.from ?? '', text(of(t('hoursFrom')), o?.from, (from) => putStep(s.code, { from })), `override.steps.${s.code}.from`),
                row(t('hoursUntil'), s.until ?? '', text(of(t('hoursUntil')), o?.until, (until) => putStep(s.code, { until })), `override.steps.${s.code}.until`),
                row(t('assign'), s.assign.length > 0 ? words.who(s.assign) : '', assign(of(t('assign')), o?.assign, (to) => putStep(s.code, { assign: to })), `override.steps.${s.code}.assign`),
              ];
            })}
          </tbody>
        </table>
      </div>
    </Drawer>
  );
}
