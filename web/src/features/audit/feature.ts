import { FileProtectOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/audit', label: 'menu', icon: FileProtectOutlined, group: 'settings', order: 90, needs: ['audit.read'], keywords: 'audit log 审计 日志' }],
  pages: [{ path: '/settings/audit', load: () => import('./AuditList'), title: 'title', help: 'help', needs: ['audit.read'] }],
});
