import type { Same } from './texts';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  retry: 'Try again', loading: 'Loading', empty: 'Nothing here', more: 'Load more', allShown: 'All {{count}} shown', someShown: '{{count}} shown',
  columns: 'Columns', columnsReset: 'Back to default', help: 'About this page', cancel: 'Cancel', confirm: 'OK', 
  save: 'Save', more_actions: 'More',
  sheet: 'Sheet', clearFilters: 'Clear filters', filters: 'Filters', all: 'All', search: 'Find', from: 'From', to: 'To', yes: 'Yes', no: 'No', none: 'None', 
  failed: { title: 'That did not work', notFound: 'Not found', forbidden: 'Not permitted', instance: 'Reference: {{instance}} (for the administrator)' },
  conflict: {
    title: 'Somebody else has just changed this', intro: 'On the left is what you entered, on the right what is saved now. Choose how to go on.', yours: 'Your change', theirs: 'Saved now', keepMine: 'Overwrite with mine', takeTheirs: 'Drop mine, use what is saved', same: 'Everything else is the same.',
  },
  phone: { reveal: 'Show in full', revealTitle: 'Show in full', reason: 'Reason (kept in the audit log)', call: 'Call {{phone}}', copied: 'Copied', copy: 'Copy', none: 'No phone number' },
  state: { planned: 'Open', overdue: 'Overdue', completed: 'Completed', unreachable: 'Unreachable', waived: 'Waived', cancelled: 'Cancelled' },
  verdict: { satisfied: 'Satisfied', dissatisfied: 'Dissatisfied', unqualified: 'Unqualified' },
  review: { pending: 'To review', qualified: 'Qualified', unqualified: 'Unqualified', redo: 'To do again' },
  caseState: { open: 'Open', acting: 'In hand', resolved: 'To confirm', closed: 'Closed' },
  severity: { general: 'General', major: 'Major' },
  channel: { phone: 'Phone', sms: 'SMS', wechat: 'WeChat', email: 'E-mail', visit: 'Visit', meeting: 'Meeting', survey: 'Survey', other: 'Other' },
  disposition: { answered: 'Answered', busy: 'Busy', no_answer: 'No answer', switched_off: 'Switched off', wrong_number: 'Wrong number', refused: 'Refused', call_back: 'Call back later' },
  form: {
    required: 'required', pick: 'Choose', optional: 'optional', mustAnswer: 'Please answer this', least: 'At least {{n}}', greatest: 'At most {{n}}', whole: 'Whole numbers only', longest: 'At most {{n}} characters', fewest: 'Choose at least {{n}}', most: 'Choose at most {{n}}', early: 'Not before {{date}}', late: 'Not after {{date}}',
    addPhoto: 'Add a photo', addFile: 'Add a file', remove: 'Remove', signHere: 'Sign here', clear: 'Start over', signed: 'Signed', signer: 'Name of who signs', signedBy: 'Signed by {{name}}', npsLow: 'Would not recommend', npsHigh: 'Would gladly recommend', stars: '{{n}} points', uploading: 'Uploading', uploadFailed: 'Upload failed', photo: 'Photo {{n}}', file: 'File {{n}}', low: 'Poor', high: 'Good', noAnswer: 'Not answered', needsDevice: 'To be filled in where files can be sent',
  },
  pickUnit: 'Choose a unit', pickStaff: 'Choose staff', 
};
