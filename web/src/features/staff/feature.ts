import { IdcardOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/staff', label: 'menu', icon: IdcardOutlined, group: 'settings', order: 30, needs: ['staff.manage'], keywords: 'staff people absences 员工 请假 缺勤 代班' }],
  pages: [
    { path: '/settings/staff', load: () => import('./StaffList'), title: 'title', help: 'help', needs: ['staff.manage'] },
    { path: '/settings/staff/$id', load: () => import('./StaffPage'), title: 'one', help: 'helpOne', needs: ['staff.manage'] },
  ],
});
