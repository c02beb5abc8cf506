import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { startReplayServer, type ReplayServer } from '../replay-server/index.mjs';
import { Tacit } from '../pages/tacit';

interface Fixtures {
  /** A model server of this test's own, with the project's fixtures. */
  readonly replay: ReplayServer;
  /** The app in this test's page, not yet opened. The test fails if the page throws and nothing catches it. */
  readonly tacit: Tacit;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern
  replay: async ({}, use) => {
    const server = await startReplayServer();
    await use(server);
    await server.close();
  },
  tacit: async ({ page }, use) => {
    const uncaught = collectUncaught(page);
    await use(new Tacit(page));
    expect(uncaught, 'errors that nothing caught').toEqual([]);
  },
});

export { expect };

export function collectUncaught(page: Page): readonly string[] {
  const uncaught: string[] = [];
  page.on('pageerror', (error) => uncaught.push(error.stack ?? error.message));
  return uncaught;
}

/** Addresses asked for from now on, by pages, workers and service workers; what a page makes by itself (`blob:`, `data:`) is left out. */
export function collectRequests(context: BrowserContext): readonly URL[] {
  const requests: URL[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'blob:' && url.protocol !== 'data:') requests.push(url);
  });
  return requests;
}

/** The origin of the app under test. */
export function originOf(page: Page): string {
  return new URL(page.url()).origin;
}

/**
 * Draws the app's seeds from a fixed sequence, so that two runs see the same quiz (mulberry32). Ids begin with the time and stay
 * unique.
 */
export async function fixSeeds(page: Page, seed: number): Promise<void> {
  await page.addInitScript((start) => {
    let state = start;
    const next = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return (mixed ^ (mixed >>> 14)) >>> 0;
    };
    const original = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = (array) => {
      if (!(array instanceof Uint32Array)) return original(array);
      array.forEach((_, index) => (array[index] = next()));
      return array;
    };
  }, seed);
}
