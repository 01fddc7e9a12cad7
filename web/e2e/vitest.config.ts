import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The stories; HUIFANG_E2E narrows by name, and names what is no story: every page in
// its looks, see `make pages`.
const only = process.env.HUIFANG_E2E;

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../src', import.meta.url)) } },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [only ? `e2e/**/*${only}*.e2e.ts` : 'e2e/**/*.e2e.ts'],
    exclude: only ? [] : ['e2e/pages-*.e2e.ts'],
    globalSetup: ['e2e/servers.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
    reporters: ['default'],
  },
});
