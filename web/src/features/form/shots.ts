import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('forms', '/settings/forms', 'code');

export const shots: Shot[] = [{ name: 'settings-forms', path: '/settings/forms' }, { name: 'settings-form', path: first }];
