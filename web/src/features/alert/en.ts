import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Alerts', menu: 'Alerts', unread: 'Unread only', readAll: 'Mark all as read', markRead: 'Mark as read', new: 'Unread',
  empty: 'No alerts', emptyUnread: 'No unread alerts', at: 'When', text: 'What',
  help: 'What needs your eye appears here: follow-ups given to you, those soon due or overdue, dissatisfied results, records sent back to be done again.\n\nOpen one to go to its follow-up or case; what you have seen can be marked as read.',
};
