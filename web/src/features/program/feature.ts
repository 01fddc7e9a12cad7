import { PartitionOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/programs', label: 'menu', icon: PartitionOutlined, group: 'rules', order: 10, needs: ['followup.read'], keywords: 'programs rules 回访方案 规则 时限' }],
  pages: [
    { path: '/programs', load: () => import('./ProgramList'), title: 'title', help: 'help', needs: ['followup.read'] },
    { path: '/programs/$code', load: () => import('./ProgramPage'), title: 'one', help: 'helpOne', needs: ['followup.read'] },
  ],
});
