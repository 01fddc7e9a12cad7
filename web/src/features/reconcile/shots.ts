import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [{ name: 'reconciliation', path: '/reconciliation' }];
