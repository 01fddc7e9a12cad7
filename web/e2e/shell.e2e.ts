import { describe, expect, test } from 'vitest';
import { open, organization, password, servers, settled, aBrowser } from './browser';

describe.each(servers())('the shell on $database', (server) => {
  const browser = aBrowser();

  test('a steward logs in, finds the way, changes language and tone, and leaves', async () => {
    const { context, page, complaints } = await open(browser(), server);
    await page.goto('/alerts');
    await page.getByLabel('机构代码').fill(organization);
    await page.getByLabel('登录名').fill('jinxiu_steward1');
    await page.getByLabel('密码', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '提醒' }).waitFor(); // where one wanted to go

    await page.getByRole('button', { name: /^账户/ }).click();
    await page.getByRole('radiogroup', { name: '语言' }).getByText('English').click();
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Dark').click();
    expect(await page.evaluate(() => document.documentElement.dataset.tone)).toBe('dark');

    await page.reload(); // both are kept
    await settled(page);
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.tone])).toEqual(['en', 'dark']);

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find or go to' }).fill('alert');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();

    await page.getByRole('button', { name: 'About this page' }).click();
    await page.getByText('What needs your eye appears here').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('an unknown address says so and leads back', async () => {
    const { context, page } = await open(browser(), server);
    await page.request.post('/api/v1/session', { data: { organization, login: 'admin', password } });
    await page.goto('/nowhere/at/all');
    await page.getByRole('heading', { level: 1, name: '没有这个页面' }).waitFor();
    await page.getByRole('link', { name: '回到首页' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/nowhere'));
    await context.close();
  });

  test('a session that ended is mended over the page', async () => {
    const { context, page } = await open(browser(), server);
    await page.request.post('/api/v1/session', { data: { organization, login: 'admin', password } });
    await page.goto('/alerts');
    await settled(page);
    await context.clearCookies();
    await page.getByRole('switch', { name: '只看未读' }).click(); // asks the server anew
    const dialog = page.getByRole('dialog', { name: '登录已过期' });
    await dialog.getByLabel('密码', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/没有未读的提醒|未读/).first().waitFor();
    expect(new URL(page.url()).search).toBe('?unread=true');
    await context.close();
  });

  test('a server that is down is said calmly, and work goes on when it is back', async () => {
    const { context, page } = await open(browser(), server);
    await page.request.post('/api/v1/session', { data: { organization, login: 'admin', password } });
    await page.goto('/alerts');
    await settled(page);
    await context.setOffline(true);
    await page.getByRole('switch', { name: '只看未读' }).click();
    await page.getByText('暂时连不上服务器').waitFor();
    await context.setOffline(false);
    await page.getByText('暂时连不上服务器').waitFor({ state: 'hidden' });
    await page.getByText(/没有未读的提醒|已全部显示|已显示/).first().waitFor();
    await context.close();
  });
});
