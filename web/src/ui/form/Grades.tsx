import { useRef, type KeyboardEvent } from 'react';

interface GradesProps {
  label: string;
  options: { value: string | number | boolean; label: string; title?: string }[];
  value: unknown;
  onChange: (value: unknown) => void;
  disabled?: boolean;
  /** Equal small cells, for numbers. */
  even?: boolean;
}

/** One of a few, side by side: a click chooses, a second click takes it back; arrows move. */
export function Grades({ label, options, value, onChange, disabled, even }: GradesProps) {
  const box = useRef<HTMLDivElement>(null);
  const at = options.findIndex((o) => o.value === value);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || disabled) return;
    event.preventDefault();
    const next = (Math.max(at, 0) + (at < 0 && step > 0 ? 0 : step) + options.length) % options.length;
    onChange(options[next]?.value);
    box.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={box} className={even ? 'hf-grades hf-grades-even' : 'hf-grades'} role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((option, i) => (
        <button
          key={String(option.value)} type="button" role="radio" aria-checked={i === at} disabled={disabled ?? false} title={option.title}
          tabIndex={i === at || (at < 0 && i === 0) ? 0 : -1}
          onClick={() => onChange(i === at ? undefined : option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
