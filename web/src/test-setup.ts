import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

// jsdom knows no media queries: as wide as a desktop, light.
vi.stubGlobal('matchMedia', undefined);
