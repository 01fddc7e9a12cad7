import { AuditOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { ReviewCount } from './ReviewCount';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/reviews', label: 'menu', icon: AuditOutlined, group: 'quality', order: 10, needs: ['followup.review'], badge: ReviewCount, phone: true }],
  pages: [
    { path: '/reviews', load: () => import('./ReviewQueue'), title: 'title', help: 'help', needs: ['followup.review'] },
    { path: '/reviews/$id', load: () => import('./ReviewPage'), title: 'pageTitle', help: 'help', needs: ['followup.review'] },
  ],
});
