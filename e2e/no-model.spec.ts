import { expect, test } from './support/test';

/** Before the first ranking, the descriptions of the whole catalogue are encoded. */
const ENCODED_MS = 45_000;

test('without a connected model, a prompt shows whom Tacit would ask, at what price, and how to connect', async ({ tacit, page }) => {
  test.setTimeout(120_000);
  await tacit.open();
  await tacit.chat.composer.fill('Write a Python function that merges two sorted lists.');
  const ranking = page.getByRole('region', { name: 'Models Tacit would ask' });
  await expect(ranking.getByRole('listitem')).toHaveCount(5, { timeout: ENCODED_MS });
  for (const row of await ranking.getByRole('listitem').all()) await expect(row).toHaveText(/^\d.+about \d+ words.*(\$\d|under \$|free|price unknown)/s);
  const names = await ranking.getByRole('listitem').allInnerTexts();
  expect(new Set(names).size).toBe(5);

  await tacit.chat.composer.press('Enter');
  await expect(tacit.chat.composer).toHaveValue('Write a Python function that merges two sorted lists.');
  const notice = page.getByRole('region', { name: 'No model is connected' });
  await expect(notice).toContainText('connect a model');
  await notice.getByRole('button', { name: 'Connect a model' }).click();
  await expect(page.getByRole('button', { name: /^Ollama/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^OpenRouter/ })).toBeVisible();
});

test('the wish for cheap models changes the ranking, with nothing connected', async ({ tacit, page }) => {
  test.setTimeout(120_000);
  await tacit.open();
  const prompt = 'Write a Python function that merges two sorted lists.';
  const names = page.getByRole('region', { name: 'Models Tacit would ask' }).getByRole('listitem');
  await tacit.chat.composer.fill(prompt);
  await expect(names).toHaveCount(5, { timeout: ENCODED_MS });
  const dearest = async () => Math.max(...(await names.allInnerTexts()).map((text) => Number(/\$([\d.]+)/.exec(text)?.[1] ?? 0)));
  const before = await dearest();
  await tacit.settings.open('router');
  const economy = page.getByRole('slider').first();
  await economy.focus();
  await page.keyboard.press('End');
  await tacit.newChat();
  await expect(tacit.chat.composer).toHaveValue(prompt);
  await expect(names).toHaveCount(5, { timeout: ENCODED_MS });
  await expect.poll(dearest).toBeLessThan(before);
});
