import type { Page } from 'playwright-core';

interface Item {
  code: string;
  kind: string;
  options?: { code: string; label: { zh: string; en: string }; verdict?: string }[];
}

/** What a story asks of a follow-up. */
export interface Detail {
  id: string;
  state: string;
  review?: string;
  version: number;
  verdict?: string;
  attempts: number;
  records: unknown[];
  form_definition: { items: Item[] };
}

/** A follow-up as the server has it. */
export const detail = async (page: Page, id: string) => (await (await page.request.get(`/api/v1/followups/${id}`)).json()) as Detail;
/** The record that the page is about. */
export const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Chooses the answer that makes the verdict. */
export async function answer(page: Page, verdict: 'satisfied' | 'dissatisfied', lang: 'zh' | 'en', known?: Detail): Promise<void> {
  const { form_definition: form } = known ?? (await detail(page, idOf(page)));
  const item = form.items.find((one) => one.options?.some((option) => option.verdict === verdict));
  const option = item?.options?.find((one) => one.verdict === verdict);
  if (!item || !option) throw new Error('the form has no such verdict');
  await page.locator(`.fu-form [data-item="${item.code}"]`).getByText(option.label[lang], { exact: true }).click();
}

/** Sends; what is missing is filled in, and sent again. */
export async function send(page: Page, button: string, sent: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await page.getByRole('button', { name: button, exact: true }).click();
    for (let wait = 0; wait < 40; wait++) {
      if (await sent()) return;
      if ((await page.locator('.hf-item-wrong').count()) > 0) break;
      await page.waitForTimeout(100);
    }
    const wrong = page.locator('.hf-item-wrong');
    while ((await wrong.count()) > 0) {
      const field = wrong.first().locator('textarea, input[type="text"], input:not([type])');
      if ((await field.count()) > 0) await field.first().fill('3');
      else await wrong.first().getByRole('radio').first().or(wrong.first().getByRole('button').first()).first().click();
    }
  }
  throw new Error('the form could not be sent');
}
