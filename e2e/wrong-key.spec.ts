import { expect, freshTest, test } from './support/test';

test('a refused key is named as the trouble, nothing is saved, and the right one connects', async ({ tacit, page, replay }) => {
  const { models } = tacit;
  replay.control.fail({ failure: { kind: 'status', status: 401 }, endpoint: 'models' });
  await tacit.open();
  await models.tryServer(`${replay.url}/v1`, { key: 'sk-wrong-5678' });
  await expect(models.dialog).toContainText('Replay refused the API key.');
  await expect(models.dialog).toContainText('Copy the key again');
  await expect(models.dialog).not.toContainText('sk-wrong-5678');
  await expect(models.dialog.getByLabel(/^API key/)).toHaveValue('sk-wrong-5678');

  await models.dialog.getByLabel(/^API key/).fill('sk-right-5678');
  await models.dialog.getByRole('button', { name: 'Test and connect' }).click();
  await expect(models.dialog).toHaveCount(0);
  await expect(page.getByText('key ends in 5678')).toBeVisible();
});

test('a key that stops working while chatting says so in the answer, and another model is one click away', async ({ tacit, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`, { key: 'sk-e2e-1234' });
  replay.control.fail({ failure: { kind: 'status', status: 401 } });
  await tacit.newChat();
  await tacit.chat.type('Why is the sky blue?');
  await tacit.chat.choose('Terse Mini');
  await tacit.chat.press();
  const answer = tacit.chat.answer('Terse Mini');
  await expect(answer).toContainText('Replay refused the API key.');
  await answer.getByRole('button', { name: 'Try again' }).click();
  await tacit.chat.expectComplete('Terse Mini');
});

freshTest('a provider that hides its refusal from web pages: the key is suspected all the same', async ({ tacit, page, context }) => {
  // As api.openai.com does it: the 401 carries no CORS header, so a page sees no more than a failed request.
  await context.route('https://api.openai.com/**', (route) => route.fulfill({ status: 401, contentType: 'application/json', body: '{"error":{"message":"Incorrect API key provided"}}' }));
  await tacit.open('#/models');
  await page.getByRole('button', { name: /^OpenAI/ }).click();
  const { dialog } = tacit.models;
  await dialog.getByLabel(/^API key/).fill('sk-wrong-5678');
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await expect(dialog).toContainText(/OpenAI (probably )?refused/);
  await expect(dialog).toContainText(/wrong|copy (it|the key) again/i);
  await expect(dialog).not.toContainText('TypeError');
});

test('a server without permission for web pages: what to do about it, in commands', async ({ tacit, page, replay }) => {
  replay.control.fail({ failure: { kind: 'no_cors' }, endpoint: 'any', times: null });
  await tacit.open();
  await tacit.models.tryServer(`${replay.url}/v1`);
  await expect(tacit.models.dialog).toContainText(/does not allow this page|cannot reach Replay/);
  await expect(tacit.models.dialog).toContainText(new URL(page.url()).origin);
});
