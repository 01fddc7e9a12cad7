import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Roles and permissions', menu: 'Roles', create: 'New role', edit: 'Edit', save: 'Save', cancel: 'Cancel', saved: 'Saved', name: 'Name', nameEn: 'English name', code: 'Code', codeHint: 'Rules name it as role:code; it stays as it is', permissions: 'Permissions', own: 'Own', all: 'All permissions', adopt: 'Make it our own',
  permission: {
    'followup_read': 'See follow-ups', 'followup_work': 'Do follow-ups given to oneself', 'followup_manage': 'Reassign, postpone, waive and do any in reach', 'followup_review': 'Review records of others', 'case_read': 'See cases', 'case_manage': 'Work on cases', 'recurrence_decide': 'Decide on recurrences', 'contact_read': 'See customers and assets', 'contact_manage': 'Change customers and assets', 'contact_reveal': 'See numbers in full (audited)', 'event_ingest': 'Import and send events', 'stats_read': 'See statistics', 'program_manage': 'Activate packs, adjust programs', 'staff_manage': 'Manage units, staff, roles, absences', 'audit_read': 'See the audit log', 'token_manage': 'Manage API tokens', 'organization_manage': 'Change the organization',
  },
  help: 'A role is a set of permissions, and what rules assign follow-ups to. Roles built in or brought by a pack can be made the organization’s own and changed; new ones can be added.\n\nStaff hold the permissions of all their roles, within their units and those below.',
};
