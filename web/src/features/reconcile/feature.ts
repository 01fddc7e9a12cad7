import { DiffOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

const needs = ['event.ingest'];

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/reconciliation', label: 'menu', icon: DiffOutlined, group: 'people', order: 40, needs, keywords: '核对 比对 DMS HIS compare' }],
  pages: [{ path: '/reconciliation', load: () => import('./Reconcile'), title: 'title', help: 'help', needs }],
});
