import { CompassOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

const needs = ['organization.manage'];

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/start', label: 'menu', icon: CompassOutlined, group: 'settings', order: 99, needs, keywords: 'setup wizard first 向导 初始化' }],
  pages: [{ path: '/start', load: () => import('./Start'), title: 'title', help: 'help', needs }],
});
