import { AppstoreAddOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/packs', label: 'menu', icon: AppstoreAddOutlined, group: 'settings', order: 60, needs: ['program.manage'], keywords: 'packs trade 方案包 行业' }],
  pages: [{ path: '/settings/packs', load: () => import('./PackList'), title: 'title', help: 'help', needs: ['program.manage'] }],
});
