import { ApiOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/settings/tokens', label: 'menu', icon: ApiOutlined, group: 'settings', order: 80, needs: ['token.manage'], keywords: 'api tokens 接口 令牌' }],
  pages: [{ path: '/settings/tokens', load: () => import('./TokenList'), title: 'title', help: 'help', needs: ['token.manage'] }],
});
