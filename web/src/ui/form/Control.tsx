import { Checkbox, DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useUiText } from '../own-texts';
import { useInLang } from '../texts';
import { Files, type FileStore } from './Files';
import { Grades } from './Grades';
import { Signature, type SignatureValue } from './Signature';
import type { Answers, FormItem } from './visible';

export interface ControlProps {
  id: string;
  item: FormItem;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled: boolean;
  files?: FileStore | undefined;
}

/** More options than these go into a list. */
const sideBySide = 6;

/** Whole numbers from lo to hi. */
const range = (lo: number, hi: number) => Array.from({ length: hi - lo + 1 }, (_, i) => lo + i);

/** What answers one item. */
export function Control(props: ControlProps) {
  const { id, item, value, onChange, disabled, files } = props;
  const t = useUiText();
  const inLang = useInLang();
  const label = inLang(item.label);
  switch (item.kind) {
    case 'text':
      return <TextControl {...props} />;
    case 'number':
      return <InputNumber id={id} value={(value as number | undefined) ?? null} disabled={disabled} precision={item.integer ? 0 : undefined} suffix={inLang(item.suffix) || undefined} style={{ width: 180 }} onChange={(n) => onChange(n ?? undefined)} />;
    case 'date':
      return <DatePicker id={id} value={value ? dayjs(String(value)) : null} disabled={disabled} minDate={item.earliest ? dayjs(item.earliest) : undefined} maxDate={item.latest ? dayjs(item.latest) : undefined} onChange={(at) => onChange(at?.format('YYYY-MM-DD'))} />;
    case 'choice': {
      const options = (item.options ?? []).map((o) => ({ value: o.code, label: inLang(o.label) }));
      if (options.length <= sideBySide) return <Grades label={label} options={options} value={value} onChange={onChange} disabled={disabled} />;
      return <Select id={id} aria-label={label} allowClear showSearch={{ optionFilterProp: 'label' }} style={{ minWidth: 240, maxWidth: '100%' }} placeholder={t('form.pick')} value={(value as string | undefined) ?? null} options={options} disabled={disabled} onChange={(code: string | null) => onChange(code ?? undefined)} />;
    }
    case 'choices':
      return <ChoicesControl {...props} />;
    case 'yesno': {
      const said = (code: string, fallback: string) => inLang(item.options?.find((o) => o.code === code)?.label) || fallback;
      return <Grades label={label} options={[{ value: true, label: said('yes', t('yes')) }, { value: false, label: said('no', t('no')) }]} value={value} onChange={onChange} disabled={disabled} />;
    }
    case 'rating':
      return <Scale low={t('form.low')} high={t('form.high')} label={label} numbers={range(1, item.scale || 5)} {...props} />;
    case 'nps':
      return <Scale low={t('form.npsLow')} high={t('form.npsHigh')} label={label} numbers={range(0, 10)} {...props} />;
    case 'matrix':
      return <MatrixControl {...props} />;
    case 'photo':
    case 'file':
      return files ? <Files id={id} label={label} photo={item.kind === 'photo'} value={(value as string[] | undefined) ?? []} most={item.max ?? 20} files={files} disabled={disabled} onChange={(hashes) => onChange(hashes.length > 0 ? hashes : undefined)} /> : <span className="hf-quiet">{t('form.needsDevice')}</span>;
    case 'signature':
      return <Signature id={id} label={label} value={value as SignatureValue | undefined} onChange={onChange} disabled={disabled} files={files} />;
    default:
      return null;
  }
}

function TextControl({ id, item, value, onChange, disabled }: ControlProps) {
  const text = (value as string | undefined) ?? '';
  const set = (next: string) => onChange(next === '' ? undefined : next);
  const most = item.max_length ?? 2000;
  if (item.multiline) return <Input.TextArea id={id} value={text} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={most} disabled={disabled} onChange={(e) => set(e.target.value)} />;
  return <Input id={id} value={text} maxLength={most} disabled={disabled} onChange={(e) => set(e.target.value)} />;
}

function Scale({ low, high, label, numbers, value, onChange, disabled }: ControlProps & { low: string; high: string; label: string; numbers: number[] }) {
  const t = useUiText();
  return (
    <div className="hf-scale">
      <Grades label={label} even options={numbers.map((n) => ({ value: n, label: String(n), title: t('form.stars', { n }) }))} value={value} onChange={onChange} disabled={disabled} />
      <div className="hf-scale-ends" aria-hidden><span>{low}</span><span>{high}</span></div>
    </div>
  );
}

/** An exclusive option stands alone: choosing it drops the others, and the other way round. */
function ChoicesControl({ item, value, onChange, disabled }: ControlProps) {
  const inLang = useInLang();
  const options = item.options ?? [];
  const chosen = (value as string[] | undefined) ?? [];
  const set = (next: string[]) => {
    const added = next.find((code) => !chosen.includes(code));
    const alone = options.filter((o) => o.exclusive).map((o) => o.code);
    const kept = added === undefined ? next : alone.includes(added) ? [added] : next.filter((code) => !alone.includes(code));
    onChange(kept.length > 0 ? options.map((o) => o.code).filter((code) => kept.includes(code)) : undefined);
  };
  return (
    <Checkbox.Group value={chosen} disabled={disabled} onChange={set} className="hf-choices" role="group">
      {options.map((o) => <Checkbox key={o.code} value={o.code}>{inLang(o.label)}</Checkbox>)}
    </Checkbox.Group>
  );
}

function MatrixControl({ item, value, onChange, disabled }: ControlProps) {
  const inLang = useInLang();
  const cells = (value as Answers | undefined) ?? {};
  const options = item.options?.length ? item.options.map((o) => ({ value: o.code, label: inLang(o.label) })) : range(1, item.scale || 5).map((n) => ({ value: n, label: String(n) }));
  const set = (row: string, cell: unknown) => {
    const next = Object.fromEntries(Object.entries({ ...cells, [row]: cell }).filter(([, v]) => v !== undefined));
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <div className="hf-matrix">
      {(item.rows ?? []).map((row) => (
        <div key={row.code} data-item={`${item.code}.${row.code}`}>
          <span>{inLang(row.label)}</span>
          <Grades label={inLang(row.label)} even={!item.options?.length} options={options} value={cells[row.code]} onChange={(cell) => set(row.code, cell)} disabled={disabled} />
        </div>
      ))}
    </div>
  );
}
