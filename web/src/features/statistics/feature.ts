import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

const needs = ['stats.read'];

export const feature = defineFeature({
  texts: own,
  menu: [
    { path: '/statistics', label: 'menu', icon: BarChartOutlined, group: 'quality', order: 40, needs, phone: true },
    { path: '/statistics/month', label: 'monthMenu', icon: TableOutlined, group: 'quality', order: 50, needs },
  ],
  pages: [
    { path: '/statistics', load: () => import('./Dashboard'), title: 'title', help: 'help', needs },
    { path: '/statistics/month', load: () => import('./MonthSheet'), title: 'monthTitle', help: 'monthHelp', needs },
    { path: '/statistics/records', load: () => import('./Records'), title: 'recordsTitle', help: 'recordsHelp', needs },
  ],
});
