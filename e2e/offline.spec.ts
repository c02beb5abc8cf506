import { collectUncaught, expect, freshTest as test } from './support/test';
import { startStaticHost, type StaticHost } from './support/static-host';
import { Tacit } from './pages/tacit';
import type { Page } from '@playwright/test';

let host: StaticHost;
test.beforeEach(async () => {
  host = await startStaticHost();
});
test.afterEach(() => host.stop());

/** Names of the large files that are kept for use without a network. */
async function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await (await caches.open('tacit-artifacts')).keys()).map((request) => new URL(request.url).pathname.split('/').at(-1) ?? ''));
}

test('after one visit it starts and routes without host and network', async ({ tacit, page, context, replay }) => {
  test.setTimeout(120_000);
  await tacit.open('#/chat', { base: host.url });
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
  const online = await tacit.chat.rank('How do I keep basil alive?');
  await expect.poll(() => keptFiles(page), { timeout: 30_000 }).toEqual(
    expect.arrayContaining(['router.onnx', 'model_quantized.onnx', 'tokenizer.json', 'tokenizer_config.json', expect.stringMatching(/^ort-wasm-simd-threaded-.*\.wasm$/)]),
  );

  await host.stop();
  await context.setOffline(true);
  await page.close();
  const offline = new Tacit(await context.newPage());
  const uncaught = collectUncaught(offline.page);
  await offline.open('#/chat', { base: host.url });
  // Chromium 150 cuts the network of a page opened in an offline context and yet calls it online: it is told again.
  await context.setOffline(false);
  await context.setOffline(true);
  await expect(offline.page.getByText('You are offline.')).toBeVisible();
  expect(await offline.chat.rank('How do I keep basil alive?')).toEqual(online);
  await offline.go('taste');
  await offline.quiz.pickBy('shorter', 0, 1);
  await offline.memory.open();
  await expect(offline.memory.picks).toHaveCount(1);
  expect(uncaught).toEqual([]);
});

test('on a host without headers the page becomes isolated by one reload, and only one', async ({ tacit, page }) => {
  const loads: string[] = [];
  page.on('load', () => loads.push(page.url()));
  const bare = await page.request.get(host.url);
  expect(Object.keys(bare.headers()).filter((name) => name.startsWith('cross-origin'))).toEqual([]);
  await tacit.open('#/settings/engine', { base: host.url });
  expect(loads).toHaveLength(2);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  if ((await page.evaluate(() => navigator.hardwareConcurrency)) > 1) await expect(tacit.settings.fact('Runs on')).toHaveText(/CPU · \d+ threads/);
  await page.reload();
  await tacit.awake();
  expect(loads).toHaveLength(3);
});

test('a new version waits for the user’s word', async ({ tacit, page }) => {
  test.setTimeout(120_000);
  await tacit.open('#/chat', { base: host.url });
  await tacit.chat.composer.fill('A thought not to be lost');
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const version = page.locator('meta[name="e2e-version"]');
  host.deploy({
    'index.html': (html) => html.replace('</head>', '<meta name="e2e-version" content="2"></head>'),
    'sw.js': (script) => withNewRevision(script, 'index.html'),
  });
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  const bar = page.getByRole('status').filter({ hasText: 'A new version of Tacit is ready.' });
  await expect(bar).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  await expect(version).toHaveCount(0);

  await bar.getByRole('button', { name: 'Update now' }).click();
  await expect(version).toHaveAttribute('content', '2');
  await tacit.awake();
  await expect(tacit.chat.composer).toHaveValue('A thought not to be lost');
});

/** The precache list with another content hash for one file. */
function withNewRevision(script: string, file: string): string {
  const changed = script.replace(new RegExp(`(["']?revision["']?:\\s*["'\`])[0-9a-f]{8,}(["'\`],\\s*["']?url["']?:\\s*["'\`]${file})|(["']?url["']?:\\s*["'\`]${file}["'\`],\\s*["']?revision["']?:\\s*["'\`])[0-9a-f]{8,}`), '$1$3e2e0000000000000000000000000002$2');
  if (changed === script) throw new Error(`sw.js lists no ${file} with a revision.`);
  return changed;
}
