import type { Page } from 'playwright-core';
import type { Shot } from '../../../e2e/shot';

const register = ['编号,类别,事项,完成时间,项目,房号,业主姓名,联系电话', 'S-1,报修,水管漏水,2026-11-02 10:00,锦绣花园,3-1-502,张三,13800000001', 'S-2,报修,门锁坏,昨天,锦绣花园,3-1-503,李四,13800000002'].join('\n');
const file = () => ({ name: '登记表.csv', mimeType: 'text/csv', buffer: Buffer.from(register) });

const preview = async (page: Page) => {
  await page.locator('input[type=file]').setInputFiles(file());
  await page.locator('.hf-counts').waitFor();
};

/** The register as it was imported, with what was rejected. */
const imported = async (page: Page) => {
  const answer = await page.request.post('/api/v1/imports', { headers: { Accept: 'application/json' }, multipart: { file: file() } });
  return `/imports/${((await answer.json()) as { id: string }).id}`;
};

export const shots: Shot[] = [
  { name: 'imports', path: '/imports' },
  { name: 'import-preview', path: '/imports', prepare: preview },
  { name: 'import', path: imported },
  { name: 'import-missing', path: '/imports/nothing' },
];
