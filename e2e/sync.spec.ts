import type { Page } from '@playwright/test';
import { expect, test } from './support/test';
import { storedTurns } from './support/stored';
import { WebDavServer } from './support/webdav-server';
import { Moving, type UploadedFile } from './pages/moving';
import { Tacit } from './pages/tacit';

const PASSPHRASE = 'correct horse battery staple';

/** A Claude export of one chat that went on differently; imported on two devices, it stands for two people typing at the same time. */
function letter(...replies: readonly string[]): UploadedFile {
  const message = (uuid: string, sender: string, text: string, parent: string, minute: number) => ({ uuid, sender, text, content: [], attachments: [], files: [], created_at: `2025-03-01T09:${String(minute).padStart(2, '0')}:00Z`, parent_message_uuid: parent });
  const root = '00000000-0000-4000-8000-000000000000';
  const messages = [message('m1', 'human', 'Check my letter.', root, 0), message('m2', 'assistant', 'It is fine.', 'm1', 1), ...replies.map((reply, index) => message(`r-${reply}`, 'human', reply, 'm2', index + 2))];
  const chats = [{ uuid: 'letter', name: 'Letter', created_at: '2025-03-01T09:00:00Z', updated_at: '2025-03-01T09:10:00Z', chat_messages: messages }];
  return { name: 'claude.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(chats)) };
}

async function prompts(page: Page): Promise<readonly string[]> {
  return (await storedTurns(page)).map((turn) => turn.prompt).toSorted();
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('button', { name: `Options for ${from}` }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(to);
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
}

test('two profiles follow each other through WebDAV, conflicts and troubles included', async ({ tacit, page, browser }) => {
  test.setTimeout(240_000);
  const server = new WebDavServer();
  await server.start();
  const address = { url: server.url, user: server.user, password: server.password };
  await tacit.open();
  const here = new Moving(page);
  await here.choose(letter());
  await here.accept();

  server.trouble = 'no_cors';
  await here.fillWebDav(address, PASSPHRASE);
  await expect(here.dialog).toContainText('does not allow this page by CORS');
  server.trouble = 'none';
  await here.fillWebDav({ ...address, password: 'wrong' }, PASSPHRASE);
  await expect(here.dialog).toContainText('does not accept this user and password');
  await here.fillWebDav(address, PASSPHRASE);
  await here.connected();
  const everything = [...server.files.values()].map((content) => content.toString('latin1')).join();
  expect(everything).not.toContain('letter');

  const context = await browser.newContext();
  const other = new Tacit(await context.newPage());
  await other.open();
  const there = new Moving(other.page);
  await there.fillWebDav(address, 'some other passphrase');
  await expect(there.dialog).toContainText('not the passphrase');
  await there.fillWebDav(address, PASSPHRASE);
  await there.connected();
  await expect(other.page.getByRole('link', { name: 'Letter' }).first()).toBeVisible();

  // The same chat goes on on both, and is renamed on one, before they meet again.
  await here.choose(letter('Shorter, please.'));
  await here.accept();
  await rename(page, 'Letter', 'Letter to the landlord');
  await there.choose(letter('In French, please.'));
  await there.accept();
  server.trouble = 'down';
  await here.sync();
  await expect(here.problem).toBeVisible();
  server.trouble = 'full';
  await here.sync();
  await expect(page.getByText('no room left in the folder')).toBeVisible();
  server.trouble = 'none';
  await here.sync();
  await there.sync();
  await here.sync();
  await there.sync();
  const both = ['Check my letter.', 'In French, please.', 'Shorter, please.'];
  expect(await prompts(page)).toEqual(both);
  expect(await prompts(other.page)).toEqual(both);

  // Deleted there, and deleted here after the next meeting.
  await other.page.getByRole('button', { name: /^Options for Letter/ }).click();
  await other.page.getByRole('menuitem', { name: 'Delete' }).click();
  // Final when it can no longer be undone.
  await expect.poll(() => prompts(other.page)).toEqual([]);
  await there.sync();
  await here.sync();
  await expect.poll(() => prompts(page)).toEqual([]);
  await context.close();
  await server.stop();
});

test('a folder on this device serves as well', async ({ tacit, page }) => {
  test.setTimeout(120_000);
  // A stand-in for the picker, which no test can operate: a folder of the origin's private file system has the same FileSystemDirectoryHandle.
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle('cloud', { create: true }) });
  });
  await tacit.open();
  const moving = new Moving(page);
  await moving.choose(letter());
  await moving.accept();
  const connect = async () => {
    await page.getByRole('button', { name: 'Set up sync' }).click();
    await moving.dialog.getByRole('radio', { name: 'Folder on this device' }).click();
    await moving.dialog.getByRole('button', { name: 'Choose a folder' }).click();
    await moving.dialog.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await moving.dialog.getByRole('button', { name: 'Connect and sync' }).click();
    await moving.connected();
  };
  await connect();
  const names = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('cloud');
    const found: string[] = [];
    for await (const name of folder.keys()) found.push(name);
    return found.toSorted();
  });
  expect(names.map((name) => name.replace(/^[0-9a-f]{12}/, 'device'))).toEqual(['device-1.seg', 'device.index', 'tacit-vault.json']);

  // Everything is erased here; the folder brings it back.
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByRole('button', { name: 'Set up sync' })).toBeVisible();
  expect(await prompts(page)).toEqual([]);
  await connect();
  expect(await prompts(page)).toEqual(['Check my letter.']);
  await page.reload();
  await tacit.awake();
  await moving.sync();
  await expect(moving.problem).toHaveCount(0);
});
