import type { BrowserContext } from '@playwright/test';
import { expect, freshTest, test as settledTest } from './support/test';

const test = freshTest.extend({ serviceWorkers: 'block' });

/** Serves the router with one byte flipped, the first `times` times; returns how often it was asked for. */
async function damageRouter(context: BrowserContext, times: number): Promise<() => number> {
  let asked = 0;
  await context.route('**/models/router.onnx', async (route) => {
    asked += 1;
    if (asked > times) return route.continue();
    const response = await route.fetch();
    const body = await response.body();
    body[1000] = (body[1000] ?? 0) ^ 0xff;
    await route.fulfill({ response, body });
  });
  return () => asked;
}

test('a file damaged on the way is fetched again, and nobody notices', async ({ tacit, context }) => {
  const asked = await damageRouter(context, 1);
  await tacit.open('#/chat', { isolated: false });
  expect(asked()).toBe(2);
});

test('a file that stays damaged is named, chats go on, and a retry recovers', async ({ tacit, page, context, replay }) => {
  const asked = await damageRouter(context, 2);
  await page.goto('./#/settings/engine');
  const notice = page.getByRole('main').getByText(/The model file router\.onnx is damaged: its sha256 is [0-9a-f]{64}, expected [0-9a-f]{64}/);
  await expect(notice).toBeVisible({ timeout: 45_000 });
  expect(asked()).toBe(2);

  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.composer.fill('Why is the sky blue?');
  await tacit.chat.composer.press('Enter');
  await expect(page.getByText('The router could not choose a model')).toBeVisible();
  await page.getByRole('button', { name: /^Answer with .* instead$/ }).click();
  await expect(tacit.chat.answers).toContainText('as you agreed');

  await tacit.settings.open('engine');
  await page.getByRole('button', { name: 'Restart the engine' }).click();
  await tacit.awake(false);
  expect(asked()).toBe(3);
  await expect(notice).toHaveCount(0);
  await tacit.newChat();
  expect(await tacit.chat.rank('Why is the sky blue?')).toHaveLength(5);
});

settledTest('a copy that was damaged in the browser’s own cache is replaced', async ({ tacit, page }) => {
  await tacit.open();
  const damaged = await page.evaluate(async () => {
    const cache = await caches.open('tacit-artifacts');
    const key = (await cache.keys()).find(({ url }) => new URL(url).pathname.endsWith('router.onnx'));
    const copy = key && (await cache.match(key));
    if (!key || !copy) return null;
    const bytes = new Uint8Array(await copy.arrayBuffer());
    bytes[1000] = (bytes[1000] ?? 0) ^ 0xff;
    await cache.put(key, new Response(bytes, { headers: copy.headers }));
    return digest(bytes);

    async function digest(data: Uint8Array<ArrayBuffer>) {
      return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', data)), (byte) => byte.toString(16)).join();
    }
  });
  expect(damaged).not.toBeNull();
  await page.reload();
  await tacit.awake();
  const now = await page.evaluate(async () => {
    const cache = await caches.open('tacit-artifacts');
    const key = (await cache.keys()).find(({ url }) => new URL(url).pathname.endsWith('router.onnx'));
    const copy = key && (await cache.match(key));
    return copy ? Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', await copy.arrayBuffer())), (byte) => byte.toString(16)).join() : null;
  });
  expect(now).not.toBeNull();
  expect(now).not.toBe(damaged);
});
