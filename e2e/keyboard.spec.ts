import type { Locator, Page } from '@playwright/test';
import { expect, fixSeeds, test } from './support/test';

const SKY = 'Why is the sky blue?';
const EGG = 'How long should I boil an egg?';

test('everything by keyboard: a prompt, the model, a comparison, history, settings; Escape leads back to where one was', async ({ tacit, page, replay }) => {
  test.setTimeout(180_000);
  await fixSeeds(page, 7);
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await forbidMouse(page);
  const { chat } = tacit;

  // The box has the focus when a chat opens.
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type(SKY);
  await expect(chat.preview).toHaveText(/about \d+ words|side by side/, { timeout: 30_000 });

  // The picker opens, a slider moves, and the box is one step away.
  const picker = page.getByRole('button', { name: 'Cost, quality, speed and limits' });
  await tabTo(page, picker);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'What Auto goes by' });
  const cost = panel.getByRole('slider', { name: 'Cost' });
  await tabTo(page, cost);
  await page.keyboard.press('ArrowRight');
  await expect(cost).toHaveAttribute('aria-valuenow', '0.25');
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, panel.getByRole('switch', { name: 'Only models that take images' }));
  await page.keyboard.press('Space');
  await expect(panel.getByRole('switch', { name: 'Only models that take images' })).toBeChecked();
  await page.keyboard.press('Space');
  await closed(page, panel, picker);

  // Another model than Auto's.
  const model = page.getByRole('button', { name: /^Model:/ });
  await tabTo(page, model, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.type('Warm');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Warm Chat' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(model).toContainText('Warm Chat');
  await expect(model).toBeFocused();
  await tabTo(page, chat.composer, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await chat.expectComplete('Warm Chat');

  // A comparison is read and decided.
  await page.keyboard.press('ControlOrMeta+Shift+o');
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type(EGG);
  await expect(chat.preview).toContainText('side by side', { timeout: 30_000 });
  await page.keyboard.press('Enter');
  await chat.comparison.expectReady();
  await tabTo(page, chat.comparison.picks.getByRole('button', { name: /Right is better/ }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(chat.comparison.right.getByText('Your pick')).toBeVisible();

  // Back to the first chat through the history, which is one stop; the arrows walk in it.
  const first = page.getByRole('link', { name: SKY });
  const second = page.getByRole('link', { name: EGG });
  await tabTo(page, second, 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(first).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter');
  const naming = page.getByRole('dialog', { name: 'Rename chat' });
  await expect(naming).toBeVisible();
  await closed(page, naming, page.getByRole('button', { name: `Options for ${SKY}` }));
  await page.keyboard.press('Shift+Tab');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.answer('Warm Chat')).toBeVisible();

  // The reasons and the set-up of the chat.
  const why = chat.answer('Warm Chat').getByRole('button', { name: 'Why?' });
  await tabTo(page, why);
  await page.keyboard.press('Enter');
  await closed(page, page.getByRole('dialog', { name: 'Why this model' }), why);
  const setup = page.getByRole('button', { name: /^Instructions and model of this chat/ });
  await tabTo(page, setup, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await closed(page, page.getByRole('dialog', { name: 'Set up this chat' }), setup);

  // The palette and the sheet give the focus back to whatever had it.
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await closed(page, page.getByRole('dialog', { name: 'Commands and chats' }), setup);
  await page.keyboard.press('ControlOrMeta+/');
  await closed(page, page.getByRole('dialog', { name: 'Keyboard' }), setup);

  // Settings, and Memory’s dialogs.
  const views = page.getByRole('navigation', { name: 'Views' });
  await tabTo(page, views.getByRole('link', { name: 'Settings' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await tabTo(page, views.getByRole('link', { name: 'Memory' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  for (const [button, dialog] of [['Save a backup', 'Save a backup'], ['Set up sync', 'Set up sync']] as const) {
    const opener = page.getByRole('button', { name: button });
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    await closed(page, page.getByRole('dialog', { name: dialog }), opener);
  }
  const erase = page.getByRole('button', { name: 'Erase everything' });
  await tabTo(page, erase);
  await page.keyboard.press('Enter');
  await closed(page, page.getByRole('alertdialog'), erase);
});

/** Steps until the element has the focus, as far as one would go. */
async function tabTo(page: Page, element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(element).toBeVisible();
  for (let step = 0; step < 60; step += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Sixty steps did not reach ${element.toString()}.`);
}

/** What is open closes by Escape, and the focus is where it was. */
async function closed(page: Page, dialog: Locator, opener: Locator): Promise<void> {
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
}

/** A press of the mouse would be a mistake of this test. */
async function forbidMouse(page: Page): Promise<void> {
  await page.evaluate(() => addEventListener('pointerdown', () => setTimeout(() => { throw new Error('This test has no mouse.'); }), true));
}
