import { Button } from 'antd';
import { useState } from 'react';
import { useMay, useWrite, type Schema } from '@/api';
import { Section, Tag, useInLang, useSay, useUnits, useWorkWords, WriteFailed } from '@/ui';
import { Adjust } from './Adjust';
import { useSentences } from './sentence';
import { useText } from './texts';

type Program = Schema<'Program'>;
type Setting = Schema<'ProgramSetting'>;

export const staleAfter = ['/api/v1/programs', '/api/v1/followups'];

/** What the organization and its units do otherwise than the pack. */
export function Settings({ program: p }: { program: Program }) {
  const t = useText();
  const may = useMay();
  const say = useSay();
  const units = useUnits();
  const [editing, setEditing] = useState<{ setting?: Setting }>();
  const write = useWrite('put', '/api/v1/programs/{code}/settings', { stale: staleAfter });
  const manage = may('program.manage');
  const nameOf = (s: Setting) => (s.unit ? units.name(s.unit) : t('forOrganization'));
  const told = (s: Setting) => !s.active || Object.keys(s.override).length > 0;
  const reset = async (s: Setting) => {
    if (!(await say.ask({ title: t('resetAsk', { name: nameOf(s) }), ok: t('reset') }))) return;
    const body = { ...(s.unit && { unit: s.unit }), active: true, override: {}, ...(s.version !== undefined && { version: s.version }) };
    if (await write.run({ params: { path: { code: p.code } }, body })) say.done(t('resetDone'));
  };
  return (
    <Section title={t('settings')} extra={manage && <Button size="small" onClick={() => setEditing({})}>{t('add')}</Button>}>
      <p className="hf-quiet">{t('settingsHint')}</p>
      <WriteFailed error={write.failed} />
      {p.settings.filter(told).length === 0 ? <p>{t('noSettings')}</p> : (
        <table className="hf-settings">
          <tbody>
            {p.settings.filter(told).map((s) => (
              <tr key={s.unit ?? ''}>
                <th scope="row">{nameOf(s)} {!s.active && <Tag shade="warn">{t('off')}</Tag>}</th>
                <td><Told setting={s} program={p} /></td>
                {manage && <td><span className="hf-row"><Button size="small" type="link" onClick={() => setEditing({ setting: s })}>{t('edit')}</Button><Button size="small" type="link" onClick={() => void reset(s)}>{t('reset')}</Button></span></td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {editing && <Adjust program={p} {...(editing.setting && { setting: editing.setting })} close={() => setEditing(undefined)} />}
    </Section>
  );
}

/** What a setting changes, in words. */
function Told({ setting: s, program: p }: { setting: Setting; program: Program }) {
  const t = useText();
  const pick = useInLang();
  const work = useWorkWords();
  const say = useSentences();
  const o = s.override;
  const lines = [
    o.target !== undefined && `${t('target')} ${t('percent', { n: o.target })}`,
    o.review !== undefined && `${t('review')} ${t('percent', { n: o.review })}`,
    o.tries !== undefined && `${t('tries')} ${t('times', { n: o.tries })}`,
    o.every && `${t('every')} ${say.span(o.every)}`,
    o.channels && o.channels.length > 0 && `${t('channels')} ${o.channels.map(work.channel).join(', ')}`,
    o.assign && o.assign.length > 0 && `${t('assign')} ${o.assign.map(say.resolver).join(' + ')}`,
    ...Object.entries(o.steps ?? {}).map(([code, step]) => {
      const parts = [step.opens && `${t('opens')} ${say.span(step.opens)}`, step.closes && `${t('closes')} ${say.span(step.closes)}`, step.from && `${t('hoursFrom')} ${step.from}`, step.until && `${t('hoursUntil')} ${step.until}`, step.assign && step.assign.length > 0 && `${t('assign')} ${step.assign.map(say.resolver).join(' + ')}`];
      return `${pick(p.steps.find((one) => one.code === code)?.name) || code}: ${parts.filter(Boolean).join(', ')}`;
    }),
  ].filter(Boolean);
  return <ul className="hf-plain">{lines.map((line, i) => <li key={i}>{line}</li>)}</ul>;
}
