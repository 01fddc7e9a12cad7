import { describe, expect, test } from 'vitest';
import { en as uiEN } from '@/ui/en';
import { zh as uiZH } from '@/ui/zh';

type Tree = { [key: string]: string | Tree };

const modules = import.meta.glob<Record<string, Tree>>(['../features/*/{zh,en}.ts', './{zh,en}.ts'], { eager: true });
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/{zh,en}.ts', '!../**/*.test.*', '!../api/schema.d.ts'], { query: '?raw', import: 'default', eager: true });

/** Every room with texts, its folder and both languages. */
const rooms = Object.keys(modules)
  .filter((name) => name.endsWith('zh.ts'))
  .map((name) => ({ folder: name.startsWith('./') ? 'shell' : name.replace('../', '').replace('/zh.ts', ''), zh: modules[name]?.zh as Tree, en: modules[name.replace('zh.ts', 'en.ts')]?.en as Tree }))
  .concat({ folder: 'ui', zh: uiZH, en: uiEN });

function leaves(tree: Tree, before = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(before + key, value);
    else for (const [name, text] of leaves(value, `${before}${key}.`)) found.set(name, text);
  }
  return found;
}

const values = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((m) => m[1]).sort();
const stem = (key: string) => key.replace(/_(one|other)$/, '');

/** All code of a folder; what is in ui may be said anywhere. */
function sourceOf(folder: string): string {
  return Object.entries(sources)
    .filter(([name]) => folder === 'ui' || name.startsWith(folder === 'shell' ? './' : `../${folder}/`))
    .map(([, text]) => text)
    .join('\n');
}

/** Whether a key is written out, or made from a beginning that is: `state.${state}`. */
function used(source: string, key: string): boolean {
  if ([`'${key}'`, `"${key}"`, `\`${key}\``].some((written) => source.includes(written))) return true;
  return [...key.matchAll(/[.A-Z_]/g)].some(({ index }) => [index, index + 1].some((end) => source.includes(`\`${key.slice(0, end)}\${`)));
}

test('there are rooms with texts', () => {
  expect(rooms.length).toBeGreaterThan(2);
});

describe.each(rooms)('texts of $folder', ({ folder, zh, en }) => {
  const [left, right] = [leaves(zh), leaves(en)];

  test('both languages say the same things', () => {
    expect([...new Set([...right.keys()].map(stem))].sort()).toEqual([...new Set([...left.keys()].map(stem))].sort());
  });

  test('nothing is empty, and each is in its language', () => {
    expect([...left, ...right].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    expect([...right].filter(([, text]) => /[\u3400-\u9fff]/.test(text.replace(/“[^”]*”|（[^）]*）|\([^)]*\)/g, ''))).map(([key]) => key)).toEqual([]);
  });

  test('both name the same values', () => {
    const differ = [...left].filter(([key, text]) => {
      const other = right.get(key) ?? right.get(`${stem(key)}_other`);
      return other !== undefined && values(text).join() !== values(other).join();
    });
    expect(differ.map(([key]) => key)).toEqual([]);
  });

  test('every text is used', () => {
    const source = sourceOf(folder);
    expect([...new Set([...left.keys()].map(stem))].filter((key) => !used(source, key))).toEqual([]);
  });
});
