import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Recurrences', menu: 'Recurrences', month: 'Month', undecided: 'Undecided only', unit: 'Unit', decision: 'Decision', opinion: 'Opinion', case: 'Case', times: '{{count}} times',
  detect: 'Check again', detected: 'Checked: {{count}} newly flagged', detectedNone: 'Checked: nothing new recurs',
  empty: 'No recurrences in {{month}}', emptyText: 'Two or more complaints of one customer about the same matter, or three or more like repairs of one asset, are flagged here for the head to decide.', emptyOpen: 'Nothing waits for a decision',
  major: 'Major complaint', normal: 'Handle as usual', waiting: 'Waits for the head', decide: 'Decide', decideTitle: 'Decide on a recurrence', majorHint: 'The head takes it on, as a case.', normalHint: 'Goes on in the usual way; say why.', done: 'Decision saved', doneCase: 'Now a major complaint, case {{number}}', required: 'Please fill this in',
  help: 'By the rules of the programs, what recurs is flagged: one customer complaining of the same matter, one asset repaired again and again.\n\nThe head of the unit decides on each: a major complaint, or handled as usual. The decision is part of the monthly sheet.',
};
