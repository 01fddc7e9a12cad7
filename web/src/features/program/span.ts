/** An offset as the API writes it: `7d`, `-1mo`, `12h`, `3wd`, `2w`. */
export interface Span {
  n: number;
  unit: 'd' | 'h' | 'wd' | 'w' | 'mo';
}

const days = { d: 1, h: 1 / 24, wd: 7 / 5, w: 7, mo: 30.4 } as const;

export function parseSpan(text: string | undefined): Span | undefined {
  const found = /^([+-]?\d+)(d|h|wd|w|mo)$/.exec(text ?? '');
  return found?.[1] && found[2] ? { n: Number(found[1]), unit: found[2] as Span['unit'] } : undefined;
}

/** About how many days an offset is: for pictures. */
export function daysOf(text: string | undefined): number | undefined {
  const span = parseSpan(text);
  return span && span.n * days[span.unit];
}

/** Where a number of days stands on an axis that shows hours and months alike, from 0 to 1. */
export function placeOn(from: number, to: number): (day: number) => number {
  const bend = (day: number) => Math.sign(day) * Math.log1p(Math.abs(day) / 2);
  const [a, b] = [bend(from), bend(to)];
  return (day) => (b === a ? 0 : Math.min(1, Math.max(0, (bend(day) - a) / (b - a))));
}
