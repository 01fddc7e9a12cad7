import { CloudUploadOutlined } from '@ant-design/icons';
import { defineFeature } from '@/ui';
import { own } from './texts';

export const feature = defineFeature({
  texts: own,
  menu: [{ path: '/imports', label: 'menu', icon: CloudUploadOutlined, group: 'people', order: 30, needs: ['event.ingest'], keywords: 'import upload excel csv 导入 上传 登记表' }],
  pages: [
    { path: '/imports', load: () => import('./ImportPage'), title: 'title', help: 'help', needs: ['event.ingest'] },
    { path: '/imports/$id', load: () => import('./ImportResult'), title: 'one', help: 'helpOne', needs: ['event.ingest'] },
  ],
});
