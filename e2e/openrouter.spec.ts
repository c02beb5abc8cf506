import { proxyTo } from './support/public-server';
import { expect, freshTest } from './support/test';

const OPENROUTER = 'https://openrouter.ai';

freshTest('OpenRouter connects by sign-in: there, agreed, back with models; a code is used once', async ({ tacit, page, context, replay }) => {
  await proxyTo(context, OPENROUTER, replay);
  await tacit.open('#/models');
  await tacit.models.beginOpenRouter();

  // Declined: said, and begun again from there.
  await expect(page).toHaveURL(/^https:\/\/openrouter\.ai\/auth\?/);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('OpenRouter was not allowed to connect.');
  await page.getByRole('button', { name: 'Sign in again' }).click();

  // The exchange fails once: nothing is stored, and the way on is shown.
  replay.control.fail({ failure: { kind: 'status', status: 500, message: 'try later' }, endpoint: 'sign-in' });
  await page.getByRole('link', { name: 'Authorize' }).click();
  await expect(page.getByRole('alert')).toContainText('OpenRouter could not finish the sign-in.');
  await expect(page).toHaveURL(/\/#\/models$/);
  await page.getByRole('button', { name: 'Sign in again' }).click();

  await page.getByRole('link', { name: 'Authorize' }).click();
  await expect(tacit.toast(/^OpenRouter lists 5 models/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'OpenRouter' })).toBeVisible();
  await expect(page.getByText(/key ends in \w{4}/)).toBeVisible();
  await expect(page).toHaveURL(/\/#\/models$/);

  // What the sign-in left behind: no verifier, no code in the history, and the key works in a chat.
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('verifier')))).toEqual([]);
  await page.reload();
  await tacit.awake();
  await expect(page.getByRole('alert')).toHaveCount(0);
  const exchanges = replay.control.log().filter(({ path }) => path === '/api/v1/auth/keys');
  expect(exchanges).toHaveLength(2);
  expect(exchanges[1]?.headers.referer).toBeUndefined();
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  expect(replay.control.log().at(-1)).toMatchObject({ path: '/api/v1/chat/completions', outcome: 'done' });

  // A code from elsewhere connects nothing.
  await page.goto('./?code=stolen#/chat');
  await expect(page.getByRole('alert')).toContainText('This sign-in was not begun in this tab');
  expect(replay.control.log().filter(({ path }) => path === '/api/v1/auth/keys')).toHaveLength(2);
});
