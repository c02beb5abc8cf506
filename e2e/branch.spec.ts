import { expect, test } from './support/test';
import { storedTurns } from './support/stored';

test.beforeEach(async ({ tacit, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
});

test('a prompt is edited and branches; both versions can be gone through by keyboard, also after a reload', async ({ tacit, page }) => {
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  await tacit.chat.sendTo('Terse Mini', 'How do I boil an egg?');
  await tacit.chat.editPrompt('Why is the sky blue?', 'Plan a weekend in Lisbon.');
  await tacit.chat.expectComplete('Terse Mini');
  await expect(page.getByRole('heading', { name: 'How do I boil an egg?' })).toHaveCount(0);
  const versions = page.getByRole('group', { name: 'Versions of this prompt' });
  await expect(versions).toContainText('2 / 2');

  await versions.getByRole('button', { name: 'Earlier version' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'How do I boil an egg?' })).toBeVisible();
  await expect(versions).toContainText('1 / 2');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Why is the sky blue?', level: 2 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Plan a weekend in Lisbon.' })).toHaveCount(0);
});

test('a cut answer goes on as the same answer', async ({ tacit, page, replay }) => {
  replay.control.fail({ failure: { kind: 'cut', afterChunks: 30 } });
  await tacit.chat.type('Why is the sky blue?');
  await tacit.chat.choose('Thorough Large');
  await tacit.chat.press();
  const answer = tacit.chat.answer('Thorough Large');
  await expect(answer).toContainText('stopped in the middle');
  await answer.getByRole('button', { name: 'Continue' }).click();
  await tacit.chat.expectComplete('Thorough Large');
  await expect(answer).not.toContainText('stopped in the middle');
  await expect(answer).toContainText('Sunlight looks white');
  await expect.poll(async () => (await storedTurns(page))[0]?.responses.map(({ status, failure }) => [status, failure])).toEqual([['complete', null]]);
  const asked = replay.control.log().findLast(({ prompt }) => prompt !== null)?.body;
  const messages = (asked as { messages: { role: string; content: string }[] }).messages;
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect(messages[1]?.content).toContain('Sunlight looks white');
  await answer.getByRole('button', { name: /tokens/ }).click();
  await expect(page.getByRole('dialog', { name: 'What this answer took' })).toContainText('Time to the first word');
});
