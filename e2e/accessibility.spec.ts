import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing serious on any main screen, ${colorScheme}`, async ({ tacit, page, replay }) => {
    test.setTimeout(150_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await tacit.open();
    await check(page, 'an empty chat');
    await tacit.go('taste');
    await tacit.quiz.pickBy('shorter', 0, 1);
    await tacit.quiz.expectPair();
    await check(page, 'the quiz');
    await tacit.quiz.button('See my profile').click();
    await expect(page.getByRole('heading', { name: 'Your taste so far' })).toBeVisible();
    await check(page, 'the profile');
    await tacit.memory.open();
    await check(page, 'memory');
    await tacit.go('models');
    await expect(page.getByRole('button', { name: /^Ollama/ })).toBeVisible();
    await check(page, 'providers');
    await tacit.models.connect(`${replay.url}/v1`);
    await check(page, 'models');
    for (const section of ['router', 'engine', 'privacy'] as const) await tacit.settings.open(section);
    await check(page, 'settings');
    await tacit.go('help');
    await expect(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible();
    await check(page, 'help');
    await tacit.newChat();
    await tacit.chat.sendTo('Thorough Large', 'Why is the sky blue?');
    await check(page, 'an answer');
    await page.getByRole('button', { name: 'Edit the prompt' }).click();
    await check(page, 'a prompt being edited');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Instructions and model of this chat/ }).click();
    await expect(page.getByRole('dialog', { name: 'Set up this chat' })).toBeVisible();
    await check(page, 'the set-up of a chat');
    await page.keyboard.press('Escape');
    await tacit.chat.why(tacit.chat.answer('Thorough Large'));
    await check(page, 'the reasons');
    await page.keyboard.press('Escape');
    await tacit.newChat();
    await tacit.chat.send('Plan a weekend in Lisbon.');
    await tacit.chat.comparison.pick('shorter');
    await check(page, 'a comparison');
  });
}

/** Serious and critical findings of the WCAG 2.1 rules, with the elements they are about. */
async function check(page: Page, screen: string): Promise<void> {
  // What is still fading in has less contrast than it will have.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? ''})`));
  expect.soft(found, screen).toEqual([]);
}
