import { RetweetOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/recurrences', label: 'menu', icon: RetweetOutlined, group: 'quality', order: 30, needs: ['recurrence.decide', 'stats.read'] }],
  pages: [{ path: '/recurrences', load: () => import('./RecurrenceList'), title: 'title', help: 'help', needs: ['recurrence.decide', 'stats.read'] }],
});
