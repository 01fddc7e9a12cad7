import { firstOf, type Shot } from '../../../e2e/shot';

const first = firstOf('assets?limit=1', '/assets');

export const shots: Shot[] = [
  { name: 'assets', path: '/assets' },
  { name: 'assets-sheet', path: '/assets?edit=true' },
  { name: 'assets-empty', path: '/assets?text=zzzzzz' },
  { name: 'asset', path: first },
  { name: 'asset-missing', path: '/assets/nobody' },
  { name: 'asset-new', path: '/assets', prepare: async (page) => { await page.locator('.hf-page-head .ant-btn-primary').last().click(); await page.locator('.hf-inputs').waitFor(); } },
];
