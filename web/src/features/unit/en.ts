import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Units', menu: 'Units', create: 'New', createBelow: 'New below', save: 'Save', cancel: 'Cancel', saved: 'Saved', empty: 'No units yet', emptyText: 'Follow-ups need at least one unit: who answers for them, and in which zone.', name: 'Name', code: 'Code', codeHint: 'Tells the unit in imports', parent: 'Above', none: '(top)', head: 'Head', zone: 'Time zone', zoneHint: 'Empty: as the unit above, e.g. Asia/Shanghai', departments: 'Departments', department: 'Department', departmentHead: 'Head', addDepartment: 'Add a department', remove: 'Remove', staff: 'Staff',
  help: 'The organization’s tree of units: regions, estates, shops, wards. Follow-ups belong to units; statistics and permissions follow them, and staff reach their units and those below.\n\n- Head and zone are those of the unit above where a unit has none.\n- Departments serve complaints: their heads can be assigned.',
};
