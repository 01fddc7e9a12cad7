import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Audit log', menu: 'Audit log', at: 'When', who: 'Who', action: 'What', record: 'Record', detail: 'Details', seq: 'No.', system: 'System', find: 'Id of a record', what: 'What, e.g. followup.completed', verify: 'Verify the chain', sound: 'The chain is whole: no entry was changed or removed.', broken: 'From entry {{seq}} on it is not as it was. Check the database and its backups at once.', verifying: 'Verifying …', empty: 'No entries', 
  kinds: { contact: 'Customer', asset: 'Asset', followup: 'Follow-up', case: 'Case', staff: 'Staff', unit: 'Unit', role: 'Role', program: 'Program', pack: 'Pack', import: 'Import', mapping: 'Mapping', token: 'Token', organization: 'Organization', session: 'Log-in', recurrence: 'Recurrence', month: 'Month', sender: 'Sender', template: 'Message text', webhook: 'Webhook' },
  help: 'Who did what and when: every change, every look at full numbers, log-ins and permissions. Each entry covers the one before, so that a changed or removed one is found.\n\n“Verify the chain” checks all of it.',
};
