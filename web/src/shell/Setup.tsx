import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Steps } from 'antd';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { door, faultsByField, read, useWrite, type Schema } from '@/api';
import { Loaded, Section, useInLang, useLang, WriteFailed } from '@/ui';
import { LanguageSwitch } from './Login';
import { useText } from './texts';

type Pack = Schema<'Pack'>;
type First = Schema<'FirstOrganization'>;

/** The first run on an empty database: an organization, its trade, its administrator. */
export default function Setup() {
  const t = useText();
  const [code, setCode] = useState(new URLSearchParams(window.location.search).get('code') ?? '');
  useEffect(() => {
    document.title = `${t('setup.title')} · 回访 Huifang`;
  }, [t]);
  return (
    <main className="hf-setup">
      <header>
        <img src="/icon.svg" alt="" width={36} height={36} />
        <div className="hf-grow">
          <h1>{t('setup.title')}</h1>
          <p className="hf-quiet">{t('setup.intro')}</p>
        </div>
        <LanguageSwitch />
      </header>
      {code ? <Wizard code={code} /> : <CodeForm done={setCode} />}
    </main>
  );
}

function CodeForm({ done }: { done: (code: string) => void }) {
  const t = useText();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) done(code.trim());
  };
  return (
    <Section title={t('setup.codeTitle')}>
      <form className="hf-stack" onSubmit={submit}>
        <p>{t('setup.codeText')}</p>
        <Field id="code" label={t('setup.code')}><Input id="code" value={code} onChange={(e) => setCode(e.target.value)} autoFocus /></Field>
        <div><Button type="primary" htmlType="submit">{t('setup.next')}</Button></div>
      </form>
    </Section>
  );
}

function Wizard({ code }: { code: string }) {
  const asked = useQuery(read('/api/v1/setup', { params: { query: { code } } }));
  return <Loaded query={asked}>{({ packs }) => <Questions code={code} packs={packs} />}</Loaded>;
}

/** A code from a name: 青禾物业 has none, Qinghe Property is qinghe-property. */
function codeOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 32);
}

const zones = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'Europe/London', 'America/New_York'];

/** The zone of this browser; China's where it says UTC, which nobody lives in. */
function homeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone && zone !== 'UTC' ? zone : 'Asia/Shanghai';
}

type Draft = Omit<First, 'setup' | 'bearer' | 'name'> & { name: string; repeat: string };
type Field = keyof Draft;

/** Which answers each step asks for. */
const asks: Field[][] = [['packs'], ['name', 'organization', 'unit', 'zone'], ['person', 'login', 'password', 'repeat']];

