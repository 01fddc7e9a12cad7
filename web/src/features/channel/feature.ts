import { MessageOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/channels', label: 'menu', icon: MessageOutlined, group: 'settings', order: 60, needs: ['organization.manage'], keywords: 'sms email wecom dingtalk feishu 短信 邮件 微信 通道' }],
  pages: [{ path: '/settings/channels', load: () => import('./SenderList'), title: 'title', help: 'help', needs: ['organization.manage'] }],
});
