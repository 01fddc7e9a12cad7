import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [{ name: 'spot-checks', path: '/spot-checks' }];
