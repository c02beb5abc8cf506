import { expect, fixSeeds, test } from './support/test';

test.describe('the picker', () => {
  test.beforeEach(({ page }) => fixSeeds(page, 7));

  test('shows what it would do, gives way to one key, follows wishes and limits, and says what to relax', async ({ tacit, page, replay }) => {
    test.setTimeout(180_000);
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.settings.setComparisons(false);
    await tacit.newChat();
    await tacit.chat.type('Why is the sky blue?');

    // The runner-up is on screen, with its key.
    const alternative = page.getByRole('button', { name: /^or / });
    await expect(alternative).toBeVisible();
    const runnerUp = (await alternative.innerText()).replace(/^or /, '').split('\n', 1)[0]?.trim() ?? '';
    await tacit.chat.composer.press('Alt+Enter');
    await expect(tacit.chat.composer).toHaveValue('');
    await expect(page.getByRole('article', { name: /^Answer of/ })).toContainText(runnerUp);
    await expect(page.getByText('chosen by you')).toBeVisible();

    // A wish for low cost changes the preview at once, and its price is shown.
    await tacit.newChat();
    await tacit.chat.type('Plan a weekend in Lisbon.');
    await page.getByRole('button', { name: 'Cost, quality, speed and limits' }).click();
    const panel = page.getByRole('dialog', { name: 'What Auto goes by' });
    await expect(panel.getByRole('img', { name: /is marked/ })).toBeVisible();
    await expect(panel).toBeInViewport({ ratio: 1 });
    expect(await panel.evaluate((element) => element.scrollHeight - element.clientHeight), 'nothing is left to scroll to').toBeLessThanOrEqual(0);
    const slider = panel.getByRole('slider', { name: 'Cost' });
    await slider.focus();
    await page.keyboard.press('End');
    await expect(tacit.chat.preview).toContainText('free');

    // Limits: chips, and a way out that lifts exactly one.
    await panel.getByRole('radio', { name: 'This chat only' }).click();
    await panel.getByRole('switch', { name: 'Only models on my own machine or network' }).click();
    await panel.getByRole('switch', { name: 'Only models that take images' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Must take images: lift' })).toBeVisible();
    await expect(tacit.chat.preview).toContainText('Your limits leave no model');
    await tacit.chat.composer.press('Enter');
    await expect(page.getByText('Your limits leave no model for this prompt')).toBeVisible();
    await page.getByRole('button', { name: 'Allow models without images', exact: true }).last().click();
    await expect(page.getByRole('button', { name: 'Must take images: lift' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Only local models: lift' })).toBeVisible();
    await expect(tacit.chat.preview).toContainText(/about \d+ words/);
    await tacit.chat.press();

    // They were of that chat only.
    await tacit.newChat();
    await expect(page.getByRole('button', { name: 'Only local models: lift' })).toHaveCount(0);
  });

  test('a failing provider is announced and asked about; a spent budget leaves it out and asks', async ({ tacit, page, replay }) => {
    test.setTimeout(180_000);
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.settings.setComparisons(false);
    await tacit.newChat();
    replay.control.fail({ failure: { kind: 'status', status: 404 }, times: 1 });
    await tacit.chat.type('Why is the sky blue?');
    await tacit.chat.press();
    // One button stands out, however many ways on there are.
    await expect(page.getByRole('article', { name: /^Answer of/ }).locator('button[class*="primary"]')).toHaveText([/^Answer with .* instead$/]);
    await page.getByRole('button', { name: /^Answer with .* instead$/ }).click();
    await expect(tacit.chat.answers).toContainText(/could not answer\. .* did, as you agreed/);

    await tacit.go('spending');
    await expect(page.getByText(/There is too little to go by/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Monthly limit of Replay, US dollars' }).fill('0');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Limit used up')).toBeVisible();

    await tacit.newChat();
    await expect(page.getByRole('link', { name: /Replay: this month’s limit is used up/ })).toBeVisible();
    await tacit.chat.type('Why is the sky blue?');
    await expect(tacit.chat.preview).toContainText('Your limits leave no model');
    await tacit.chat.choose('Terse Mini');
    await tacit.chat.composer.press('Enter');
    await expect(page.getByText('Your limit for Replay this month is used up')).toBeVisible();
    await page.getByRole('button', { name: 'Ask Terse Mini all the same' }).click();
    await tacit.chat.expectComplete('Terse Mini');
  });
});
