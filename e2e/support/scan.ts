import type { Page } from '@playwright/test';
import { contrastFindings, seriousFindings } from './axe';
import { walkChat, walkModels, walkMoving, walkOverlays, walkViews, type Walk } from './every-screen';
import { expectFits } from './fits';
import { startModelHub } from './model-hub';
import { expect, test } from './test';

const WALKS: readonly (readonly [string, (walk: Walk) => Promise<void>])[] = [
  ['the views', walkViews],
  ['a chat', walkChat],
  ['what lies over the app, and the history', walkOverlays],
  ['import, sync and backup', walkMoving],
  ['ways to a model', walkModels],
];

/** Declares the tests that scan every screen and dialog, in both themes. */
export function scanEveryScreen(isPhone: boolean): void {
  for (const [name, walk] of WALKS) {
    test(`nothing serious, light or dark: ${name}`, async ({ tacit, page, replay }) => {
      test.setTimeout(240_000);
      const hub = await startModelHub();
      hub.setSlow(true);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await tacit.open('#/chat', { query: `?hub=${encodeURIComponent(hub.url)}` });
      await walk({ tacit, page, replay, isPhone, look: (screen) => look(page, screen, isPhone) });
      await hub.close();
    });
  }
}

/** Colours apart, a screen is the same in both themes. */
async function look(page: Page, screen: string, isPhone: boolean): Promise<void> {
  expect.soft(await seriousFindings(page), screen).toEqual([]);
  if (isPhone) await expectFits(page, screen);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await contrastFindings(page), `${screen}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}