function Questions({ code, packs }: { code: string; packs: Pack[] }) {
  const t = useText();
  const lang = useLang();
  const cache = useQueryClient();
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<Draft>({ name: '', organization: '', unit: '', zone: homeZone(), lang, packs: [], person: '', login: 'admin', password: '', repeat: '' });
  const make = useWrite('post', '/api/v1/setup');
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });

  const wrong: Partial<Record<Field, string>> = { ...faultsByField(make.failed, lang) };
  if (draft.packs.length === 0) wrong.packs ??= t('setup.pickOne');
  for (const field of ['name', 'organization', 'login', 'password'] as const) if (!draft[field]?.trim()) wrong[field] ??= t('setup.missing');
  if (draft.organization && !/^[a-z0-9][a-z0-9-]{1,31}$/.test(draft.organization)) wrong.organization ??= t('setup.codeRule');
  if (draft.repeat !== draft.password) wrong.repeat = t('password.differ');
  const here = asks[step]?.some((field) => wrong[field]) ?? false;

  const next = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (here && !make.failed) return;
    setTried(false);
    if (step < asks.length - 1) return setStep(step + 1);
    const { repeat: _, name, ...rest } = draft;
    const got = await make.run({ body: { ...rest, lang, setup: code, name: lang === 'zh' ? { zh: name, en: '' } : { zh: name, en: name } } });
    if (!got) return setTried(true);
    window.history.replaceState(null, '', '/start');
    door.set('open');
    cache.setQueryData(read('/api/v1/session').queryKey, got.me);
  };
  const fault = (field: Field) => (tried ? wrong[field] : undefined);
  const text = (field: Exclude<Field, 'packs' | 'lang'>, more?: { hint?: string; secret?: boolean; complete?: string }) => (
    <Field id={field} label={t(`setup.${field}`)} hint={more?.hint} fault={fault(field)}>
      {more?.secret
        ? <Input.Password id={field} autoComplete="new-password" value={draft[field]} onChange={(e) => set({ [field]: e.target.value })} />
        : <Input id={field} autoComplete={more?.complete ?? 'off'} value={draft[field]} onChange={(e) => set({ [field]: e.target.value, ...(field === 'name' && (!draft.organization || draft.organization === codeOf(draft.name)) ? { organization: codeOf(e.target.value) } : {}) })} />}
    </Field>
  );
  return (
    <form className="hf-stack" onSubmit={(e) => void next(e)} noValidate>
      <Steps size="small" current={step} items={[{ title: t('setup.steps.trade') }, { title: t('setup.steps.organization') }, { title: t('setup.steps.person') }]} />
      <Section>
        <div className="hf-setup-fields">
          {step === 0 && <Trades packs={packs} chosen={draft.packs} choose={(chosen) => set({ packs: chosen })} fault={fault('packs')} />}
          {step === 1 && (
            <>
              {text('name', { hint: t('setup.nameHint'), complete: 'organization' })}
              {text('organization', { hint: t('setup.codeRule') })}
              {text('unit', { hint: t('setup.unitHint') })}
              <Field id="zone" label={t('setup.zone')} fault={fault('zone')}>
                <Input id="zone" list="zones" value={draft.zone} onChange={(e) => set({ zone: e.target.value })} />
                <datalist id="zones">{zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
              </Field>
            </>
          )}
          {step === 2 && (
            <>
              {text('person', { complete: 'name' })}
              {text('login', { complete: 'username' })}
              {text('password', { secret: true, hint: t('password.rule') })}
              {text('repeat', { secret: true })}
            </>
          )}
        </div>
      </Section>
      <WriteFailed error={make.failed} />
      <div className="hf-row">
        {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('setup.before')}</Button>}
        <span className="hf-grow" />
        <Button type="primary" htmlType="submit" loading={make.pending}>{step < asks.length - 1 ? t('setup.next') : t('setup.make')}</Button>
      </div>
    </form>
  );
}

function Trades({ packs, chosen, choose, fault }: { packs: Pack[]; chosen: string[]; choose: (codes: string[]) => void; fault?: string | undefined }) {
  const t = useText();
  const inLang = useInLang();
  return (
    <fieldset className="hf-trades">
      <legend>{t('setup.trade')}</legend>
      <p className="hf-quiet">{t('setup.tradeHint')}</p>
      {packs.map((pack) => (
        <label key={pack.code} className={chosen.includes(pack.code) ? 'hf-trade hf-trade-chosen' : 'hf-trade'}>
          <input type="radio" name="trade" checked={chosen.includes(pack.code)} onChange={() => choose([pack.code])} />
          <span>
            <strong>{inLang(pack.name)}</strong>
            <span className="hf-quiet">{inLang(pack.description)}</span>
          </span>
        </label>
      ))}
      {fault && <p className="hf-fault" role="alert">{fault}</p>}
    </fieldset>
  );
}

function Field({ id, label, hint, fault, children }: { id: string; label: string; hint?: string | undefined; fault?: string | undefined; children: ReactNode }) {
  return (
    <div className="hf-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && <span className="hf-quiet hf-small">{hint}</span>}
      {fault && <span className="hf-fault" role="alert">{fault}</span>}
    </div>
  );
}
