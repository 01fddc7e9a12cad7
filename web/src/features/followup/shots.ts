import type { Page } from 'playwright-core';
import type { Shot } from '../../../e2e/shot';

const steward = 'jinxiu_steward1';
const supervisor = 'jinxiu_supervisor';

/** The first follow-up of a list. */
const first = (query: string) => async (page: Page) => {
  const answer = await page.request.get(`/api/v1/followups?limit=1&${query}`);
  return `/followups/${((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? ''}`;
};
const mine = first('assignee=me&state=overdue,planned');
const shown = (page: Page, what: string) => page.locator(what).first().waitFor();

export const shots: Shot[] = [
  { name: 'today', path: '/today', login: steward },
  { name: 'today-all', path: '/today?who=all', login: supervisor },
  { name: 'today-empty', path: '/today?text=zzzzzz', login: steward },
  { name: 'today-load', path: '/today?part=load', login: supervisor },
  {
    name: 'today-bulk', path: '/today?who=all', login: supervisor,
    prepare: async (page) => {
      for (const i of [1, 2, 3]) if ((await page.locator('.fu-table').count()) > 0) await page.locator('.fu-check input').nth(i).check();
    },
  },
  { name: 'today-keys', path: '/today', login: steward, prepare: async (page) => { await page.keyboard.press('?'); await shown(page, '.fu-keys'); } },
  { name: 'followups', path: '/followups', login: supervisor },
  { name: 'followups-empty', path: '/followups?text=zzzzzz', login: supervisor },
  { name: 'followup', path: mine, login: steward },
  { name: 'followup-script', path: async (page) => `${await mine(page)}?script=true`, login: steward },
  { name: 'followup-wrong', path: mine, login: steward, prepare: async (page) => { await page.locator('.fu-foot-bar button').last().click(); await shown(page, '.hf-item-wrong'); } },
  { name: 'followup-why', path: mine, login: steward, prepare: async (page) => { await page.locator('.hf-page-head .hf-actions button').first().click(); await shown(page, '.fu-why'); } },
  { name: 'followup-share', path: mine, login: steward, prepare: async (page) => { await page.locator('.fu-share').first().click(); await page.locator('.ant-modal .ant-btn-primary').first().click(); await shown(page, '.fu-share-code svg'); } },
  {
    name: 'followup-postpone', path: first('state=planned,overdue'), login: supervisor,
    prepare: async (page) => {
      await page.locator('.hf-page-head .hf-actions button').nth(1).click();
      await page.locator('.ant-dropdown-menu-item').nth(1).click();
      await shown(page, '.ant-modal');
    },
  },
  { name: 'followup-done', path: first('state=completed&verdict=dissatisfied&desc=true'), login: supervisor },
  { name: 'followup-missing', path: '/followups/HF-1999-000001', login: steward },
];
