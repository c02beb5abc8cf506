import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { ReplayServer } from '../replay-server/index.mjs';
import { Drawer } from '../pages/drawer';
import { Moving } from '../pages/moving';
import type { Tacit } from '../pages/tacit';
import { expect } from './test';

export interface Walk {
  readonly tacit: Tacit;
  readonly page: Page;
  readonly replay: ReplayServer;
  readonly isPhone: boolean;
  /** Called at every screen and dialog, which is then open and complete. */
  readonly look: (screen: string) => Promise<void>;
}

const EXPORT = new URL('../../src/exchange/__fixtures__/chatgpt-conversations.json', import.meta.url);

/** The views, one by one, from a new profile on. */
export async function walkViews({ tacit, page, replay, look }: Walk): Promise<void> {
  await look('an empty chat');
  await tacit.go('taste');
  await tacit.quiz.pickBy('shorter', 0, 1);
  await tacit.quiz.expectPair();
  await look('the quiz');
  await tacit.quiz.button('See my profile').click();
  await expect(page.getByRole('heading', { name: 'Your taste so far' })).toBeVisible();
  await look('the profile');
  await tacit.memory.open();
  await expect(tacit.memory.picks).toHaveCount(1);
  await look('memory');
  for (const section of ['appearance', 'router', 'engine', 'privacy'] as const) {
    await tacit.settings.open(section);
    await look(`settings, ${section}`);
  }
  await tacit.go('help');
  await expect(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible();
  await look('help');
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Thorough Large', 'Why is the sky blue?');
  await tacit.go('spending');
  await page.getByRole('textbox', { name: 'Monthly limit of Replay, US dollars' }).fill('0');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Limit used up')).toBeVisible();
  await look('spending, a limit used up');
}

/** Everything that opens around a chat. */
export async function walkChat({ tacit, page, replay, look }: Walk): Promise<void> {
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Thorough Large', 'Why is the sky blue?');
  await look('an answer');
  await page.getByRole('button', { name: 'Edit the prompt' }).click();
  await look('a prompt being edited');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Instructions and model of this chat/ }).click();
  await expect(page.getByRole('dialog', { name: 'Set up this chat' })).toBeVisible();
  await look('the set-up of a chat');
  await page.keyboard.press('Escape');
  await tacit.chat.why(tacit.chat.answer('Thorough Large'));
  await look('the reasons');
  await page.keyboard.press('Escape');
  await tacit.chat.answers.first().getByRole('button', { name: /tokens/ }).click();
  await expect(page.getByRole('dialog', { name: 'What this answer took' })).toBeVisible();
  await look('what an answer took');
  await page.keyboard.press('Escape');
  await tacit.chat.type('Plan a weekend in Lisbon.');
  await page.getByRole('button', { name: 'Cost, quality, speed and limits' }).click();
  const panel = page.getByRole('dialog', { name: 'What Auto goes by' });
  await expect(panel.getByRole('img', { name: /is marked/ })).toBeVisible();
  await look('the picker');
  await panel.getByRole('radio', { name: 'This chat only' }).click();
  await panel.getByText('Models in this chat').click();
  await panel.getByRole('switch', { name: 'Only models that take images' }).click();
  await look('the picker with limits of this chat');
  // The first Escape may close a hint that lies over the panel.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden({ timeout: 1000 });
  }).toPass();
  await expect(tacit.chat.preview).toContainText('Your limits leave no model');
  await tacit.chat.composer.press('Enter');
  await expect(page.getByText('Your limits leave no model for this prompt')).toBeVisible();
  await look('limits that leave no model');
  await page.getByRole('button', { name: 'Limits of this chat: lift' }).click();
  await page.getByRole('button', { name: /^Model:/ }).click();
  await look('the models to choose from');
  await page.keyboard.press('Escape');
  await tacit.newChat();
  await tacit.chat.send('How long should I boil an egg?');
  await tacit.chat.comparison.expectReady();
  await look('a comparison');
  await tacit.chat.comparison.pick('shorter');
  await look('a comparison, picked');
}

