import { SendOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/webhooks', label: 'menu', icon: SendOutlined, group: 'settings', order: 85, needs: ['organization.manage'], keywords: 'webhook event 推送 事件 接口' }],
  pages: [
    { path: '/settings/webhooks', load: () => import('./WebhookList'), title: 'title', help: 'help', needs: ['organization.manage'] },
    { path: '/settings/webhooks/$id', load: () => import('./DeliveryList'), title: 'log', help: 'help', needs: ['organization.manage'] },
  ],
});
