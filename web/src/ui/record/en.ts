import type { Same } from '../texts';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  optional: 'optional', edit: 'Edit', none: 'Not filled in', quietFrom: 'Quiet from', quietTo: 'Quiet until', phones: 'Type a number and press Enter; several are possible', addAttribute: 'Add an attribute', attributeName: 'Attribute', attributeValue: 'Value',
  cell: '{{field}}: {{value}}; press Enter to change', cellHelp: 'Arrow keys move; Enter or typing changes; Enter saves and goes down; Esc gives up.', cellFailed: 'Not saved: {{reason}}',
  history: {
    title: 'History', all: 'All', events: 'Events', followups: 'Follow-ups', cases: 'Cases', empty: 'No events, follow-ups or cases yet', emptyText: 'They appear here in the order of time once a register was imported or a system sent events.', more: 'Earlier', end: 'Nothing earlier',
    event: 'Event', followup: 'Follow-up', case: 'Case', why: 'Why', hideWhy: 'Hide', planned: 'Planned', notPlanned: 'Not planned', noRule: 'No program plans a follow-up for this event.', details: 'What happened', hideDetails: 'Hide', tries: 'Attempts', noTries: 'No attempts', record: 'Result', noRecord: 'No result yet', window: '{{from}} to {{to}}',
    by: '{{name}}', attempts: 'Attempts: {{count}}', corrects: 'Correction', due: 'Due {{date}}', matter: 'Matter', source: 'Source {{source}}', score: 'Score {{score}}', reviewed: 'Review', upcoming: 'To come',
  },
};
