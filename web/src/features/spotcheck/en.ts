import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Spot checks', menu: 'Spot checks', oneTitle: 'Spot check',
  draw: 'Draw records', drawTitle: 'Draw records at random', from: 'Followed up', by: 'How many', percent: 'A share', count: 'A number', percentOf: 'Percent of each department', countOf: 'Records of each department', unit: 'Unit', seed: 'Seed (optional)', seedHint: 'The same seed draws the same sample of the same records; without one, a new one is made and kept.', required: 'Please fill in', drawn: '{{count}} drawn',
  empty: 'Nothing was drawn yet', emptyText: 'Records of each department are drawn at random, by share or number, and checked one by one; a fault opens a case.',
  list: { period: 'Followed up', unit: 'Unit', all: 'All units', size: 'Drawn', sizeOf: '{{size}} of {{population}}', progress: 'Checked', faults: 'Faults', seed: 'Seed', drawn: 'Drawn at' },
  item: { department: 'Department', number: 'Number', customer: 'Customer', program: 'Program', done: 'Done', lead: 'By', result: 'Result', opinion: 'Opinion', checked: '{{name}} {{at}}' },
  result: { sound: 'Sound', fault: 'Fault', open: 'To be checked' },
  check: 'Opinion', checkTitle: 'What the check found', opinion: 'Opinion', opinionHint: 'Say what is not as it should be; a fault opens a case to be put right.', saved: 'Saved', case: 'Case', xlsx: 'Download Excel', none: 'There were no records to draw from',
  help: 'Records are drawn at random by a seed, from each department by itself; whoever uses the same seed gets the same sample.\n\n- A share is rounded up for each department.\n- Nobody checks a follow-up of their own.\n- A fault needs words, and opens a case.',
  oneHelp: 'Open each follow-up, compare, and note what you found. The sheet can be downloaded, printed and signed.',
};
