import { FileSearchOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

const needs = ['followup.review'];

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/spot-checks', label: 'menu', icon: FileSearchOutlined, group: 'quality', order: 25, needs }],
  pages: [
    { path: '/spot-checks', load: () => import('./SpotCheckList'), title: 'title', help: 'help', needs },
    { path: '/spot-checks/$id', load: () => import('./SpotCheckPage'), title: 'oneTitle', help: 'oneHelp', needs },
  ],
});
