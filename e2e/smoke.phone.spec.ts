import { Drawer } from './pages/drawer';
import { expectFits } from './support/fits';
import { storedPicks } from './support/stored';
import { expect, fixSeeds, test } from './support/test';

test.describe('on a phone', () => {
  test.beforeEach(({ page }) => fixSeeds(page, 7));

  test('quiz: read, pick by touch, see what was learned', async ({ tacit, page }) => {
    await tacit.open('#/taste');
    await tacit.quiz.expectPair();
    await tacit.quiz.button('Left is better').tap();
    await tacit.quiz.expectCount(1);
    await expect(tacit.quiz.learned).toBeVisible();
    await tacit.quiz.expectPair();
    await expect(tacit.quiz.button('Right is better')).toBeInViewport();
    await expectFits(page);
  });

  test('chat: connect, ask, read, stop by touch', async ({ tacit, page, replay }) => {
    await tacit.open();
    await new Drawer(page).go('Models');
    await tacit.models.connect(`${replay.url}/v1`);
    await expectFits(page);
    await tacit.newChat();
    replay.control.fail({ failure: { kind: 'stall', afterChunks: 30 } });
    await tacit.chat.type('Why is the sky blue?');
    await tacit.chat.choose('Thorough Large');
    await page.getByRole('button', { name: 'Send' }).tap();
    await expect(tacit.chat.answer('Thorough Large')).toContainText('Sunlight looks white');
    await tacit.chat.stopButton.tap();
    await expect(tacit.chat.answer('Thorough Large')).toContainText('Stopped here.');
    await expect(tacit.chat.composer).toBeInViewport();
    await expectFits(page);
  });

  test('a comparison: both sides within a swipe, picked by touch', async ({ tacit, page, replay }) => {
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.newChat();
    await tacit.chat.send('How long should I boil an egg?');
    const { comparison } = tacit.chat;
    await comparison.expectReady();
    await expect(comparison.left).toBeInViewport();
    await comparison.right.scrollIntoViewIfNeeded();
    await expect(comparison.right).toBeInViewport({ ratio: 0.5 });
    await comparison.picks.getByRole('button', { name: /Right is better/ }).tap();
    await expect(comparison.right.getByText('Your pick')).toBeVisible();
    await expectFits(page);
  });
});

test('every screen fits a phone: what was learned, the models, each setting, help', async ({ tacit, page, replay }) => {
  await tacit.open('#/taste');
  await tacit.quiz.expectPair();
  await tacit.quiz.button('Left is better').tap();
  await tacit.quiz.expectCount(1);
  await tacit.quiz.button('See my profile').tap();
  await expect(page.getByRole('heading', { name: 'Your taste so far' })).toBeVisible();
  await expectFits(page);

  await new Drawer(page).go('Memory');
  await expect(tacit.memory.picks).toHaveCount(1);
  await expectFits(page);
  await tacit.memory.picks.first().getByRole('button', { name: /^Take this pick back/ }).tap();
  await expect(tacit.memory.picks.first()).toContainText('taken back');

  await new Drawer(page).go('Models');
  await expectFits(page);
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.models.inPool('Sloppy Free').tap();
  await expect(tacit.models.inPool('Sloppy Free')).not.toBeChecked();
  await expectFits(page);

  for (const section of ['appearance', 'router', 'engine', 'privacy'] as const) {
    await tacit.settings.open(section);
    await expectFits(page);
  }
  await tacit.go('spending');
  await expect(page.getByRole('heading', { name: 'By model and month' })).toBeVisible();
  await expectFits(page);
  await tacit.go('help');
  await expect(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible();
  await expectFits(page);
});

test('answers with wide code, thumbs, reasons and regenerating, by touch', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
  await tacit.chat.sendTo('Thorough Large', 'Write a Python function that reverses a linked list.');
  const answer = tacit.chat.answer('Thorough Large');
  await expect(answer.locator('pre').first()).toBeVisible();
  await expectFits(page);

  await answer.getByRole('button', { name: 'Why?' }).tap();
  const why = page.getByRole('dialog', { name: 'Why this model' });
  await expect(why).toBeInViewport({ ratio: 0.5 });
  await expectFits(page);
  await page.keyboard.press('Escape');
  await answer.getByRole('button', { name: 'Good answer' }).tap();
  await expect.poll(async () => (await storedPicks(page)).filter(({ source }) => source === 'thumb')).toHaveLength(1);
  await tacit.chat.regenerateWith('Terse Mini');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await expectFits(page);
});
