import type { Locator } from '@playwright/test';
import { expect, test } from './support/test';

async function cells(row: Locator): Promise<readonly string[]> {
  return row.getByRole('cell').allInnerTexts();
}

test('what each model read, wrote and cost adds up', async ({ tacit, page, replay }) => {
  await tacit.open();
  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Thorough Large', 'Why is the sky blue?');
  await tacit.chat.sendTo('Terse Mini', 'How do I boil an egg?');
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');

  await tacit.go('spending');
  const table = page.getByRole('region', { name: 'Usage by model' });
  const row = (name: string) => table.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('Terse Mini')).toBeVisible();
  const [terse, thorough, together] = await Promise.all(['Terse Mini', 'Thorough Large', 'Together'].map((name) => cells(row(name))));
  expect(terse?.[0]).toBe('2');
  expect(thorough?.[0]).toBe('1');
  const number = (text: string | undefined) => Number(text?.replaceAll(',', ''));
  for (const column of [0, 1, 2]) {
    expect(number(together?.[column])).toBe(number(terse?.[column]) + number(thorough?.[column]));
    expect(number(together?.[column])).toBeGreaterThan(0);
  }
  expect(terse?.[3]).toBe('$0');
  expect(terse?.[4]).toMatch(/^\d+(\.\d)? s$/);

  // This month is shown first; since the beginning it is the same here.
  await page.getByRole('combobox', { name: 'Time' }).selectOption({ label: 'Since the beginning' });
  expect(await cells(row('Together'))).toEqual(together);
});
