import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { faultsByField, useWrite, type Schema } from '@/api';
import { Field, Section, useLang, useSay, WriteFailed } from '@/ui';
import { useText } from './texts';

type Organization = Schema<'Organization'>;

const stale = ['/api/v1/organization', '/api/v1/session', '/api/v1/audit'];

/** How customers are called, reached and left in peace. */
export function Ways({ organization: o }: { organization: Organization }) {
  const t = useText();
  const say = useSay();
  const lang = useLang();
  const [telephone, setTelephone] = useState(o.settings.telephone ?? '');
  const [address, setAddress] = useState(o.settings.address ?? '');
  const [days, setDays] = useState<number | null>(o.settings.survey_days ?? null);
  const [quiet, setQuiet] = useState(o.quiet);
  const save = useWrite('put', '/api/v1/organization', { stale });
  const hours = useWrite('put', '/api/v1/organization/quiet', { stale });
  const errors = { ...(save.failed && faultsByField(save.failed, lang)), ...(hours.failed && faultsByField(hours.failed, lang)) };
  const go = async () => {
    if (quiet !== o.quiet && !(await hours.run({ body: { quiet } }))) return;
    const settings = { calendar: o.settings.calendar, ...(telephone.trim() && { telephone: telephone.trim() }), ...(address.trim() && { address: address.trim() }), ...(days && { survey_days: days }) };
    if (await save.run({ body: { name: o.name, zone: o.zone, lang: o.lang, settings } })) say.done(t('saved'));
  };
  return (
    <Section title={t('ways')}>
      <div className="hf-inputs">
        <Field label={t('telephone')} error={errors['settings.telephone']} hint={t('telephoneHint')} optional><Input maxLength={500} placeholder="tel:{phone}" value={telephone} onChange={(e) => setTelephone(e.target.value)} /></Field>
        <Field label={t('quiet')} error={errors.quiet} hint={t('quietHint')}><Input maxLength={20} placeholder="21:00-08:00" value={quiet} onChange={(e) => setQuiet(e.target.value)} /></Field>
        <Field label={t('address')} error={errors['settings.address']} hint={t('addressHint')} optional><Input maxLength={200} placeholder="https://hf.example.com" value={address} onChange={(e) => setAddress(e.target.value)} /></Field>
        <Field label={t('surveyDays')} error={errors['settings.survey_days']} hint={t('surveyDaysHint')} optional><InputNumber min={1} max={365} precision={0} value={days} onChange={setDays} style={{ width: '100%' }} /></Field>
      </div>
      <div className="hf-actions hf-form-part"><Button type="primary" loading={save.pending || hours.pending} onClick={() => void go()}>{t('save')}</Button><WriteFailed error={save.failed ?? hours.failed} /></div>
    </Section>
  );
}
