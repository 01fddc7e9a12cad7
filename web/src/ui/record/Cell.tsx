import { Input, Select, type InputRef } from 'antd';
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useRecordText } from './texts';

interface CellProps {
  /** What the column is called. */
  field: string;
  value: string;
  /** How it is shown; default: as it is. */
  shown?: ReactNode;
  options?: { value: string; label: string }[];
  /** Answers what went wrong, nothing when all is well. */
  save: (value: string) => Promise<string | undefined>;
}

/** The cell in a direction from an element of a table; undefined at its edge. */
function neighbour(from: HTMLElement, down: number, right: number): HTMLElement | undefined {
  const cell = from.closest('td');
  const row = cell?.closest('tr');
  if (!cell || !row) return undefined;
  if (right !== 0) {
    const inRow = [...row.querySelectorAll<HTMLElement>('[data-cell]')];
    const at = inRow.findIndex((c) => cell.contains(c));
    return inRow[at + right];
  }
  const rows = [...(row.parentElement?.querySelectorAll<HTMLTableRowElement>('tr[data-row]') ?? [])];
  const next = rows[rows.indexOf(row as HTMLTableRowElement) + down];
  return next?.cells[cell.cellIndex]?.querySelector<HTMLElement>('[data-cell]') ?? undefined;
}

const arrows: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** One field of a row that is changed in its place, as in a sheet. */
export function Cell({ field, value, shown, options, save }: CellProps) {
  const t = useRecordText();
  const place = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState<string>();
  const [wanted, setWanted] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const leaving = useRef(false);

  const finish = async (next: string) => {
    if (leaving.current) return;
    leaving.current = true;
    setTyped(undefined);
    if (next.trim() === value) return;
    setWanted(next.trim());
    setFailed(await save(next.trim()));
    setWanted(undefined);
  };
  const begin = (text: string) => {
    leaving.current = false;
    setTyped(text);
  };
  const go = (down: number, right: number) => requestAnimationFrame(() => place.current && (neighbour(place.current, down, right) ?? place.current).focus());

  const onKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    const arrow = arrows[event.key];
    if (arrow) {
      event.preventDefault();
      neighbour(event.currentTarget, ...arrow)?.focus();
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      begin(value);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      begin('');
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (options) event.preventDefault();
      // Opened at once, so that the key itself, or what an input method makes of it, goes into the editor.
      flushSync(() => begin(options ? value : ''));
    }
  };
  const said = (text: string) => options?.find((o) => o.value === text)?.label ?? text;
  const shownText = wanted !== undefined ? said(wanted) : shown || value;
  return (
    <>
      {typed !== undefined && <Editor {...(options && { options })} label={field} text={typed} finish={(text, down, right) => { void finish(text); go(down, right); }} leave={(text) => void finish(text)} cancel={() => { leaving.current = true; setTyped(undefined); go(0, 0); }} />}
      <button
        ref={place}
        type="button"
        hidden={typed !== undefined}
        data-cell=""
        className={`hf-cell${failed ? ' hf-cell-failed' : ''}${wanted !== undefined ? ' hf-cell-busy' : ''}`}
        title={failed && t('cellFailed', { reason: failed })}
        aria-label={t('cell', { field, value: said(value) || t('none') }) + (failed ? ` ${t('cellFailed', { reason: failed })}` : '')}
        onClick={() => begin(value)}
        onKeyDown={onKey}
      >
        {shownText || <span aria-hidden>&nbsp;</span>}
      </button>
    </>
  );
}

interface EditorProps {
  label: string;
  text: string;
  options?: { value: string; label: string }[];
  finish: (text: string, down: number, right: number) => void;
  leave: (text: string) => void;
  cancel: () => void;
}

function Editor({ label, text, options, finish, leave, cancel }: EditorProps) {
  const [typed, setTyped] = useState(text);
  const input = useRef<InputRef>(null);
  useLayoutEffect(() => input.current?.focus({ cursor: 'end' }), []);
  if (options) {
    return <Select autoFocus defaultOpen aria-label={label} size="small" className="hf-cell-input" value={text || null} options={options} allowClear popupMatchSelectWidth={false} onChange={(next: string | null) => finish(next ?? '', 0, 0)} onOpenChange={(open) => !open && setTimeout(cancel, 150)} />;
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish(typed, event.shiftKey ? -1 : 1, 0);
    else if (event.key === 'Tab') finish(typed, 0, event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return <Input ref={input} aria-label={label} size="small" className="hf-cell-input" value={typed} onChange={(e) => setTyped(e.target.value)} onKeyDown={onKey} onBlur={() => leave(typed)} />;
}
