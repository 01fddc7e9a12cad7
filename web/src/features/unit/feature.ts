import { ApartmentOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/units', label: 'menu', word: 'units', icon: ApartmentOutlined, group: 'settings', order: 20, needs: ['staff.manage'], keywords: 'units tree departments 单位 部门 项目' }],
  pages: [{ path: '/settings/units', load: () => import('./UnitList'), title: 'title', help: 'help', needs: ['staff.manage'] }],
});
