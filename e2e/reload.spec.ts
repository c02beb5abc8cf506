import { expect, test } from './support/test';
import { storedTurns } from './support/stored';

test('a reload in the middle of an answer keeps what was received and marks it as stopped', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  replay.control.fail({ failure: { kind: 'stall', afterChunks: 30 } });
  await tacit.chat.type('Why is the sky blue?');
  await tacit.chat.choose('Thorough Large');
  await tacit.chat.press();
  const answer = tacit.chat.answer('Thorough Large');
  await expect(answer).toContainText('Sunlight looks white');
  // Progress is written about once a second.
  await expect.poll(async () => (await storedTurns(page))[0]?.responses[0]?.text).toContain('Sunlight looks white');
  await page.reload();
  await expect(answer).toContainText('Sunlight looks white');
  await expect(answer).not.toHaveAttribute('aria-busy', 'true');
  await expect(answer).toContainText(/cut off/);
  await expect.poll(async () => (await storedTurns(page)).map(({ openResponseIds, responses }) => [openResponseIds.length, responses[0]?.status])).toEqual([[0, expect.stringMatching(/stopped|failed/)]]);

  await tacit.awake();
  await answer.getByRole('button', { name: 'Try again' }).click();
  await tacit.chat.expectComplete('Thorough Large');
});

test('a draft survives a reload, each chat its own', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  const chatUrl = page.url();
  await tacit.chat.composer.fill('And why is it red');
  await tacit.go('chat');
  await expect(tacit.chat.composer).toHaveValue('');
  await tacit.chat.composer.fill('A new thought');
  await page.reload();
  await expect(tacit.chat.composer).toHaveValue('A new thought');
  await page.goto(chatUrl);
  await expect(tacit.chat.composer).toHaveValue('And why is it red');
});
