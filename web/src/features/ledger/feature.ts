import { ProfileOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

const needs = ['followup.read'];

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/ledgers', label: 'menu', icon: ProfileOutlined, group: 'quality', order: 60, needs, keywords: '清单 明细表 统计表 小结 C表 D表 register sheet' }],
  pages: [
    { path: '/ledgers', load: () => import('./LedgerList'), title: 'title', help: 'help', needs },
    { path: '/ledgers/$pack/$code', load: () => import('./LedgerPage'), title: 'oneTitle', help: 'oneHelp', needs },
    { path: '/ledgers/$pack/$code/records', load: () => import('./LedgerRecords'), title: 'recordsTitle', help: 'recordsHelp', needs },
  ],
});
