import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Assets', menu: 'Assets', one: 'Asset', create: 'New: {{word}}', sheet: 'Edit as a sheet', sheetOff: 'Stop editing', find: 'Code or name', kind: 'Kind', unit: 'Unit', contact: 'Customer', code: 'Code', name: 'Name', codeHint: 'E.g. room 3-1-502, chassis or device number: tells the same one in imports',
  empty: 'No {{word}} yet', emptyText: 'Import a register, or create one.', emptyFound: 'No matching {{word}}', emptyFoundText: 'Try other filters, or clear them.', import: 'Import a register', saved: 'Saved', created: 'Created', edit: 'Edit', save: 'Save', cancel: 'Cancel', facts: 'Details', owner: '{{word}}', none: 'None', findContact: 'Find by name or phone', sheetHint: 'Click a cell or move with the arrow keys; typing changes it, Enter saves, Esc gives up.',
  help: 'What the service is given to: homes, vehicles, devices. Kinds and attributes (a plate, an insurance date) come from the active packs.\n\n- “Columns” at the bottom right chooses the attributes shown.\n- With “Edit as a sheet”, fields are changed in their place.',
  helpOne: 'Everything about one asset: details, whose it is, and its events, follow-ups and cases. When an attribute such as an expiry date changes, follow-ups counted from it move by themselves.',
};
