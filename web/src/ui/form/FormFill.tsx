import { useEffect, useId, useMemo, useRef } from 'react';
import { useFormat } from '../format';
import { useUiText } from '../own-texts';
import { useInLang } from '../texts';
import { Control } from './Control';
import { faultsOf, type FormFault } from './faults';
import type { FileStore } from './Files';
import { visible, type Answers, type FormDefinition, type FormItem } from './visible';

interface FormFillProps {
  definition: Pick<FormDefinition, 'items'>;
  answers: Answers;
  onChange: (answers: Answers) => void;
  /** Messages of the server by item code or `item.row`: from `faultsByField`. */
  faults?: Record<string, string>;
  /** Shows what is missing; set after the reader tried to send. */
  checked?: boolean;
  disabled?: boolean;
  /** Without it photos and files cannot be given. */
  files?: FileStore | undefined;
}

/** Fills in a form of ours: what shows follows the answers as they are given. */
export function FormFill({ definition, answers, onChange, faults, checked, disabled, files }: FormFillProps) {
  const shown = useMemo(() => visible(definition, answers), [definition, answers]);
  const own = useMemo(() => (checked ? faultsOf(shown.items, shown.answers) : {}), [checked, shown]);
  const say = useFaultText();
  const box = useRef<HTMLDivElement>(null);
  const messages: Record<string, string> = { ...Object.fromEntries(Object.entries(own).map(([code, fault]) => [code, say(fault)])), ...faults };
  const first = shown.items.find((item) => Object.keys(messages).some((code) => code === item.code || code.startsWith(`${item.code}.`)))?.code;
  useEffect(() => {
    if (first && (checked || faults)) box.current?.querySelector(`[data-item="${CSS.escape(first)}"]`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    // Only when sending was tried, not at every letter that follows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [checked, faults]);
  return (
    <div className="hf-form" ref={box}>
      {shown.items.map((item) => (
        <Item key={item.code} item={item} messages={messages} value={answers[item.code]} disabled={disabled ?? false} files={files} onChange={(value) => onChange({ ...answers, [item.code]: value })} />
      ))}
    </div>
  );
}

function useFaultText(): (fault: FormFault) => string {
  const t = useUiText();
  const format = useFormat();
  return ({ key, n, date }) => t(`form.${key}`, { n: n === undefined ? '' : format.number(n), date: format.date(date) });
}

/** Kinds whose control is one field that a label can point at. */
const labelled = ['text', 'number', 'date', 'signature'];

interface ItemProps {
  item: FormItem;
  value: unknown;
  onChange: (value: unknown) => void;
  messages: Record<string, string>;
  disabled: boolean;
  files?: FileStore | undefined;
}

function Item({ item, value, onChange, messages, disabled, files }: ItemProps) {
  const t = useUiText();
  const inLang = useInLang();
  const id = useId();
  const help = inLang(item.help);
  if (item.kind === 'section') return <div className="hf-form-section"><h3>{inLang(item.label)}</h3>{help && <p className="hf-quiet">{help}</p>}</div>;
  const wrong = Object.entries(messages).filter(([code]) => code === item.code || code.startsWith(`${item.code}.`));
  const label = <>{inLang(item.label)}{item.required && <span className="hf-required" title={t('form.required')}> *<span className="hf-hidden">{t('form.required')}</span></span>}</>;
  return (
    <div className={wrong.length > 0 ? 'hf-item hf-item-wrong' : 'hf-item'} data-item={item.code}>
      {labelled.includes(item.kind) ? <label htmlFor={id}>{label}</label> : <span className="hf-item-label">{label}</span>}
      {help && <p className="hf-quiet">{help}</p>}
      <Control id={id} item={item} value={value} onChange={onChange} disabled={disabled} files={files} />
      {wrong.map(([code, message]) => <p key={code} className="hf-fault" role="alert">{rowName(item, code, inLang)}{message}</p>)}
    </div>
  );
}

/** Names the row of a matrix that a message is about. */
function rowName(item: FormItem, code: string, inLang: ReturnType<typeof useInLang>): string {
  const row = item.rows?.find((r) => code === `${item.code}.${r.code}`);
  return row ? `${inLang(row.label)}: ` : '';
}
