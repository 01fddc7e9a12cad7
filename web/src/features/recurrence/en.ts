import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Recurrences', menu: 'Recurrences', month: 'Month', undecided: 'Undecided only', unit: 'Unit', decision: 'Decision', opinion: 'Opinion', case: 'Case', times: '{{count}} times',
  detect: 'Check again', detected: 'Checked: {{count}} newly flagged', detectedNone: 'Checked: nothing new recurs',
  empty: 'No recurrences in {{month}}', emptyText: 'What happens to one customer or one asset again and again, as often as the rules of the trade say, is flagged here for the head to decide.', emptyOpen: 'Nothing waits for a decision',
  major: 'Take it as major', normal: 'Handle as usual', waiting: 'Waits for the head', decide: 'Decide', decideTitle: 'Decide on a recurrence', majorHint: 'The head takes it on, as a case.', normalHint: 'Goes on in the usual way; say why.', done: 'Decision saved', doneCase: 'Now major, case {{number}}', required: 'Please fill this in',
  help: 'By the rules of the programs, what recurs is flagged: the same matter again and again with one customer or one asset.\n\nThe head of the unit decides on each: taken as major, or handled as usual. The decision is part of the monthly sheet.',
};
