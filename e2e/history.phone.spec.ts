import { Drawer } from './pages/drawer';
import { expectFits } from './support/fits';
import { storedTurns } from './support/stored';
import { expect, test } from './support/test';

const SKY = 'Why is the sky blue?';
const EGG = 'How do I boil an egg?';
/** A prompt without a space to break at, and one longer than any line. */
const LONG = 'Explain https://example.org/a-very-long-address-without-any-space-in-it-that-goes-on-and-on-and-on/index.html please, at length and with every detail';

test.beforeEach(async ({ tacit, replay }) => {
  test.setTimeout(150_000);
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
});

test('chats are searched, renamed, pinned, put into a folder, deleted and brought back by touch', async ({ tacit, page }) => {
  const drawer = new Drawer(page);
  await tacit.chat.sendTo('Terse Mini', SKY);
  await drawer.newChat();
  await tacit.chat.sendTo('Thorough Large', LONG);
  await expectFits(page, 'a long prompt');

  await drawer.open();
  await drawer.choose(SKY, 'Rename');
  const naming = page.getByRole('dialog', { name: 'Rename chat' });
  await naming.getByLabel('Name').fill('Sky');
  await expectFits(page, 'renaming');
  await naming.getByRole('button', { name: 'Rename' }).tap();
  await expect(drawer.chat('Sky')).toBeVisible();

  await drawer.choose('Sky', 'Pin to the top');
  await expect(drawer.panel.getByRole('heading', { name: 'Pinned' })).toBeVisible();

  await drawer.choose('Sky', 'Move to a folder');
  const moving = page.getByRole('dialog', { name: 'Move to a folder' });
  await moving.getByLabel('New folder').fill('Physics of the atmosphere and other things between heaven and earth');
  await expectFits(page, 'the choice of a folder');
  await moving.getByRole('button', { name: 'Create' }).tap();
  await expect(drawer.panel.getByRole('button', { name: /^Physics/ })).toBeVisible();
  await expectFits(page, 'a folder');

  const search = drawer.panel.getByRole('searchbox', { name: 'Search all your chats' });
  await search.fill('detail');
  await expect(drawer.panel.getByRole('navigation', { name: 'Search results' }).getByRole('link').first()).toBeVisible();
  await expectFits(page, 'search results');
  await search.fill('');

  await drawer.choose('Sky', 'Delete');
  await expect(drawer.chat('Sky')).toHaveCount(0);
  const toast = tacit.toast('Deleted “Sky”');
  await expect(toast).toBeInViewport({ ratio: 1 });
  await toast.getByRole('button', { name: 'Undo' }).tap();
  await expect(drawer.chat('Sky')).toBeVisible();
  await drawer.chat('Sky').tap();
  await expect(drawer.panel).toHaveCount(0);
  await expect(page.getByRole('heading', { name: SKY, level: 2 })).toBeVisible();
  expect(await storedTurns(page)).toHaveLength(2);
});

test('a message is edited by touch, and both versions are gone through', async ({ tacit, page }) => {
  await tacit.chat.sendTo('Terse Mini', SKY);
  await tacit.chat.sendTo('Terse Mini', EGG);
  const edit = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: SKY }) }).getByRole('button', { name: 'Edit the prompt' });
  await edit.tap();
  const box = page.getByRole('textbox', { name: 'Edit the prompt' });
  await box.fill('Plan a weekend in Lisbon.');
  await expectFits(page, 'the editor');
  await page.getByRole('listitem').filter({ has: box }).getByRole('button', { name: 'Send' }).tap();
  await tacit.chat.expectComplete('Terse Mini');
  const versions = page.getByRole('group', { name: 'Versions of this prompt' });
  await expect(versions).toContainText('2 / 2');
  await expectFits(page, 'a second version');
  await versions.getByRole('button', { name: 'Earlier version' }).tap();
  await expect(page.getByRole('heading', { name: EGG })).toBeVisible();
  await expect(versions).toContainText('1 / 2');
  await page.getByRole('button', { name: /^Instructions and model of this chat/ }).tap();
  await expect(page.getByRole('dialog', { name: 'Set up this chat' })).toBeVisible();
  await expectFits(page, 'the set-up of a chat');
});
