import { installPromptApi } from './support/prompt-api';
import { expect, test } from './support/test';

const NAME = 'Built-in model';

test('the browser’s own model: downloaded on request with progress, used in a chat, stopped being used', async ({ tacit, page }) => {
  await installPromptApi(page);
  await tacit.open('#/models');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: NAME }) });
  await row.getByRole('button', { name: 'Download and use it' }).click();
  await expect.poll(async () => Number(await row.getByRole('progressbar').getAttribute('aria-valuenow'))).toBeGreaterThan(10);
  await row.getByRole('button', { name: 'Cancel' }).click();
  await expect(row.getByRole('progressbar')).toHaveCount(0);
  await expect(tacit.models.inPool(NAME)).toHaveCount(0);

  await row.getByRole('button', { name: 'Download and use it' }).click();
  await expect(row).toContainText('ready');
  await expect(tacit.models.inPool(NAME)).toBeChecked();

  await tacit.settings.setComparisons(false);
  await tacit.newChat();
  await tacit.chat.sendTo(NAME, 'abc def');
  await expect(tacit.chat.answer(NAME)).toContainText('0 before. fed cba');
  await tacit.chat.sendTo(NAME, 'ghi');
  await expect(tacit.chat.answer(NAME).last()).toContainText('2 before. ihg');

  await tacit.go('models');
  await row.getByRole('button', { name: 'Stop using it' }).click();
  await expect(tacit.models.inPool(NAME)).toHaveCount(0);
});

test('a browser without a model of its own says so', async ({ tacit, page }) => {
  // The Chromium of these tests has the API and no model behind it.
  await page.addInitScript(() => Object.defineProperty(globalThis, 'LanguageModel', { value: undefined }));
  await tacit.open('#/models');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: NAME }) });
  await expect(row).toContainText('This browser has none.');
  await expect(row.getByRole('button')).toHaveCount(0);
});
