import { useFormat } from '@/ui';

/** Figures side by side. */
export function Counts({ items }: { items: { label: string; value: number; shade?: 'bad' | 'main' | undefined }[] }) {
  const format = useFormat();
  return (
    <dl className="hf-counts">
      {items.map((i) => <div key={i.label} className={i.shade && i.value > 0 ? `hf-count-${i.shade}` : undefined}><dt>{i.label}</dt><dd>{format.number(i.value)}</dd></div>)}
    </dl>
  );
}
