import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  menu: 'Getting started', title: 'Getting started', done: 'Done',
  intro: 'Three things, and today’s list shows what is to be done.',
  help: 'The three things a new organization needs first: which units there are, who follows up, and what happened in the service.\n\n- Units: estates, shops, wards; several can be added at once\n- Staff: everybody gets a login and a first password, to be changed after the first log-in\n- Register: import the list of jobs or customers you have; the columns are recognized\n\nAll of it can be added to and changed later under “Administration” and “Imports”.',
  units: { title: 'Which {{word}} are there?', hint: 'One name a line; those that exist are not added again.', add: 'Add', now: '{{count}} so far: {{names}}', added: '{{count}} added', placeholder: 'Jade Gardens\nCloud Court' },
  staff: { title: 'Who follows up?', hint: 'The login is for logging in; the role says what one may see and do.', name: 'Name', login: 'Login', role: 'Role', unit: 'Unit', password: 'First password', add: 'Add this person', now: '{{count}} so far: {{names}}', added: '{{name}} added; tell them their login and first password', sheet: 'Many people? Import them from a sheet' },
  data: { title: 'Import your register', hint: 'Lists of jobs, discharges, sales or customers, in Excel or CSV; a preview first, nothing is written before you agree. The follow-ups are planned from it.', go: 'Choose a file and preview', now: 'Imported {{count}} times', contacts: 'Only a list of customers? Import that' },
  finish: 'Open today’s follow-ups',
};
