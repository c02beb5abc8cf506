import { expect, fixSeeds, test } from './support/test';
import { storedPicks } from './support/stored';

/** Prompts for which the replay server has written answers in five styles. */
const PROMPTS = ['How do I boil an egg?', 'How much water should I drink a day?', 'What is the difference between TCP and UDP?', 'How do I get a red wine stain out of a cotton shirt?', 'Why is the sky blue?'];
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

  test('picks of the shorter answer move the terse model up and the thorough one down', async ({ tacit, replay }) => {
    test.setTimeout(120_000);
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.settings.setComparisonsPerDay(12);
    await tacit.newChat();
    const before = await tacit.chat.rank(PROBE);
    expect([...before].toSorted()).toEqual(['Rigorous Pro', 'Sloppy Free', 'Terse Mini', 'Thorough Large', 'Warm Chat']);

    let picks = 0;
    for (const prompt of PROMPTS) {
      await tacit.newChat();
      await tacit.chat.type(prompt);
      // Once it is sure, it no longer asks.
      if (!(await tacit.chat.preview.innerText()).includes('side by side')) break;
      await tacit.chat.press();
      await tacit.chat.comparison.pick('shorter');
      picks += 1;
    }
    expect(picks).toBeGreaterThan(1);
    await tacit.newChat();
    const after = await tacit.chat.rank(PROBE);
    console.log(picks, before.join(), after.join());
    const gap = (ranking: readonly string[]) => ranking.indexOf('Thorough Large') - ranking.indexOf('Terse Mini');
    expect(gap(after), `${before.join()} → ${after.join()}`).toBeGreaterThan(gap(before));
    expect(after.indexOf('Terse Mini')).toBeLessThan(after.indexOf('Thorough Large'));
  });

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
