import { collectUncaught, expect, test } from './support/test';
import { storedPicks } from './support/stored';
import { Tacit } from './pages/tacit';

test('two tabs: picks of one appear in the other, and none is lost when both learn', async ({ tacit, page, context }) => {
  test.setTimeout(120_000);
  await tacit.open('#/memory');
  await expect(page.getByText('It knows nothing about you yet')).toBeVisible();
  const second = new Tacit(await context.newPage());
  const uncaught = collectUncaught(second.page);
  await second.open('#/taste');
  await second.quiz.pickBy('shorter', 0, 2);
  await expect(tacit.memory.picks).toHaveCount(2);
  await expect(page.getByText(/^From 2 picks\./)).toBeVisible();

  // Both at once: each tab learns on top of what the other has stored.
  await tacit.go('taste');
  await tacit.quiz.expectPair();
  await second.quiz.expectPair();
  await Promise.all([tacit.page.keyboard.press('1'), second.page.keyboard.press('2')]);
  await tacit.quiz.expectCount(1);
  await second.quiz.expectCount(3);
  await expect.poll(async () => (await storedPicks(page)).length).toBe(4);
  await second.memory.open();
  await expect(second.memory.picks).toHaveCount(4);
  await expect(second.page.getByText(/^From 4 picks\./)).toBeVisible();

  // And taking one back, too.
  await second.memory.picks.first().getByRole('button', { name: /^Take this pick back/ }).click();
  await tacit.memory.open();
  await expect(tacit.memory.picks.first()).toContainText('taken back');
  await expect(page.getByText(/^From 3 picks\./)).toBeVisible();
  expect(uncaught).toEqual([]);
});

test('a chat begun in one tab is in the other’s list, and its answer can be read there', async ({ tacit, context, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  const second = new Tacit(await context.newPage());
  await second.open();
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  await second.page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: 'Why is the sky blue?' }).click();
  await expect(second.chat.answer('Terse Mini')).toContainText('Air scatters blue light');
});
