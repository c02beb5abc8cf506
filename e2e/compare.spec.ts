import { expect, fixSeeds, test } from './support/test';
import { storedPicks } from './support/stored';

/** Prompts for which the replay server has written answers in five styles. */
const PROMPTS = [
  'How long should I boil an egg?',
  'How much water should I drink each day?',
  'What is the difference between TCP and UDP?',
  'How do I get a red wine stain out of a white shirt?',
  'Explain compound interest with an example.',
  'Plan a weekend in Lisbon.',
];
const PROBE = 'How do I keep basil alive on a windowsill?';

test.describe('side by side', () => {
  test.beforeEach(({ page }) => fixSeeds(page, 7));

  test('blind until the pick, then named, logged and learned', async ({ tacit, page, replay }) => {
    const { comparison } = tacit.chat;
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.newChat();
    await tacit.chat.send(PROMPTS[0] ?? '');
    await comparison.expectReady();
    const names = /Terse Mini|Thorough Large|Warm Chat|Rigorous Pro|Sloppy Free/;
    await expect(page.getByRole('main')).not.toContainText(names);
    await expect(comparison.left.locator('header')).toHaveText('Left');

    const picked = await comparison.pick('shorter');
    expect(picked).toMatch(names);
    await expect(comparison.left.locator('header')).toContainText(names);
    await expect(comparison.right.locator('header')).toContainText(names);
    await expect(page.getByRole('status').filter({ hasText: /^Noted/ })).toBeVisible();

    const [pick] = await storedPicks(page);
    expect(pick).toMatchObject({ source: 'compare', outcome: 'win', blind: true, weight: 1 });
    expect(pick?.propensity).toBeGreaterThan(0);
    await tacit.memory.open();
    await expect(tacit.memory.picks.first()).toContainText(`${picked} over`);
    await expect(tacit.memory.picks.first()).toContainText('Comparison');
  });

  // From the same start, so whichever of the two it favours, the other one has to move.
  for (const { wanted, favourite, other } of [
    { wanted: 'shorter', favourite: 'Terse Mini', other: 'Thorough Large' },
    { wanted: 'longer', favourite: 'Thorough Large', other: 'Terse Mini' },
  ] as const) {
    test(`picks of the ${wanted} answer bring ${favourite} before ${other}`, async ({ tacit, replay }) => {
      test.setTimeout(120_000);
      const { chat } = tacit;
      await tacit.open();
      await tacit.models.connect(`${replay.url}/v1`);
      await tacit.settings.setComparisonsPerDay(12);
      await tacit.newChat();
      const before = await chat.rank(PROBE);
      expect(before.toSorted()).toEqual(['Rigorous Pro', 'Sloppy Free', 'Terse Mini', 'Thorough Large', 'Warm Chat']);
      const gap = (ranking: readonly string[]) => ranking.indexOf(other) - ranking.indexOf(favourite);

      let picks = 0;
      for (const prompt of PROMPTS) {
        await tacit.newChat();
        await chat.type(prompt);
        // Once it is sure, it no longer asks.
        if (!(await chat.preview.innerText()).includes('side by side')) break;
        await chat.press();
        await chat.comparison.pick(wanted);
        picks += 1;
      }
      await tacit.newChat();
      const after = await chat.rank(PROBE);
      expect(picks).toBeGreaterThan(0);
      expect(gap(after), `${before.join()} → ${after.join()}`).toBeGreaterThanOrEqual(Math.max(1, gap(before)));

      await tacit.settings.setComparisons(false);
      await tacit.newChat();
      await chat.send(PROBE);
      await chat.expectComplete(after[0] ?? '');
    });
  }

  test('a comparison passed over teaches nothing', async ({ tacit, page, replay }) => {
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.newChat();
    await tacit.chat.send(PROMPTS[1] ?? '');
    await tacit.chat.comparison.expectReady();
    await page.getByRole('button', { name: 'Skip this comparison' }).click();
    await expect(page.getByRole('main')).toContainText('Not compared');
    expect(await storedPicks(page)).toEqual([]);
  });
});
