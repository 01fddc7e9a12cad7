import type { Schema } from '@/api';
import { Section, Tag, useFormat, useInLang } from '@/ui';
import { useFields } from './fields';
import { useText } from './texts';

type ImportPreview = Schema<'ImportPreview'>;

/** The first rows as they were understood, and those that would be rejected. */
export function Rows({ preview }: { preview: ImportPreview }) {
  const t = useText();
  const pick = useInLang();
  const format = useFormat();
  const { typeName } = useFields();
  return (
    <>
      {preview.refused.length > 0 && (
        <Section title={t('refused')}>
          <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('refused')}>
            <table className="hf-rows">
              <thead><tr><th scope="col">{t('line')}</th><th scope="col">{t('why')}</th><th scope="col">{t('contact')}</th><th scope="col">{t('matter')}</th></tr></thead>
              <tbody>{preview.refused.map((r, i) => <tr key={i}><td>{[r.sheet, r.line].filter(Boolean).join(' ')}</td><td>{pick(r.text)}</td><td>{[r.contact, r.asset].filter(Boolean).join(' · ')}</td><td>{r.matter}</td></tr>)}</tbody>
            </table>
          </div>
        </Section>
      )}
      {preview.first.length > 0 && (
        <Section title={t('first')}>
          <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('first')}>
            <table className="hf-rows">
              <thead><tr>{(['line', 'type', 'at', 'contact', 'asset', 'where', 'department', 'matter', 'warnings'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
              <tbody>
                {preview.first.map((r, i) => (
                  <tr key={i}><td>{r.line}</td><td>{typeName(r.type)}</td><td>{r.at ? format.dateTime(r.at) : ''}</td><td>{r.contact}</td><td>{r.asset}</td><td>{r.unit}</td><td>{r.department}</td><td>{r.matter}</td><td>{r.warnings.map((w, j) => <Tag key={j} shade="warn">{pick(w)}</Tag>)}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      )}
    </>
  );
}

/** What a person should look at before importing. */
export function Notes({ preview: p }: { preview: ImportPreview }) {
  const t = useText();
  const pick = useInLang();
  const format = useFormat();
  const { typeName } = useFields();
  const types = Object.entries(p.types).sort(([, a], [, b]) => b - a);
  const lines = [
    ...p.notes.map((n) => pick(n)),
    ...(p.units.length > 0 ? [`${t('unknownUnits')}: ${format.list(p.units)}`] : []),
    ...(p.staff.length > 0 ? [`${t('unknownStaff')}: ${format.list(p.staff)}`] : []),
  ].filter(Boolean);
  return (
    <>
      {lines.length > 0 && <ul className="hf-notes">{lines.map((line, i) => <li key={i}>{line}</li>)}</ul>}
      {(types.length > 1 || p.months.length > 1) && (
        <Section>
          {types.length > 0 && <p className="hf-chips"><span className="hf-quiet">{t('byType')}</span>{types.map(([type, n]) => <span key={type}>{typeName(type)} <strong>{format.number(n)}</strong></span>)}</p>}
          {p.months.length > 1 && <p className="hf-chips"><span className="hf-quiet">{t('months')}</span>{p.months.slice(-12).map((m) => <span key={m.month}>{format.month(m.month)} <strong>{format.number(Object.values(m.types).reduce((a, b) => a + b, 0))}</strong></span>)}</p>}
        </Section>
      )}
    </>
  );
}
