import { startModelHub } from './support/model-hub';
import { collectRequests, expect, freshTest, originOf } from './support/test';

const NAME = 'SmolLM2 135M';
/** What the project's tiny model has learned by heart. */
const PROMPT = 'Why is the sky blue?';
const ANSWER = 'Air scatters blue light far more than red, so blue reaches your eyes from every direction.';

freshTest('a model in the browser: its size first, a download that can be broken off and gone on with, a chat offline, and gone', async ({ tacit, page, context }) => {
  const hub = await startModelHub();
  await tacit.open('#/models', { query: `?hub=${encodeURIComponent(hub.url)}` });
  const row = page.getByRole('listitem', { name: NAME });
  const requests = collectRequests(context);
  await expect(row).toBeVisible();
  expect(requests.filter(({ origin }) => origin !== originOf(page)), 'nothing is asked of the hub before a click').toEqual([]);

  await row.getByRole('button', { name: /^Download/ }).click();
  await expect(row).toContainText(/[\d,]+ bytes in 5 files/);
  expect(hub.fetched).toEqual([]);

  hub.setSlow(true);
  await row.getByRole('button', { name: /^Download \d/ }).click();
  const bar = row.getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(5);
  await expect.poll(() => hub.fetched.at(-1)).toBe('onnx/model_quantized.onnx');
  // Something of the weights has arrived.
  await page.waitForTimeout(1_500);
  await row.getByRole('button', { name: 'Cancel' }).click();
  await expect(row.getByRole('button', { name: /^Go on: .* left$/ })).toBeVisible();

  // Another day: the page is loaded anew, and the download goes on behind its last byte.
  await page.reload();
  await tacit.awake();
  hub.setSlow(false);
  const before = hub.fetched.length;
  await row.getByRole('button', { name: /^Go on/ }).click();
  await expect(row).toContainText('ready, also offline', { timeout: 60_000 });
  expect(hub.fetched.slice(before)).toEqual([expect.stringMatching(/^onnx\/model_quantized\.onnx bytes=\d{4,}-$/)]);
  await expect(tacit.models.inPool(NAME)).toBeChecked();

  // Warm the worker's own files, then without any network.
  await tacit.newChat();
  await tacit.chat.sendTo(NAME, PROMPT);
  await expect(tacit.chat.answer(NAME)).toContainText(ANSWER);
  await hub.close();
  await context.setOffline(true);
  await page.reload();
  await tacit.awake();
  await tacit.newChat();
  await tacit.chat.sendTo(NAME, 'Count to thirty.');
  await expect(tacit.chat.answer(NAME)).toContainText('twenty-nine, thirty.');
  await expect(tacit.chat.answer(NAME)).toContainText(/\d+ tokens/);

  await tacit.go('models');
  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Delete' }).click();
  await expect(row.getByRole('button', { name: /^Download/ })).toBeVisible();
  await expect(tacit.models.inPool(NAME)).toHaveCount(0);
  const left = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const models = await root.getDirectoryHandle('local-llm');
    const names: string[] = [];
    for await (const name of models.keys()) names.push(name);
    return names;
  });
  expect(left).toEqual([]);
});
