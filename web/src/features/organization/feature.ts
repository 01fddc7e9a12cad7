import { BankOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/organization', label: 'menu', icon: BankOutlined, group: 'settings', order: 10, needs: ['organization.manage'], keywords: 'organization zone language 机构 时区' }],
  pages: [{ path: '/settings/organization', load: () => import('./OrganizationPage'), title: 'title', help: 'help', needs: ['organization.manage'] }],
});
