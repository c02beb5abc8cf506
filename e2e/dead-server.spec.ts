import { startReplayServer } from './replay-server/index.mjs';
import { expect, test } from './support/test';

test('a server that is gone is said to be, and once it is back the same prompt is answered', async ({ tacit, page }) => {
  const server = await startReplayServer();
  await tacit.open();
  await tacit.models.connect(`${server.url}/v1`);
  await server.close();
  await tacit.newChat();
  await tacit.chat.type('Why is the sky blue?');
  await tacit.chat.choose('Terse Mini');
  await tacit.chat.press();
  const answer = tacit.chat.answer('Terse Mini');
  await expect(answer).toContainText(/cannot reach Replay|Replay does not answer/);
  await expect(answer.getByRole('button', { name: 'Another model' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Why is the sky blue?');

  const again = await startReplayServer({ port: Number(new URL(server.url).port) });
  await answer.getByRole('button', { name: 'Try again' }).click();
  await tacit.chat.expectComplete('Terse Mini');
  await again.close();
});

test('connecting to nothing says where nothing answers, and how to start it', async ({ tacit, page }) => {
  const server = await startReplayServer();
  await server.close();
  await tacit.open();
  await tacit.models.tryServer(`${server.url}/v1`);
  await expect(tacit.models.dialog).toContainText(`${server.url}/v1`);
  await expect(tacit.models.dialog).toContainText(/cannot reach Replay|Replay does not answer/);
  await tacit.models.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: /^Another server/ })).toBeVisible();
});
