import { SolutionOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/cases', label: 'menu', word: 'cases', icon: SolutionOutlined, group: 'quality', order: 20, needs: ['case.read'], phone: true }],
  pages: [
    { path: '/cases', load: () => import('./CaseList'), title: 'title', help: 'help', needs: ['case.read'] },
    { path: '/cases/$id', load: () => import('./CasePage'), title: 'pageTitle', help: 'help', needs: ['case.read'] },
  ],
});
