// Writes a .br and a .gz beside every file of dist that shrinks, so that the
// server only has to choose.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|svg|json|txt)$/.test(name)) continue;
  const file = join(dist, name);
  const raw = readFileSync(file);
  if (raw.length < 1024) continue;
  const text = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_QUALITY]: 10 };
  writeFileSync(`${file}.br`, brotliCompressSync(raw, { params: text }));
  writeFileSync(`${file}.gz`, gzipSync(raw, { level: 9 }));
}
writeFileSync(join(dist, '.keep'), '');
