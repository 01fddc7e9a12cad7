import type { Schema } from '@/api';

/** Which follow-ups a figure counts. */
export interface Behind {
  month: string;
  figure: string;
  unit?: string | undefined;
  below?: boolean | undefined;
  program?: string | undefined;
  lead?: string | undefined;
  nobody?: boolean | undefined;
}

/** The address that lists them. */
export function recordsOf(behind: Behind): string {
  const parts = Object.entries({ ...behind, below: behind.below === false ? 'false' : undefined, nobody: behind.nobody ? 'true' : undefined });
  const kept = parts.filter((part): part is [string, string] => typeof part[1] === 'string' && part[1] !== '');
  return `/statistics/records?${new URLSearchParams(kept).toString()}`;
}

/** A month so many months from another, as YYYY-MM. */
export function monthsFrom(month: string, months: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number);
  const count = year * 12 + at - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

export type Figures = Schema<'Figures'>;
export type Line = Schema<'TallyLine'>;

/** Saves a text as a file of the reader's. */
export function saveText(name: string, text: string): void {
  save(name, URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' })));
}

/** Saves what an address holds. */
export function save(name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  if (url.startsWith('blob:')) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Rows as CSV; a cell that a spreadsheet would take for a formula is a text. */
export function csvOf(rows: (string | number)[][]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n');
}
