import type { Page } from 'playwright-core';
import { enter, settled } from './browser';
import type { Shot } from './shot';

const found = import.meta.glob<{ shots: Shot[] }>(['../src/features/*/shots.ts', '../src/shell/shots.ts'], { eager: true });

/** Every page worth a picture, log-in by log-in; HUIFANG_SHOTS narrows by name. */
export const shots: Shot[] = Object.values(found)
  .flatMap((module) => module.shots)
  .filter(({ name }) => name.includes(process.env.HUIFANG_SHOTS ?? ''))
  .sort((a, b) => (a.login ?? 'admin').localeCompare(b.login ?? 'admin'));

/** Brings the page into the state of a shot; whoever is logged in already stays so. */
export async function stage(page: Page, shot: Shot): Promise<void> {
  const known = (await page.context().cookies()).length > 0;
  if (shot.login !== '' && !known) await enter(page, shot.login);
  await page.goto(typeof shot.path === 'string' ? shot.path : await shot.path(page));
  await settled(page);
  await shot.prepare?.(page);
  await settled(page);
}
