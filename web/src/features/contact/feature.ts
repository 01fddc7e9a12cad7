import { TeamOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/contacts', label: 'menu', word: 'contacts', icon: TeamOutlined, group: 'people', order: 10, needs: ['contact.read'], keywords: 'customers contacts 客户 业主 患者' }],
  pages: [
    { path: '/contacts', load: () => import('./ContactList'), title: 'title', help: 'help', needs: ['contact.read'] },
    { path: '/contacts/duplicates', load: () => import('./Duplicates'), title: 'duplicates.title', help: 'helpDuplicates', needs: ['contact.manage'] },
    { path: '/contacts/$id', load: () => import('./ContactPage'), title: 'one', help: 'helpOne', needs: ['contact.read'] },
  ],
});
