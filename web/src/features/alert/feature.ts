import { BellOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/alerts', label: 'menu', icon: BellOutlined, group: 'work', order: 90 }],
  pages: [{ path: '/alerts', load: () => import('./AlertList'), title: 'title', help: 'help' }],
});
