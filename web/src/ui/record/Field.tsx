import { useCallback, useId, useState, type ReactElement, type ReactNode, cloneElement } from 'react';
import { useRecordText } from './texts';

interface FieldProps {
  label: string;
  /** What is wrong with it, beside it. */
  error?: string | undefined;
  hint?: ReactNode;
  optional?: boolean;
  wide?: boolean;
  /** One input; gets `id` and what describes it. */
  children: ReactElement<{ id?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }>;
}

/** One labelled input of a form. */
export function Field({ label, error, hint, optional, wide, children }: FieldProps) {
  const t = useRecordText();
  const id = useId();
  return (
    <div className={`hf-input${wide ? ' hf-input-wide' : ''}`}>
      <label htmlFor={id}>{label}{optional && <span className="hf-quiet"> {t('optional')}</span>}</label>
      {cloneElement(children, { id, ...((hint || error) && { 'aria-describedby': `${id}-about` }), ...(error && { 'aria-invalid': true }) })}
      {(error || hint) && <p id={`${id}-about`} className={error ? 'hf-input-error' : 'hf-quiet'}>{error ?? hint}</p>}
    </div>
  );
}

/** A record on its way to be saved: `set('name')(value)`. */
export function useDraft<T extends object>(initial: T): { draft: T; set: <K extends keyof T>(key: K) => (value: T[K]) => void; put: (change: Partial<T>) => void } {
  const [draft, setDraft] = useState(initial);
  const put = useCallback((change: Partial<T>) => setDraft((now) => ({ ...now, ...change })), []);
  const set = useCallback(<K extends keyof T>(key: K) => (value: T[K]) => setDraft((now) => ({ ...now, [key]: value })), []);
  return { draft, set, put };
}
