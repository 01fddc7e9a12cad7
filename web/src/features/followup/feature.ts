import { CalendarOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

const read = ['followup.read', 'followup.work'];

export const feature = defineFeature({
  texts: own,
  menu: [
    { path: '/today', label: 'menu.today', icon: CalendarOutlined, group: 'work', order: 10, needs: read, phone: true },
    { path: '/followups', label: 'menu.all', icon: UnorderedListOutlined, group: 'work', order: 20, needs: read, phone: true },
  ],
  pages: [
    { path: '/today', load: () => import('./Today'), title: 'today.title', help: 'today.help', needs: read },
    { path: '/followups', load: () => import('./FollowupList'), title: 'all.title', help: 'all.help', needs: read },
    { path: '/followups/$id', load: () => import('./Work'), title: 'work.title', help: 'work.help', needs: read },
  ],
});
