import { expect, fixSeeds, test } from './support/test';
import { storedPicks } from './support/stored';

test.describe('taste quiz', () => {
  test.beforeEach(({ page }) => fixSeeds(page, 20261122));

  for (const { wanted, words, opposite } of [
    { wanted: 'shorter', words: 'shorter answers', opposite: 'longer answers' },
    { wanted: 'longer', words: 'longer answers', opposite: 'shorter answers' },
  ] as const) {
    test(`ten picks of the ${wanted} answer become a profile that says so`, async ({ tacit, page }) => {
      await tacit.open('#/taste');
      await tacit.quiz.pickBy(wanted, 0, 10);
      await expect(page.getByRole('heading', { name: 'Your taste so far' })).toBeVisible();
      await expect(tacit.memory.profile.filter({ hasText: words })).toBeVisible();
      await expect(tacit.memory.profile.filter({ hasText: opposite })).toHaveCount(0);

      await tacit.memory.open();
      await expect(tacit.memory.picks).toHaveCount(10);
      await expect(tacit.memory.profile.filter({ hasText: words })).toBeVisible();
    });
  }

  test('each pick says what it taught, brings another pair, and can be taken back', async ({ tacit, page }) => {
    const { quiz } = tacit;
    await tacit.open('#/taste');
    const first = await quiz.pair();
    await page.keyboard.press((await quiz.isLeftShorter()) ? '1' : '2');
    await quiz.expectCount(1);
    await expect(quiz.learned).toBeVisible();
    const second = await quiz.pair();
    expect(second.prompt).not.toBe(first.prompt);

    await quiz.button('Undo').click();
    await quiz.expectCount(0);
    expect(await quiz.pair()).toEqual(first);
    await expect.poll(async () => (await storedPicks(page)).map((pick) => pick.undoneAt === null)).toEqual([false]);
  });

  test('keys 1, 2, 0 and B judge, S passes over', async ({ tacit, page }) => {
    const { quiz } = tacit;
    await tacit.open('#/taste');
    for (const [index, key] of ['1', '2', '0', 'b'].entries()) {
      await quiz.expectPair();
      await page.keyboard.press(key);
      await quiz.expectCount(index + 1);
    }
    const before = await quiz.pair();
    await page.keyboard.press('s');
    await expect(quiz.prompt).not.toHaveText(before.prompt);
    await quiz.expectCount(4);

    const picks = await storedPicks(page);
    expect(picks.map(({ outcome, chosenSide }) => (outcome === 'win' ? chosenSide : outcome))).toEqual(['left', 'right', 'tie', 'both_bad']);
    expect(picks.every(({ blind, propensity }) => blind && propensity !== null && propensity > 0 && propensity <= 1)).toBe(true);
  });

  test('it can be left at any time and asked for again', async ({ tacit, page }) => {
    await tacit.open('#/chat');
    await page.getByRole('link', { name: /Show it your taste/ }).click();
    await tacit.quiz.expectPair();
    await page.getByRole('button', { name: 'Not now' }).click();
    await expect(tacit.chat.composer).toBeVisible();
    await expect(page.getByRole('link', { name: /Show it your taste/ })).toHaveCount(0);
    await page.getByRole('link', { name: 'Taste' }).click();
    await tacit.quiz.expectPair();
  });
});
