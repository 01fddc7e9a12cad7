import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'ledgers', path: '/ledgers' },
  { name: 'ledger-list', path: '/ledgers/property/records?on=2026-10-15' },
  { name: 'ledger-groups', path: '/ledgers/property/by_department?on=2026-10-15' },
  { name: 'ledger-records', path: '/ledgers/property/by_department/records?on=2026-10-15&key=*total*&column=1' },
];
