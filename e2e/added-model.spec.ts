import { startScriptedServer } from './support/scripted-server';
import { storedRanking } from './support/stored';
import { expect, test } from './support/test';

const PROMPT = 'Why is the sky blue?';

test('a model added by hand, which no catalogue knows and no server lists, is routed like any other', async ({ tacit, page }) => {
  const server = await startScriptedServer(() => 'Because of scattering.');
  await tacit.open();
  await tacit.models.connect(`${server.url}/v1`, { name: 'Mine' });
  await page.getByRole('button', { name: 'Options for Mine' }).click();
  await page.getByRole('menuitem', { name: 'Add a model by its id' }).click();
  await tacit.models.dialog.getByRole('textbox', { name: 'Model id' }).fill('my-finetune-7b');
  await tacit.models.dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(tacit.models.dialog).toHaveCount(0);
  await expect(tacit.models.inPool('my-finetune-7b')).toBeChecked();
  await tacit.settings.setComparisons(false);

  await tacit.newChat();
  await tacit.chat.send(PROMPT);
  await expect(tacit.chat.answers).toContainText('Because of scattering.');
  const ranked = await storedRanking(page, PROMPT);
  expect(ranked.map(({ model }) => model).toSorted()).toEqual(['my-finetune-7b', 'scripted']);
  expect(ranked.every(({ score }) => Number.isFinite(score))).toBe(true);

  // As the only one in the pool it is the one that answers.
  await tacit.go('models');
  await tacit.models.inPool('scripted').click();
  await tacit.newChat();
  await tacit.chat.send('And why is the sunset red?');
  await expect(tacit.chat.answer('my-finetune-7b')).toContainText('Because of scattering.');
  await server.close();
});
