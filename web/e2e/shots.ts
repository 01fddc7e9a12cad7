import type { Browser, Page } from 'playwright-core';
import { anyServer, enter, open, settled, type Look, type Window } from './browser';
import type { Shot } from './shot';

const found = import.meta.glob<{ shots: Shot[] }>(['../src/features/*/shots.ts', '../src/shell/shots.ts'], { eager: true });

/** Every page worth a picture, log-in by log-in; HUIFANG_SHOTS narrows by name. */
export const shots: Shot[] = Object.values(found)
  .flatMap((module) => module.shots)
  .filter(({ name }) => name.includes(process.env.HUIFANG_SHOTS ?? ''))
  .sort((a, b) => (a.login ?? 'admin').localeCompare(b.login ?? 'admin'));

/** One window for all shots in a look: what was loaded once is there. */
export function oneWindow(browser: () => Browser, look: Look, before?: (page: Page) => Promise<unknown>): { stage: (shot: Shot) => Promise<Window>; close: () => Promise<void> } {
  let window: Window | undefined;
  let inside: string | undefined;
  return {
    stage: async (shot) => {
      if (!window) {
        window = await open(browser(), anyServer(), look);
        await before?.(window.page);
      }
      const login = shot.login ?? 'admin';
      if (login !== inside) {
        await window.context.clearCookies();
        if (login) await enter(window.page, login);
        inside = login;
      }
      window.complaints.length = 0;
      await window.page.emulateMedia({ colorScheme: look.tone, reducedMotion: 'reduce' });
      await stage(window.page, shot);
      return window;
    },
    close: async () => window?.context.close(),
  };
}

/** Brings the page into the state of a shot. */
async function stage(page: Page, shot: Shot): Promise<void> {
  await page.goto(typeof shot.path === 'string' ? shot.path : await shot.path(page));
  await settled(page);
  await shot.prepare?.(page);
  await settled(page);
}
