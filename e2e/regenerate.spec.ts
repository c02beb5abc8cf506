import { expect, test } from './support/test';
import { storedPicks } from './support/stored';

const PROMPT = 'How do I boil an egg?';

test.beforeEach(async ({ tacit, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
});

test('another model’s answer is a weak preference for it, and both answers stay', async ({ tacit, page }) => {
  const [first, ...others] = await tacit.chat.rank(PROMPT);
  const second = others.at(-1);
  if (!first || !second) throw new Error('The menu lists too few models.');
  await tacit.chat.press();
  await tacit.chat.expectComplete(first);
  expect(await storedPicks(page)).toEqual([]);

  await tacit.chat.regenerateWith(second);
  await expect.poll(async () => (await storedPicks(page)).length).toBe(1);
  const [pick] = await storedPicks(page);
  expect(pick).toMatchObject({ source: 'regenerate', outcome: 'win', blind: false });
  expect(pick?.chosen.modelId.endsWith(second.toLowerCase().replace(' ', '-'))).toBe(true);
  expect(pick?.rejected?.modelId.endsWith(first.toLowerCase().replace(' ', '-'))).toBe(true);
  expect(pick?.weight).toBeGreaterThan(0);
  expect(pick?.weight).toBeLessThan(1);

  await expect(page.getByText('2 of 2')).toBeVisible();
  await page.getByRole('button', { name: 'Earlier answer' }).click();
  await expect(tacit.chat.answer(first)).toBeVisible();
  await tacit.memory.open();
  await expect(tacit.memory.picks.first()).toContainText(`${second} over ${first}`);
  await expect(tacit.memory.picks.first()).toContainText('Regenerated');
});

test('the same model again says nothing about taste', async ({ tacit, page }) => {
  await tacit.chat.sendTo('Warm Chat', PROMPT);
  // Choosing it by hand may itself be a pick, which is stored before the next prompt is routed.
  await tacit.chat.type('And a goose egg?');
  const before = await storedPicks(page);
  await tacit.chat.answers.last().getByRole('button', { name: 'Regenerate' }).click();
  await page.getByRole('menuitem', { name: 'Again with Warm Chat' }).click();
  await expect(page.getByText('2 of 2')).toBeVisible();
  await tacit.chat.expectComplete('Warm Chat');
  // A pick would be stored before the next prompt is routed.
  await tacit.chat.type('And a duck egg?');
  expect(await storedPicks(page)).toHaveLength(before.length);
});

test('choosing another model than Auto’s before sending is a weak preference, too', async ({ tacit, page }) => {
  const ranking = await tacit.chat.rank(PROMPT);
  const [best] = ranking;
  const chosen = ranking.at(-1);
  if (!best || !chosen) throw new Error('The menu lists no model.');
  await tacit.chat.choose(chosen);
  await tacit.chat.press();
  await tacit.chat.expectComplete(chosen);
  await expect(tacit.chat.answer(chosen)).toContainText('chosen by you');
  await expect.poll(async () => (await storedPicks(page)).map(({ source }) => source)).toEqual(['switch']);
  const [pick] = await storedPicks(page);
  expect(pick?.weight).toBeLessThan(1);
});

test('a thumb counts, and can be taken back in the memory', async ({ tacit, page }) => {
  await tacit.chat.sendTo('Warm Chat', PROMPT);
  // Choosing it by hand may itself be a pick, which is stored before the next prompt is routed.
  await tacit.chat.type('And a goose egg?');
  const before = (await storedPicks(page)).length;
  await tacit.chat.answer('Warm Chat').getByRole('button', { name: 'Bad answer' }).click();
  await expect.poll(async () => (await storedPicks(page)).filter(({ source }) => source === 'thumb')).toHaveLength(1);
  await tacit.memory.open();
  const row = tacit.memory.picks.filter({ hasText: 'Thumb' });
  await expect(row).toContainText('Warm Chat: poor answer');
  await row.getByRole('button', { name: /^Take this pick back/ }).click();
  await expect(row).toContainText('taken back');
  await expect.poll(async () => (await storedPicks(page)).filter(({ undoneAt }) => undoneAt !== null)).toHaveLength(1);
  expect((await storedPicks(page)).length).toBe(before + 1);
});
