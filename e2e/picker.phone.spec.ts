import { expectFits } from './support/fits';
import { storedPicks } from './support/stored';
import { expect, fixSeeds, test } from './support/test';

test.beforeEach(({ page }) => fixSeeds(page, 7));

test('the picker by touch: a wish, limits of this chat, a model of one’s own choice', async ({ tacit, page, replay }) => {
  test.setTimeout(150_000);
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
  await tacit.chat.type('Why is the sky blue?');
  await expectFits(page, 'a routed prompt');
  await page.getByRole('button', { name: 'Cost, quality, speed and limits' }).tap();
  const panel = page.getByRole('dialog', { name: 'What Auto goes by' });
  await expect(panel.getByRole('img', { name: /is marked/ })).toBeVisible();
  await expect(panel).toBeInViewport({ ratio: 1 });
  await expectFits(page, 'the picker');

  const track = panel.getByRole('slider', { name: 'Cost' });
  const box = await track.boundingBox();
  if (!box) throw new Error('The slider is not on screen.');
  await page.touchscreen.tap(box.x + 120, box.y + box.height / 2);
  await expect(track).not.toHaveAttribute('aria-valuenow', '0');
  await expect(panel.getByRole('button', { name: 'Go by what was learned' })).toBeVisible();
  await expectFits(page, 'a wish');

  await panel.getByRole('radio', { name: 'This chat only' }).tap();
  await panel.getByText('Models in this chat').tap();
  await panel.getByRole('switch', { name: 'Warm Chat' }).tap();
  await panel.getByRole('switch', { name: 'Only models on my own machine or network' }).tap();
  await panel.getByRole('switch', { name: 'Only models that take images' }).tap();
  await expectFits(page, 'limits of this chat');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(tacit.chat.preview).toContainText('Your limits leave no model');
  await expectFits(page, 'limits in force');
  await page.getByRole('button', { name: 'Must take images: lift' }).tap();
  await page.getByRole('button', { name: 'Limits of this chat: lift' }).tap();
  await expect(page.getByRole('list', { name: 'Limits in force' })).toHaveCount(0);

  await page.getByRole('button', { name: /^Model:/ }).tap();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectFits(page, 'the models to choose from');
  await page.getByRole('menuitemcheckbox', { name: 'Thorough Large' }).tap();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.getByRole('button', { name: 'Send' }).tap();
  await tacit.chat.expectComplete('Thorough Large');
  await expect(page.getByText('chosen by you')).toBeVisible();
  await expectFits(page, 'the answer');
  await tacit.chat.answers.first().getByRole('button', { name: /tokens/ }).tap();
  await expect(page.getByRole('dialog', { name: 'What this answer took' })).toBeInViewport({ ratio: 1 });
  await expectFits(page, 'what the answer took');
});

test('two answers are swiped through, and one is picked', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.send('How long should I boil an egg?');
  const { comparison } = tacit.chat;
  await comparison.expectReady();
  await expectFits(page, 'a comparison');
  await comparison.right.scrollIntoViewIfNeeded();
  const right = comparison.picks.getByRole('button', { name: /Right is better/ });
  await right.scrollIntoViewIfNeeded();
  await expectFits(page, 'the right answer');
  await right.tap();
  await expect(comparison.right.getByText('Your pick')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^Noted/ })).toBeVisible();
  await expectFits(page, 'the pick');
  expect(await storedPicks(page)).toHaveLength(1);
});
