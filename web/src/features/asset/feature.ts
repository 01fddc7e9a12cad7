import { ContainerOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/assets', label: 'menu', word: 'assets', icon: ContainerOutlined, group: 'people', order: 20, needs: ['contact.read'], keywords: 'assets homes vehicles devices 资产 房产 车辆 设备' }],
  pages: [
    { path: '/assets', load: () => import('./AssetList'), title: 'title', help: 'help', needs: ['contact.read'] },
    { path: '/assets/$id', load: () => import('./AssetPage'), title: 'one', help: 'helpOne', needs: ['contact.read'] },
  ],
});