/** What lies over the app, and the history. */
export async function walkOverlays({ tacit, page, replay, isPhone, look }: Walk): Promise<void> {
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('combobox');
  await palette.fill('sky');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look('the palette');
  await palette.fill('no command is called this');
  await expect(page.getByText('Nothing has that name')).toBeVisible();
  await look('the palette without a find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await look('the shortcuts');
  await page.keyboard.press('Escape');

  const sidebar = await openSidebar(page, isPhone);
  await sidebar.getByRole('button', { name: /^Options for/ }).click();
  await look('the menu of a chat');
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(page.getByRole('dialog', { name: 'Rename chat' })).toBeVisible();
  await look('renaming a chat');
  await page.getByRole('dialog', { name: 'Rename chat' }).getByRole('button', { name: 'Close' }).click();
  await sidebar.getByRole('button', { name: /^Options for/ }).click();
  await page.getByRole('menuitem', { name: 'Move to a folder' }).click();
  const moving = page.getByRole('dialog', { name: 'Move to a folder' });
  await moving.getByLabel('New folder').fill('Physics');
  await look('the choice of a folder');
  await moving.getByRole('button', { name: 'Create' }).click();
  await expect(sidebar.getByRole('button', { name: /^Physics/ })).toBeVisible();
  await sidebar.getByRole('searchbox').fill('sky');
  await expect(sidebar.getByRole('navigation', { name: 'Search results' }).getByRole('link').first()).toBeVisible();
  await look('search results');
  await sidebar.getByRole('searchbox').fill('');
  await look('a folder');
  if (isPhone) await page.keyboard.press('Escape');

  await tacit.newChat();
  await page.getByRole('switch', { name: 'Temporary chat' }).click();
  await expect(page.getByRole('note')).toBeVisible();
  await look('a temporary chat');
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  await look('an answer in a temporary chat');
  await page.evaluate(() => (location.hash = '#/memory'));
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('the question before a temporary chat is discarded');
}

async function openSidebar(page: Page, isPhone: boolean): Promise<Locator> {
  if (!isPhone) return page.locator('aside');
  const drawer = new Drawer(page);
  await drawer.open();
  return drawer.panel;
}

/** Import, sync, backup and the ways to forget. */
export async function walkMoving({ tacit, page, look }: Walk): Promise<void> {
  const moving = new Moving(page);
  const cancel = () => moving.dialog.getByRole('button', { name: /^(Cancel|Close)$/ }).last().click();
  await moving.open();
  await look('memory without a pick');
  const file = { name: 'conversations.json', mimeType: 'application/json' };
  await moving.choose({ ...file, buffer: Buffer.from('[{"cake":1}]') });
  await look('an import refused');
  await cancel();
  await moving.choose({ ...file, buffer: await readFile(EXPORT) });
  await look('the preview of an import');
  await moving.dialog.getByRole('button', { name: /^Import/ }).click();
  await expect(moving.dialog.getByRole('button', { name: 'Done' })).toBeVisible({ timeout: 60_000 });
  await look('what was imported');
  await moving.dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Set up sync' }).click();
  await moving.dialog.locator('summary').click();
  await look('the set-up of sync');
  await moving.fillWebDav({ url: 'http://127.0.0.1:9/dav', user: 'me', password: 'x' }, 'correct horse battery staple');
  await expect(moving.dialog.getByRole('alert')).toBeVisible();
  await look('sync refused');
  const folder = moving.dialog.getByRole('radio', { name: 'Folder on this device' });
  if (await folder.isVisible()) {
    await folder.click();
    await look('sync through a folder');
  }
  await cancel();
  await page.getByRole('button', { name: 'Save a backup' }).click();
  await look('the backup');
  await cancel();
  const restore = await tacit.memory.chooseBackup(await tacit.memory.backup());
  await expect(restore.getByRole('radio').first()).toBeVisible();
  await look('a backup to restore');
  await cancel();
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('the question before everything is erased');
}

/** Ways to a model. Expects a page that was opened with a model hub that answers. */
export async function walkModels({ tacit, page, replay, look }: Walk): Promise<void> {
  const { dialog } = tacit.models;
  await tacit.go('models');
  await expect(page.getByRole('button', { name: /^Ollama/ })).toBeVisible();
  await look('providers');
  for (const provider of [/^Another server/, /^Ollama/, /^OpenAI/, /^OpenRouter/]) {
    await page.getByRole('button', { name: provider }).first().click();
    await expect(dialog).toBeVisible();
    for (const help of await dialog.locator('summary').all()) await help.click();
    await look(`the form for ${provider.source}`);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await tacit.models.tryServer('http://127.0.0.1:9/v1');
  await expect(dialog.getByRole('alert')).toBeVisible({ timeout: 30_000 });
  await look('a server that does not answer');
  await page.keyboard.press('Escape');
  await tacit.models.connect(`${replay.url}/v1`);
  await look('models');
  await page.getByRole('button', { name: /^Warm Chat/ }).click();
  await look('a model');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Options for Replay' }).click();
  await look('the menu of a connection');
  await page.getByRole('menuitem', { name: 'Add a model by its id' }).click();
  await expect(dialog).toBeVisible();
  await look('adding a model');
  await page.keyboard.press('Escape');

  const row = page.getByRole('listitem', { name: 'SmolLM2 135M' });
  await row.getByRole('button', { name: /^Download/ }).click();
  await expect(row).toContainText(/[\d,]+ bytes in 5 files/);
  await look('a model offered for download');
  await row.getByRole('button', { name: /^Download \d/ }).click();
  await expect(row.getByRole('progressbar')).toBeVisible();
  await look('a download');
  await row.getByRole('button', { name: 'Cancel' }).click();
  await row.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('the question before a model is deleted');
}
