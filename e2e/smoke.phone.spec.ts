import type { Page } from '@playwright/test';
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
    await expectNoSidewaysScroll(page);
  });

  test.fixme('chat: connect, ask, read, stop by touch', async ({ tacit, page, replay }) => {
    await tacit.open();
    await page.getByRole('button', { name: 'Open the sidebar' }).tap();
    await page.getByRole('dialog').getByRole('link', { name: 'Models' }).tap();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await tacit.models.connect(`${replay.url}/v1`);
    await expectNoSidewaysScroll(page);
    await tacit.newChat();
    replay.control.fail({ failure: { kind: 'stall', afterChunks: 30 } });
    await tacit.chat.type('Why is the sky blue?');
    await tacit.chat.choose('Thorough Large');
    await page.getByRole('button', { name: 'Send' }).tap();
    await expect(tacit.chat.answer('Thorough Large')).toContainText('Sunlight looks white');
    await tacit.chat.stopButton.tap();
    await expect(tacit.chat.answer('Thorough Large')).toContainText('Stopped here.');
    await expect(tacit.chat.composer).toBeInViewport();
    await expectNoSidewaysScroll(page);
  });

  test.fixme('a comparison: both sides within a swipe, picked by touch', async ({ tacit, page, replay }) => {
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
    await expectNoSidewaysScroll(page);
  });
});

/** The page itself never moves sideways; what is wide scrolls in its own box. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}
