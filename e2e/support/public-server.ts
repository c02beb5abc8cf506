import type { BrowserContext } from '@playwright/test';
import type { ReplayServer } from '../replay-server/index.mjs';

/**
 * Lets the replay server answer at an address on the internet, where models have prices and keys travel. An answer arrives in one piece:
 * the browser's interception knows no streams.
 */
export async function proxyTo(context: BrowserContext, origin: string, replay: ReplayServer): Promise<void> {
  await context.route(`${origin}/**`, async (route) => {
    const url = new URL(route.request().url());
    const response = await route.fetch({ url: `${replay.url}${url.pathname}${url.search}` });
    await route.fulfill({ response });
  });
}
