import { FormOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/forms', label: 'menu', icon: FormOutlined, group: 'rules', order: 20, needs: ['followup.read'], keywords: 'forms questions 表单 问卷' }],
  pages: [
    { path: '/settings/forms', load: () => import('./FormList'), title: 'title', help: 'help', needs: ['followup.read'] },
    { path: '/settings/forms/$code', load: () => import('./FormPage'), title: 'one', help: 'help', needs: ['followup.read'] },
  ],
});
