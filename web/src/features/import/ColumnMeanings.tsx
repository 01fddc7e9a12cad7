import { Select, Tabs } from 'antd';
import type { Schema } from '@/api';
import { Section, useInLang } from '@/ui';
import { useFields } from './fields';
import { useText } from './texts';

type SheetLayout = Schema<'SheetLayout'>;

/** Which column is read as what; each can be changed. */
export function ColumnMeanings({ preview, columns, change }: { preview: Schema<'ImportPreview'>; columns: Record<string, string>; change: (columns: Record<string, string>) => void }) {
  const t = useText();
  const data = preview.sheets.filter((s) => s.data);
  const rest = preview.sheets.filter((s) => !s.data);
  const pick = useInLang();
  const shown = [...data, ...rest];
  if (shown.length === 0) return null;
  const bodyOf = (s: SheetLayout) => (s.data || s.columns.length > 0 ? <Columns layout={s} columns={columns} change={change} /> : <p className="hf-quiet">{pick(s.reason)}</p>);
  return (
    <Section title={t('columns')}>
      {shown.length === 1 && shown[0] ? bodyOf(shown[0]) : <Tabs items={shown.map((s) => ({ key: s.sheet, label: s.data ? s.sheet : `${s.sheet} (${t('notData')})`, children: bodyOf(s) }))} />}
    </Section>
  );
}

function Columns({ layout, columns, change }: { layout: SheetLayout; columns: Record<string, string>; change: (columns: Record<string, string>) => void }) {
  const t = useText();
  const pick = useInLang();
  const { groups } = useFields();
  const options = [{ value: '', label: t('notRead') }, ...groups];
  return (
    <>
      {layout.reason && <p className="hf-quiet">{pick(layout.reason)}</p>}
      {layout.header !== undefined && layout.header > 1 && <p className="hf-quiet">{t('header', { row: layout.header })}</p>}
      {layout.missing.length > 0 && <p className="hf-quiet">{t('missing', { columns: layout.missing.join(', ') })}</p>}
      <div className="hf-scroll" tabIndex={0} role="region" aria-label={t('columns')}>
        <table className="hf-columns">
          <thead><tr><th scope="col">{t('column')}</th><th scope="col">{t('samples')}</th><th scope="col">{t('field')}</th></tr></thead>
          <tbody>
            {layout.columns.map((c, i) => (
              <tr key={`${c.name}.${i}`}>
                <th scope="row">{c.name}</th>
                <td className="hf-samples">{c.samples.slice(0, 3).join(' · ')}</td>
                <td>
                  <Select aria-label={`${c.name}: ${t('field')}`} showSearch={{ optionFilterProp: 'label' }} value={columns[c.name] ?? c.field ?? ''} options={options} onChange={(field: string) => change({ ...columns, [c.name]: field })} popupMatchSelectWidth={260} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
