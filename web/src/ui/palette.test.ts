import { describe, expect, test } from 'vitest';
import { dark, light, type Palette } from './palette';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG's contrast of two colours, 1 to 21. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

const grounds = ['page', 'surface', 'raised', 'sunken'] as const;
const letters = ['text', 'quiet', 'accent', 'good', 'warn', 'bad', 'calm'] as const;
const soft: [keyof Palette, keyof Palette][] = [['accent', 'accentSoft'], ['good', 'goodSoft'], ['warn', 'warnSoft'], ['bad', 'badSoft'], ['calm', 'calmSoft'], ['onAccent', 'accent'], ['onAccent', 'accentHover'], ['text', 'accentSoft'], ['quiet', 'accentSoft']];

describe.each([['light', light], ['dark', dark]] as const)('the %s palette', (_, palette) => {
  test('letters can be read on every ground', () => {
    const weak = grounds.flatMap((ground) => letters.filter((ink) => contrast(palette[ink], palette[ground]) < 4.5).map((ink) => `${ink} on ${ground}`));
    expect(weak).toEqual([]);
  });

  test('letters can be read on their own soft ground', () => {
    expect(soft.filter(([ink, ground]) => contrast(palette[ink], palette[ground]) < 4.5).map((pair) => pair.join(' on '))).toEqual([]);
  });

  test('borders of fields can be seen', () => {
    expect(grounds.filter((ground) => contrast(palette.lineStrong, palette[ground]) < 3)).toEqual([]);
  });
});
