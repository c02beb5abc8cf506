import { expect, test as base, type BrowserContext, type Page, type WorkerInfo } from '@playwright/test';
import { startReplayServer, type ReplayServer } from '../replay-server/index.mjs';
import { Tacit } from '../pages/tacit';

interface Fixtures {
  /** A model server of this test's own, with the project's fixtures. */
  readonly replay: ReplayServer;
  /** The app in this test's page, not yet opened. The test fails if the page throws and nothing catches it. */
  readonly tacit: Tacit;
}

interface WorkerFixtures {
  readonly settledContext: BrowserContext;
}

/** Every test has a profile of its own and meets the app for the first time: slow, and needed where caches, routes or the network matter. */
export const freshTest = base.extend<Fixtures>({
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

/**
 * The tests of a worker share a browser profile in which the service worker is in control and has the model files; each begins without any
 * data in it. Saves the download and the reload of a first visit.
 */
export const test = freshTest.extend<object, WorkerFixtures>({
  settledContext: [
    async ({ browser }, use, workerInfo) => {
      const context = await browser.newContext(contextOptions(workerInfo));
      const page = await context.newPage();
      await new Tacit(page).open();
      await page.close();
      await use(context);
      await context.close();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  context: async ({ settledContext, baseURL }, use) => {
    await forgetData(settledContext, new URL(baseURL ?? '').origin);
    await use(settledContext);
    await Promise.all(settledContext.pages().map((page) => page.close()));
  },
});

export { expect };

function contextOptions({ project }: WorkerInfo) {
  const { baseURL, viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = project.use;
  const options = { baseURL, viewport, userAgent, deviceScaleFactor, isMobile, hasTouch };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** What the app stored, not what the service worker did. */
async function forgetData(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage' });
  await page.close();
}

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
