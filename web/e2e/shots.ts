import type { Page } from 'playwright-core';
import { enter, settled } from './browser';
import type { Shot } from './shot';

const found = import.meta.glob<{ shots: Shot[] }>(['../src/features/*/shots.ts', '../src/shell/shots.ts'], { eager: true });

/** Every page worth a picture; HUIFANG_SHOTS narrows by name. */
export const shots: Shot[] = Object.values(found)
  .flatMap((module) => module.shots)
  .filter(({ name }) => name.includes(process.env.HUIFANG_SHOTS ?? ''));

/** Brings the page into the state of a shot. */
export async function stage(page: Page, shot: Shot): Promise<void> {
  if (shot.login === '') await page.context().clearCookies();
  else await enter(page, shot.login);
  await page.goto(typeof shot.path === 'string' ? shot.path : await shot.path(page));
  await settled(page);
  await shot.prepare?.(page);
  await settled(page);
}
