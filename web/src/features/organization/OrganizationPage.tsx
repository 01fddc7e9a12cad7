import { Button, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { faultsByField, read, useMay, useWrite, type Schema } from '@/api';
import { Conflict, Facts, Field, Link, Loaded, Page, Section, useDraft, useFormat, useInLang, useLang, useSay, WriteFailed } from '@/ui';
import { Days } from './Days';
import './organization.css';
import { useText } from './texts';
import { Ways } from './Ways';

type Organization = Schema<'Organization'>;

export default function OrganizationPage() {
  const t = useText();
  const found = useQuery(read('/api/v1/organization'));
  return <Page wide={false} title={t('title')}><Loaded query={found} rows={6}>{(o) => <Edit key={o.version} organization={o} />}</Loaded></Page>;
}

function Edit({ organization }: { organization: Organization }) {
  const t = useText();
  const lang = useLang();
  const pick = useInLang();
  const say = useSay();
  const may = useMay();
  const format = useFormat();
  const { draft, put } = useDraft(organization);
  const write = useWrite('put', '/api/v1/organization', { stale: ['/api/v1/organization', '/api/v1/session', '/api/v1/audit'] });
  const conflict = write.failed?.current<Organization>();
  const errors = write.failed && !conflict ? faultsByField(write.failed, lang) : {};
  const save = async (version: number) => {
    if (await write.run({ body: { name: { zh: draft.name.zh || draft.name.en, en: draft.name.en || draft.name.zh }, zone: draft.zone, lang: draft.lang, version } })) say.done(t('saved'));
  };
  const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return (
    <>
      <Section title={t('basics')}>
        <div className="hf-inputs">
          <Field label={t('name')} error={errors['name.zh'] ?? errors.name}><Input maxLength={200} value={draft.name.zh} onChange={(e) => put({ name: { ...draft.name, zh: e.target.value } })} /></Field>
          <Field label={t('nameEn')} optional><Input maxLength={200} value={draft.name.en} onChange={(e) => put({ name: { ...draft.name, en: e.target.value } })} /></Field>
          <Field label={t('zone')} error={errors.zone} hint={t('zoneHint')}><Select showSearch value={draft.zone} options={[...new Set([draft.zone, ...zones])].map((z) => ({ value: z, label: z }))} onChange={(zone: string) => put({ zone })} /></Field>
          <Field label={t('lang')}><Select value={draft.lang} options={[{ value: 'zh' as const, label: t('zh') }, { value: 'en' as const, label: t('en') }]} onChange={(l) => put({ lang: l })} /></Field>
          <Field label={t('code')} hint={t('codeHint')}><Input disabled value={draft.code} /></Field>
        </div>
        <div className="hf-actions hf-form-part"><Button type="primary" loading={write.pending} onClick={() => void save(draft.version)}>{t('save')}</Button><WriteFailed error={conflict ? undefined : write.failed} /></div>
      </Section>
      <Ways key={`ways-${organization.version}`} organization={organization} />
      <Days organization={organization} />
      <Section>
        <Facts items={[{ label: t('packs'), value: <span className="hf-row">{organization.packs.join(', ')}{may('program.manage') && <Link to="/settings/packs">{t('toPacks')}</Link>}</span> }, { label: t('created'), value: format.date(organization.created) }]} />
      </Section>
      <Conflict error={write.failed} mine={draft} close={() => write.reset()} takeTheirs={() => write.reset()} keepMine={(version) => { write.reset(); void save(version); }} fields={[{ label: t('name'), value: (o) => pick(o.name) }, { label: t('zone'), value: (o) => o.zone }, { label: t('lang'), value: (o) => t(o.lang) }]} />
    </>
  );
}
