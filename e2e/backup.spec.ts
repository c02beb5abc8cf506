import { expect, test } from './support/test';
import { storedRanking } from './support/stored';
import { Tacit } from './pages/tacit';

const PROBE = 'How do I keep basil alive on a windowsill?';

test('a backup restored on a clean profile routes identically', async ({ tacit, browser, replay }) => {
  test.setTimeout(150_000);
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`, { key: 'sk-e2e-1234' });
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
  await tacit.chat.sendTo('Warm Chat', 'Plan a weekend in Lisbon.');
  await tacit.go('taste');
  await tacit.quiz.pickBy('longer', 0, 4);
  const backup = await tacit.memory.backup();
  expect(backup).not.toContain('sk-e2e-1234');
  const original = await ask(tacit);

  const context = await browser.newContext();
  const clean = new Tacit(await context.newPage());
  await clean.open();
  await clean.memory.restore(backup);
  await expect(clean.memory.picks).toHaveCount(5);
  const restored = await ask(clean);
  await context.close();

  expect(original.map(({ model }) => model).toSorted()).toEqual([...replay.modelIds].toSorted());
  expect(restored.map(({ model }) => model)).toEqual(original.map(({ model }) => model));
  restored.forEach(({ score }, rank) => expect(score).toBeCloseTo(original[rank]?.score ?? NaN, 6));
});

test('a file that was changed is refused, and nothing is lost', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  const backup = await tacit.memory.backup();
  const dialog = await tacit.memory.chooseBackup(backup.replace('Why is the sky blue?', 'Why is the sky grey?'));
  await expect(dialog).toContainText('changed or damaged');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('link', { name: 'Why is the sky blue?' })).toBeVisible();
});

/** Sends the probe and reads the exact scores it was routed by. */
async function ask(tacit: Tacit) {
  await tacit.newChat();
  await tacit.chat.send(PROBE);
  await expect(tacit.chat.answers).toHaveCount(1);
  return storedRanking(tacit.page, PROBE);
}
