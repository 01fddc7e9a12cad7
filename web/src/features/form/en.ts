import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Forms', menu: 'Forms', one: 'Form', version: 'Version {{n}}', preview: 'Try it', previewHint: 'Fill it in as you like; nothing is saved.', rules: 'What counts as satisfied', satisfied: 'Satisfied', dissatisfied: 'Dissatisfied', unqualified: 'Unqualified', source: 'Source', empty: 'No forms yet', emptyText: 'They come with an active pack.', reset: 'Clear', versions: 'Version', 
  always: 'otherwise', atLeast: 'score {{n}} or more', below: 'score below {{n}}', bands: 'band {{bands}}', is: '“{{item}}” {{op}} “{{value}}”', anyOf: 'any of: {{all}}', and: ' and ', or: ' or ', ops: { eq: 'is', ne: 'is not', lt: 'is less than', le: 'is at most', gt: 'is more than', ge: 'is at least', in: 'is one of', answered: 'is answered', not_in: 'is none of', unanswered: 'is not answered', other: '{{op}}' },
  help: 'What is asked in a follow-up, how it scores, and what counts as satisfied. Packs bring new versions; completed follow-ups keep theirs.\n\nTry a form here and see every item; nothing is saved.',
};
