import js from '@eslint/js';
import i18next from 'eslint-plugin-i18next';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { readdirSync } from 'node:fs';

// Rooms: api <- ui <- features <- shell. A feature sees api, ui and itself.
const features = readdirSync(new URL('./src/features', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const zone = (target, from, message) => ({ target: `./src/${target}`, from: from.map((f) => `./src/${f}`), message });

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'screenshots', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': hooks },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      ...hooks.configs.recommended.rules,
      'react-hooks/set-state-in-effect': 'off', // what comes from outside React is stored where it arrives
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            zone('api', ['ui', 'features', 'shell'], 'api/ knows nothing of screens'),
            zone('ui', ['features', 'shell'], 'ui/ is below features and shell'),
            ...features.map((name) => ({
              target: `./src/features/${name}`, from: './src/features', except: [`./${name}`], message: 'features do not see each other: link by address',
            })),
            zone('features', ['shell'], 'a feature does not see the shell'),
          ],
        },
      ],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      complexity: ['error', { max: 20, variant: 'modified' }],
      'no-restricted-properties': ['error', { object: 'window', property: 'fetch', message: 'use @/api' }],
      'no-restricted-globals': ['error', { name: 'fetch', message: 'use @/api' }, { name: 'alert', message: 'use useSay' }, { name: 'confirm', message: 'use a dialog' }],
    },
  },
  {
    files: ['src/**/*.tsx'],
    ignores: ['**/*.test.tsx'],
    plugins: { i18next },
    rules: { 'i18next/no-literal-string': ['error', { mode: 'jsx-text-only', words: { exclude: ['[0-9!-/:-@[-`{-~·•→←↑↓×…—–\\s]+', 'Huifang', '回访'] } }] },
  },
  { files: ['src/api/transport.ts', 'e2e/**'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['scripts/*.mjs', 'eslint.config.js'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } } },
);
