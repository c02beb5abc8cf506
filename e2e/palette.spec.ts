import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { seriousFindings } from './support/axe';
import { expect, test } from './support/test';

const QUESTION = 'Why is the sky blue?';

function palette(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Commands and chats' });
  return { dialog, box: dialog.getByRole('combobox'), option: (name: string | RegExp) => dialog.getByRole('option', { name }) };
}

test('every command by name, and every chat by what was said in it', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Thorough Large', QUESTION);

  await page.keyboard.press('ControlOrMeta+k');
  const { dialog, box, option } = palette(page);
  await expect(box).toBeFocused();
  expect(await seriousFindings(page)).toEqual([]);
  const [file] = await Promise.all([page.waitForEvent('download'), box.fill('markdown').then(() => page.keyboard.press('Enter'))]);
  expect(file.suggestedFilename()).toMatch(/\.md$/);
  expect(await readFile(await file.path(), 'utf8')).toContain('Sunlight looks white');
  await expect(dialog).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+k');
  await box.fill('theme dark');
  await option('Theme: dark').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('ControlOrMeta+k');
  await box.fill('spending');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Spending', level: 1 })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await box.fill('sunlight white');
  await expect(option(new RegExp(QUESTION.replace('?', '\\?')))).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(tacit.chat.answer('Thorough Large')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await box.fill('no command is called this');
  await expect(dialog.getByText('Nothing has that name')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+k');
  await box.fill('warm chat');
  await option('Warm Chat').click();
  await expect(page.getByRole('button', { name: /^Model:/ })).toContainText('Warm Chat');
});

test('the sheet of shortcuts opens by its own, except while a question mark is being typed', async ({ tacit, page }) => {
  await tacit.open();
  await tacit.chat.composer.press('?');
  await expect(tacit.chat.composer).toHaveValue('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+/');
  await expect(sheet).toContainText('Both equally good');
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.getByRole('link', { name: 'Help' }).click();
  await page.getByRole('heading', { name: 'Help', level: 1 }).click();
  await page.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Shift+o');
  await expect(tacit.chat.composer).toBeVisible();
});

test('one chat goes out from its menu, in the list and at its top', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', QUESTION);
  await page.getByRole('button', { name: `Options for ${QUESTION}` }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export as JSON' }).click()]);
  const backup: unknown = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(JSON.stringify(backup)).toContain(QUESTION);
  await page.getByRole('button', { name: 'Options for this chat' }).click();
  const [text] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export as Markdown' }).click()]);
  expect(await readFile(await text.path(), 'utf8')).toContain(QUESTION);
});
