import type { Page } from '@playwright/test';
import { everyRow, storedPicks } from './support/stored';
import { seriousFindings } from './support/axe';
import { expect, test } from './support/test';

const SECRET = 'marmalade';

test('a temporary chat is answered, marked all along, and leaves no trace', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.type(`Why is ${SECRET} orange?`);
  await expect.poll(() => everyRow(page)).toContain(SECRET);
  await page.getByRole('switch', { name: 'Temporary chat' }).click();
  const mark = page.getByRole('note');
  await expect(mark).toContainText('Kept in memory only');
  expect(await seriousFindings(page)).toEqual([]);
  await expect(tacit.chat.composer).toHaveValue(`Why is ${SECRET} orange?`);
  await expect(tacit.chat.preview).toHaveText(/about \d+ words/);
  await tacit.chat.press();
  const answer = tacit.chat.answers.first();
  await expect(answer.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  await expect(answer.getByRole('button', { name: 'Why?' })).toBeVisible();
  await expect(answer.getByRole('button', { name: 'Good answer' })).toHaveCount(0);
  await tacit.chat.sendTo('Warm Chat', `And ${SECRET} again?`);
  await tacit.chat.composer.fill(`Unsent ${SECRET}`);
  await expect(mark).toContainText('Gone when you leave it');

  await expect(page.getByRole('navigation').or(page.locator('aside')).getByText(SECRET)).toHaveCount(0);
  await leavesNoTrace(page);

  // Leaving asks, by a link as by the browser's own button.
  await page.getByRole('link', { name: 'Spending' }).click();
  const warning = page.getByRole('alertdialog', { name: 'Discard this temporary chat?' });
  await warning.getByRole('button', { name: 'Cancel' }).click();
  await expect(tacit.chat.answers).toHaveCount(2);
  await page.goBack();
  await warning.getByRole('button', { name: 'Cancel' }).click();
  await expect(tacit.chat.answers).toHaveCount(2);

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill(SECRET);
  await expect(page.getByText('Nothing has that name')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Spending' }).click();
  await warning.getByRole('button', { name: 'Discard' }).click();
  // What it cost is counted.
  await expect(page.getByRole('row', { name: /Warm Chat/ })).toBeVisible();
  await tacit.newChat();
  await expect(tacit.chat.composer).toHaveValue('');
  await expect(page.getByText(SECRET)).toHaveCount(0);
  await leavesNoTrace(page);
});

test('a reload discards a temporary chat and warns of it; an empty one is left without a word', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('temporary');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('note')).toBeVisible();
  await page.getByRole('link', { name: 'Memory' }).click();
  await expect(page.getByRole('heading', { name: 'Memory', level: 1 })).toBeVisible();

  await tacit.newChat();
  await page.getByRole('switch', { name: 'Temporary chat' }).click();
  await tacit.chat.send(`What is ${SECRET}?`);
  await expect(tacit.chat.answers).toHaveCount(1);
  const warned = page.waitForEvent('dialog').then(async (dialog) => {
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
  });
  await Promise.all([warned, page.reload()]);
  await tacit.awake();
  await expect(page.getByRole('note')).toBeVisible();
  await expect(tacit.chat.answers).toHaveCount(0);
  await leavesNoTrace(page);
});

async function leavesNoTrace(page: Page): Promise<void> {
  expect(await everyRow(page)).not.toContain(SECRET);
  expect(await storedPicks(page)).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(SECRET);
}
