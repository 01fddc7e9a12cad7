// Fails when what the first page needs is larger than 450 kB compressed, or when a
// style sheet of the sources got lost on the way: the bundler drops modules that
// only pass on what others export, and the styles they import with them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const limit = 450 * 1024;
const dist = new URL('../dist/', import.meta.url).pathname;
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const first = new Set([...html.matchAll(/(?:src|href)="\/(static\/[^"]+)"/g)].map((found) => found[1]));
let total = 0;
for (const name of first) {
  const size = gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} kB  ${name}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} kB  the first page, compressed; at most ${limit / 1024} kB`);
if (first.size === 0 || total > limit) {
  console.error('the first page is too large: load what is heavy later (import() in feature.ts)');
  process.exit(1);
}

const files = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.css')).map((name) => join(folder, name));
const built = files(dist).map((name) => readFileSync(name, 'utf8')).join('');
const lost = files(new URL('../src/', import.meta.url).pathname).filter((name) => !built.includes(/\.[a-z][a-z-]+/.exec(readFileSync(name, 'utf8').replace(/\/\*.*?\*\//gs, ''))?.[0] ?? ''));
if (lost.length > 0) {
  console.error(`not in the build: ${lost.join(', ')}; import a style sheet where its classes are used, not where they are passed on`);
  process.exit(1);
}
