import { expect, test } from './support/test';

/** A red dot, one pixel wide. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');

test.beforeEach(async ({ tacit, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
});

test('files are attached, kept in the draft, removed, and sent', async ({ tacit, page, replay }) => {
  const input = page.getByLabel('Files to attach');
  const files = page.getByRole('list', { name: 'Attached files' });
  await input.setInputFiles([
    { name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('The secret word is heron.') },
    { name: 'dot.png', mimeType: 'image/png', buffer: PNG },
    { name: 'archive.zip', mimeType: 'application/zip', buffer: Buffer.from([80, 75, 3, 4, 0, 0]) },
  ]);
  await expect(page.getByText('archive.zip is neither an image nor text')).toBeVisible();
  await expect(files.getByRole('listitem')).toHaveCount(2);
  await expect(files.locator('img')).toBeVisible();
  await page.reload();
  await expect(files.getByRole('listitem')).toHaveCount(2);
  await tacit.awake();

  // No model of this server takes images: nothing is sent unasked.
  await tacit.chat.composer.fill('What is the word?');
  await tacit.chat.composer.press('Enter');
  await expect(page.getByText('None of Auto’s models takes images')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Connect another model' })).toBeVisible();
  await tacit.chat.choose('Terse Mini');
  await tacit.chat.composer.press('Enter');
  await expect(page.getByText('Terse Mini takes no images')).toBeVisible();
  expect(replay.control.log().filter(({ prompt }) => prompt !== null)).toEqual([]);

  await page.getByRole('button', { name: 'It does take images: send' }).click();
  await tacit.chat.expectComplete('Terse Mini');
  await expect(files.getByText('notes.md')).toBeVisible();
  const sent = replay.control.log().findLast(({ prompt }) => prompt !== null)?.body;
  expect(sent).toMatchObject({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: '<file name="notes.md">\nThe secret word is heron.\n</file>' },
          { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/png;base64,/) } },
          { type: 'text', text: 'What is the word?' },
        ],
      },
    ],
  });

  // What is attached can be taken away again.
  await input.setInputFiles({ name: 'more.txt', mimeType: 'text/plain', buffer: Buffer.from('more') });
  await page.getByRole('button', { name: 'Remove more.txt' }).click();
  await expect(page.getByText('more.txt')).toHaveCount(0);
});

test('a chat has instructions and a model of its own, from a preset', async ({ tacit, page, replay }) => {
  await page.getByRole('button', { name: /^Instructions and model of this chat/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up this chat' });
  await dialog.getByRole('textbox', { name: 'Instructions' }).fill('Answer like a pirate.');
  await dialog.getByRole('combobox', { name: 'Model' }).selectOption({ label: 'Warm Chat' });
  await dialog.getByRole('textbox', { name: 'Keep this as a preset named' }).fill('Pirate');
  await dialog.getByRole('button', { name: 'Save preset' }).click();
  await dialog.getByRole('button', { name: 'Use for this chat' }).click();
  await expect(page.getByRole('button', { name: 'Instructions and model of this chat: Pirate' })).toContainText('Warm Chat');
  await tacit.chat.type('Why is the sky blue?');
  await tacit.chat.press();
  await tacit.chat.expectComplete('Warm Chat');
  await expect(tacit.chat.answer('Warm Chat')).toContainText('this chat’s model');
  const sent = replay.control.log().findLast(({ prompt }) => prompt !== null)?.body;
  expect(sent).toMatchObject({ model: 'warm-chat', messages: [{ role: 'system', content: 'Answer like a pirate.' }, { role: 'user' }] });

  // The next chat begins without it, and can take the preset.
  await tacit.newChat();
  await page.getByRole('button', { name: /^Instructions and model of this chat: Instructions/ }).click();
  await dialog.getByRole('combobox', { name: 'Preset' }).selectOption({ label: 'Pirate' });
  await expect(dialog.getByRole('textbox', { name: 'Instructions' })).toHaveValue('Answer like a pirate.');
});
