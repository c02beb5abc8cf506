import { seriousFindings } from './support/axe';
import { everyRow } from './support/stored';
import { expect, test } from './support/test';

test('on a phone the palette opens from the sidebar and begins a temporary chat, which a tap discards', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await page.getByRole('button', { name: 'Open the sidebar' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Commands and chats' }).tap();
  const palette = page.getByRole('dialog', { name: 'Commands and chats' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  expect(await seriousFindings(page)).toEqual([]);
  await palette.getByRole('combobox').fill('temp');
  await palette.getByRole('option', { name: /Temporary chat/ }).tap();
  await expect(page.getByRole('note')).toContainText('Kept in memory only');
  expect(await seriousFindings(page)).toEqual([]);

  await tacit.chat.send('Why is marmalade orange?');
  await expect(tacit.chat.answers).toHaveCount(1);
  expect(await everyRow(page)).not.toContain('marmalade');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

  await page.getByRole('button', { name: 'Open the sidebar' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'New chat' }).tap();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).tap();
  await expect(page.getByRole('note')).toHaveCount(0);
  await expect(tacit.chat.answers).toHaveCount(0);
  await expect(tacit.chat.composer).toBeVisible();
});
