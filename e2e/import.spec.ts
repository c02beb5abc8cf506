import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { expect, test } from './support/test';
import { Moving, type UploadedFile } from './pages/moving';

const FIXTURES = new URL('../src/exchange/__fixtures__/', import.meta.url);

async function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(name, FIXTURES));
}

async function chatGptZip(): Promise<UploadedFile> {
  const members = { 'user.json': Buffer.from('{}'), 'conversations.json': await fixture('chatgpt-conversations.json'), 'message_feedback.json': await fixture('chatgpt-message-feedback.json') };
  return { name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(members)) };
}

test('chats come in from ChatGPT with their branches, and its thumbs are learned only after a look', async ({ tacit, page }) => {
  test.setTimeout(150_000);
  await tacit.open();
  const moving = new Moving(page);
  await moving.choose(await chatGptZip());
  await expect(moving.dialog).toContainText('2 chats from ChatGPT');
  await expect(moving.dialog).toContainText('gpt-5-thinking');
  await moving.dialog.getByRole('switch', { name: /^Learn my taste/ }).click();
  await expect(moving.dialog).toContainText('3 new picks would be learned', { timeout: 60_000 });
  await expect(moving.dialog).toContainText('Tacit would then look more for');
  expect(await tacit.memory.picks.count()).toBe(0);
  await moving.accept();
  await expect(tacit.memory.picks).toHaveCount(3);

  await page.getByRole('link', { name: 'Sourdough starter' }).first().click();
  await expect(page.getByText('Also throw it away: mould has roots')).toBeVisible();
  await expect(page.getByText('o3-mini').first()).toBeVisible();

  await moving.open();
  await page.getByRole('button', { name: 'Take them back' }).click();
  await expect(page.getByRole('button', { name: 'Let them count again' })).toBeVisible();
  await expect(page.getByText('taken back').first()).toBeVisible();

  await moving.choose(await chatGptZip());
  await expect(moving.dialog).toContainText('2 of them are here already');
  await moving.dialog.getByRole('button', { name: /^Import/ }).click();
  await expect(moving.dialog).toContainText('Everything in this file is here already');
});

test('a file that is none, or is cut off, is refused with the reason', async ({ tacit, page }) => {
  await tacit.open();
  const moving = new Moving(page);
  const whole = await fixture('claude-conversations.json');
  await moving.choose({ name: 'conversations.json', mimeType: 'application/json', buffer: whole.subarray(0, whole.length - 300) });
  await expect(moving.dialog).toContainText('ends in the middle');
  await page.keyboard.press('Escape');
  await moving.choose({ name: 'recipes.json', mimeType: 'application/json', buffer: Buffer.from('[{"cake":1}]') });
  await expect(moving.dialog).toContainText('no export that Tacit knows');
});

test('all chats go out as Markdown in a zip and as JSON', async ({ tacit, page }) => {
  await tacit.open();
  const moving = new Moving(page);
  await moving.choose({ name: 'claude.json', mimeType: 'application/json', buffer: await fixture('claude-conversations.json') });
  await moving.accept();
  const [zip] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'All as Markdown' }).click()]);
  expect(zip.suggestedFilename()).toMatch(/^tacit-chats-.*\.zip$/);
  const [json] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'All as JSON' }).click()]);
  expect(await readFile(await json.path(), 'utf8')).toContain('Hornbeam');
});
