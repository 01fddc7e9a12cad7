import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Packs', menu: 'Packs', active: 'Active', activate: 'Activate', update: 'Update', deactivate: 'Deactivate', version: 'Version {{n}}', programs: 'Programs: {{count}}', deactivateAsk: 'Deactivate “{{name}}”?', deactivateText: 'Its programs plan nothing new; what is planned goes on.', done: 'Deactivated', changes: 'What “{{name}}” changed', added: 'Added', changed: 'Changed', unchanged: 'Unchanged', replaced: 'Took the place of “{{name}}”', nothingChanged: 'Nothing changed: it is the newest', close: 'Fine', toPrograms: 'Show programs', folder: 'From a folder of the server', program: 'Program', form: 'Form',
  help: 'A pack is all the rules of a trade: programs, forms, scripts, the words of its registers and its statistics. What the organization adjusts is kept apart and survives updates.\n\nAfter deactivation nothing new is planned; what is planned goes on.',
};
