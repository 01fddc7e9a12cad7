import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Review', menu: 'Review', pageTitle: 'Review a record', number: 'Number', customer: 'Customer', what: 'Follow-up', unit: 'Unit', doneBy: 'Done by', doneAt: 'Done', verdict: 'Verdict', score: 'Score', by: 'Done by', asset: 'About', matter: 'Matter', search: 'Number, customer, asset', start: 'Begin',
  empty: 'Nothing waits for review', emptyText: 'Records that are to be reviewed appear here when done; your own are reviewed by somebody else.', emptyFiltered: 'No record matches',
  record: 'Record', before: 'What happened', event: 'Service event', attempts: 'Attempts', reviews: 'Earlier reviews', noAttempts: 'No attempts noted', signedCustomer: 'Customer: {{name}}', signedStaff: 'Staff: {{name}}', took: 'Window', lateBy: 'After its window',
  qualified: 'Qualified', unqualified: 'Unqualified', redo: 'Do again', decision: 'Decision', opinion: 'Opinion', opinionNeeded: 'An opinion is needed unless it is qualified', closes: 'Do again by', submit: 'Submit', submitNext: 'Submit and next', done: 'Reviewed', doneCase: 'Reviewed, handled as case {{number}}', own: 'You cannot review a record of your own', other: 'Other follow-ups of this customer', left: '{{count}}{{more}} more to review', allDone: 'All reviewed', openFollowup: 'Open the follow-up', keys: 'Keys: 1 qualified, 2 unqualified, 3 do again, Ctrl+Enter submits', already: 'This record has been reviewed', before_record: 'The record before its correction', corrected: 'Corrected',
  help: 'Check one record after the other: the form and its answers on the left, what happened on the right.\n\n- Qualified: it is filed.\n- Unqualified: say why; it is handled as a complaint, by the head of the unit.\n- Do again: say why; the same people follow up again, and the record they made is kept.\n\nWhat you did yourself does not appear here.',
};
