import type { Schema } from '@/api';
import { useInLang } from '@/ui';
import { useSentences } from './sentence';
import { daysOf, placeOn } from './span';
import { useText } from './texts';

type Program = Schema<'Program'>;

const marks = [-90, -30, -7, -1, 0, 1, 3, 7, 14, 30, 90, 180, 365, 730];
const repeats = 4;

/** When a program's follow-ups are due, as a picture: a dot where counting starts, a bar for each window. */
export function Timeline({ program, small }: { program: Program; small?: boolean }) {
  const t = useText();
  const pick = useInLang();
  const say = useSentences();
  const rows = program.steps.map((s) => {
    const opens = daysOf(s.opens) ?? 0;
    const closes = Math.max(daysOf(s.closes) ?? opens + 1, opens + 0.5);
    const every = daysOf(s.repeat) ?? (s.repeat ? 7 : 0);
    return { step: s, bars: Array.from({ length: every > 0 ? repeats : 1 }, (_, i) => ({ from: opens + i * every, to: closes + i * every })) };
  });
  const first = Math.min(0, ...rows.flatMap((r) => r.bars.map((b) => b.from)));
  const last = Math.max(1, ...rows.flatMap((r) => r.bars.map((b) => b.to))) * 1.12;
  const place = placeOn(first < 0 ? first * 1.3 : 0, last);
  const x = (day: number) => `${(2 + place(day) * 96).toFixed(2)}%`;
  const width = (from: number, to: number) => `${Math.max(0.8, (place(to) - place(from)) * 96).toFixed(2)}%`;
  const ticks = marks.filter((m) => m >= first && m <= last && (m === 0 || rows.some((r) => r.bars.some((b) => Math.abs(b.from - m) < 0.6 || Math.abs(b.to - m) < 0.6)) || m === 30));
  const label = (day: number) => (day === 0 ? t('anchor') : say.span(Math.abs(day) >= 30 && day % 30 === 0 ? `${day / 30}mo` : day === 365 || day === 730 ? `${(day / 365) * 12}mo` : `${day}d`));
  const row = small ? 14 : 40;
  const height = rows.length * row + (small ? 4 : 26);
  return (
    <svg className="hf-timeline" role="img" aria-label={`${t('picture', { name: pick(program.name) })}. ${program.steps.map((s) => say.step(program, s)).join(' ')}`} width="100%" height={height}>
      {ticks.map((m) => <line key={m} className={m === 0 ? 'hf-axis-start' : 'hf-axis'} x1={x(m)} x2={x(m)} y1={0} y2={rows.length * row} />)}
      {rows.map((r, i) => {
        const middle = i * row + (small ? row / 2 : 28);
        return (
          <g key={r.step.code}>
            {!small && <text className="hf-timeline-name" x={x(first)} y={i * row + 15}>{pick(r.step.name)} · {say.window(r.step)}</text>}
            <line className="hf-axis" x1={x(first)} x2="98%" y1={middle} y2={middle} />
            {r.bars.map((b, j) => <rect key={j} className="hf-bar" opacity={j === 0 ? 1 : 0.75 - j * 0.17} x={x(b.from)} y={middle - 4} width={width(b.from, b.to)} height={8} rx={4} />)}
            <circle className="hf-dot" cx={x(0)} cy={middle} r={small ? 3.5 : 5} />
          </g>
        );
      })}
      {!small && ticks.map((m) => <text key={m} className="hf-timeline-tick" x={x(m)} y={rows.length * row + 18} textAnchor={place(m) < 0.04 ? 'start' : place(m) > 0.96 ? 'end' : 'middle'}>{label(m)}</text>)}
    </svg>
  );
}
