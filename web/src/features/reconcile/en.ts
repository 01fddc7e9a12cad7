import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Reconciliation', menu: 'Reconciliation', drop: 'Click or drop the list that the source system exported for the day', dropHint: 'CSV or Excel. Compared key by key; nothing is written.', again: 'Another file', xlsx: 'Download the differences',
  listed: 'Listed', recorded: 'Recorded', agreed: 'Agree', done: 'Followed up', differences: 'Differences', none: 'The list and the records agree', count: '{{count}}',
  head: { kind: 'Difference', key: 'Key', line: 'Row', day: 'Date', contact: 'Customer', asset: 'Asset', field: 'Field', there: 'The list says', here: 'Recorded', open: 'Open' }, followup: 'Follow-up', span: '{{from}} to {{to}}',
  help: 'Drop the day\'s list of the source system (DMS, HIS, work orders …) to compare it with what is recorded:\n\n- missing here: listed and not recorded; import it.\n- missing there: recorded and not listed.\n- differs: the same key says something else on the two sides.\n- not followed up: recorded, and the follow-up is overdue.\n\nNothing is written; the sheet of differences can be downloaded, signed and filed.',
};
