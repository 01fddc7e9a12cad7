import { mergeConfig } from 'vitest/config';
import base from './vitest.config';

const pictures = mergeConfig(base, { test: { testTimeout: 900_000 } });
pictures.test.include = ['e2e/screenshots.ts'];

export default pictures;
