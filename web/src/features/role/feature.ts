import { SafetyOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/roles', label: 'menu', icon: SafetyOutlined, group: 'settings', order: 40, needs: ['staff.manage'], keywords: 'roles permissions 角色 权限' }],
  pages: [{ path: '/settings/roles', load: () => import('./RoleList'), title: 'title', help: 'help', needs: ['staff.manage'] }],
});
