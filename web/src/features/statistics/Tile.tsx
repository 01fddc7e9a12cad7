import { Link, type Shade } from '@/ui';

/** One figure that matters, with what explains it; opens what is behind. */
export function Tile({ name, value, lines, to, shade = 'plain' }: { name: string; value: string; lines: (string | undefined)[]; to: string; shade?: Shade }) {
  return (
    <Link to={to} className={`hf-tile hf-tile-${shade}`}>
      <span className="hf-tile-name">{name}</span>
      <strong>{value}</strong>
      {lines.filter(Boolean).map((line) => <span key={line} className="hf-tile-line">{line}</span>)}
    </Link>
  );
}
