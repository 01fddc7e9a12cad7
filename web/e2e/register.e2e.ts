import { describe, expect, test } from 'vitest';
import { enter, open, servers, settled, aBrowser } from './browser';

/** A register as another system exports it: two good rows, one that cannot be read. */
function register(mark: string): string {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return [
    '编号,类别,事项,完成时间,项目,房号,业主姓名,联系电话',
    `${mark}-1,求助,帮忙搬运,${day} 10:00,锦绣花园,9-9-901,试导入甲,13900009001`,
    `${mark}-2,求助,代收快递,${day} 11:00,锦绣花园,9-9-902,试导入乙,13900009002`,
    `${mark}-3,求助,借用工具,昨天上午,锦绣花园,9-9-903,试导入丙,13900009003`,
  ].join('\n');
}

describe.each(servers())('registers and rules on $database', (server) => {
  const browser = aBrowser();

  test('a register is previewed and imported, and its follow-ups are there', async () => {
    const { context, page, complaints } = await open(browser(), server);
    await enter(page);
    await page.goto('/imports');
    await settled(page);
    await page.locator('input[type=file]').setInputFiles({ name: '试导入.csv', mimeType: 'text/csv', buffer: Buffer.from(register('E2E')) });
    await page.getByRole('button', { name: '导入 2 行' }).waitFor();
    await page.getByRole('heading', { name: '会被退回的行' }).waitFor();
    await page.getByRole('button', { name: '导入 2 行' }).click();

    await page.waitForURL(/\/imports\/[^/]+$/);
    await page.getByRole('heading', { level: 1, name: '试导入.csv' }).waitFor();
    await page.getByRole('link', { name: '下载退回行' }).waitFor();
    const planned = await page.locator('.hf-counts > div', { hasText: '生成回访' }).locator('dd').textContent();
    expect(planned).toBe('2');

    await page.goto('/contacts?text=试导入甲');
    await page.getByRole('link', { name: '试导入甲' }).click();
    await page.getByText('HF-').first().waitFor(); // the follow-up stands in the history
    await page.getByRole('link', { name: '一周内回访' }).first().click();
    await page.waitForURL(/\/followups\/[^/]+$/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a field is changed in its cell', async () => {
    const { context, page } = await open(browser(), server);
    await enter(page);
    await page.goto('/contacts?text=试导入乙&edit=true');
    await settled(page);
    const cell = page.getByRole('button', { name: /^地址：/ }).first();
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('九栋九零二');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^地址：.*九栋九零二/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^地址：.*九栋九零二/ }).waitFor();
    await context.close();
  });

  test('a program is adjusted for the organization, and follows the pack again', async () => {
    const { context, page, complaints } = await open(browser(), server);
    await enter(page);
    await page.goto('/programs/help');
    await settled(page);
    await page.getByRole('button', { name: '新增调整' }).click();
    await page.getByLabel('一周内回访: 截止').fill('10d');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText(/10 天内由/).first().waitFor();
    await page.getByRole('button', { name: '恢复方案包的值' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '恢复方案包的值' }).click();
    await page.getByText(/7 天内由/).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
