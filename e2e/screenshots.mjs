/**
 * Pictures of the built app, for the README and for looking at: `node e2e/screenshots.mjs OUTDIR [--readme]`. Serves `dist` and a replay
 * server, makes some picks and asks some questions, and walks the views at two sizes, light and dark.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from '../scripts/find-chromium.mjs';
import { serveFolders } from './bench/static-server.mjs';
import { startReplayServer } from './replay-server/index.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const README_PICTURE = fileURLToPath(new URL('../public/screenshot.png', import.meta.url));
const SIZES = [
  { name: 'desktop', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
];
const THEMES = ['light', 'dark'];
const WAKE_MS = 180_000;

/** @typedef {import('playwright').Page} Page */

const [outdir] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const forReadme = process.argv.includes('--readme');
if (outdir === undefined) {
  console.error('Usage: node e2e/screenshots.mjs OUTDIR [--readme]');
  process.exit(2);
}
if (!existsSync(join(DIST, 'index.html'))) {
  console.error('There is no build to take pictures of. Run `npx vite build` first.');
  process.exit(1);
}
await takeAll(resolve(outdir));

/** @param {string} folder */
async function takeAll(folder) {
  mkdirSync(folder, { recursive: true });
  const site = await serveFolders([{ prefix: '/', folder: DIST }]);
  const replay = await startReplayServer();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ viewport: SIZES[0]?.viewport ?? null, reducedMotion: 'reduce' });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.goto(`${site.url}/`);
    await awake(page);
    await walk(page, replay.url, (name) => take(page, folder, name));
  } finally {
    await browser.close();
    await Promise.all([site.close(), replay.close()]);
  }
}

/**
 * One session from the first pick on; `picture` is called wherever there is something to see.
 * @param {Page} page
 * @param {string} replayUrl
 * @param {(name: string) => Promise<void>} picture
 */
async function walk(page, replayUrl, picture) {
  await picture('01-empty-chat');
  await go(page, '#/taste');
  await pickShorter(page, 3);
  await picture('02-quiz');
  await pickShorter(page, 7);
  await page.getByRole('heading', { name: 'Your taste so far' }).waitFor();
  await picture('03-profile');

  await connect(page, replayUrl);
  await picture('04-models');
  await ask(page, 'Why is the sky blue?');
  await page.getByRole('article').getByRole('button', { name: 'Copy', exact: true }).first().waitFor();
  await picture('05-answer');
  await page.getByRole('article').getByRole('button', { name: 'Why?' }).first().click();
  await page.getByRole('dialog', { name: 'Why this model' }).waitFor();
  await picture('06-answer-with-reasons');
  if (forReadme) await page.setViewportSize({ width: 1280, height: 800 });
  if (forReadme) await page.emulateMedia({ colorScheme: 'light' });
  if (forReadme) await page.screenshot({ path: README_PICTURE });
  await page.keyboard.press('Escape');

  if (await compare(page)) await picture('07-comparison');
  else console.warn('The router is sure of every prompt, so that there is no comparison to show.');
  await go(page, '#/memory');
  await page.getByRole('heading', { name: 'Memory', level: 1 }).waitFor();
  await picture('08-memory');
  await go(page, '#/settings/router');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await picture('09-settings');
}

/** @param {Page} page @param {string} folder @param {string} name */
async function take(page, folder, name) {
  for (const { name: size, viewport } of SIZES) {
    await page.setViewportSize(viewport);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme: colorScheme === 'dark' ? 'dark' : 'light' });
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    }
  }
  await page.setViewportSize(SIZES[0]?.viewport ?? { width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  console.log(name);
}

/** The page's own policy forbids `waitForFunction`; a first visit reloads once. @param {Page} page */
async function awake(page) {
  const until = Date.now() + WAKE_MS;
  while (Date.now() < until) {
    const isAwake = await page
      .evaluate(() => crossOriginIsolated && (document.querySelector('aside [role="status"]')?.textContent ?? '').startsWith('Router ready'))
      .catch(() => false);
    if (isAwake) return;
    await page.waitForTimeout(200);
  }
  throw new Error('The router did not wake up.');
}

/** @param {Page} page @param {string} hash */
async function go(page, hash) {
  await page.evaluate((to) => void (location.hash = to), hash);
}

/** @param {Page} page @param {number} count */
async function pickShorter(page, count) {
  const ready = page.locator('button[aria-disabled="false"]').filter({ hasText: 'Left is better' });
  for (let made = 0; made < count; made += 1) {
    await ready.waitFor();
    const side = (/** @type {string} */ name) => page.getByRole('region', { name }).innerText();
    const [left, right] = await Promise.all([side('Left answer'), side('Right answer')]);
    const progress = page.getByRole('progressbar', { name: 'Picks in this round' });
    const before = await progress.getAttribute('aria-valuenow');
    await page.keyboard.press(left.length < right.length ? '1' : '2');
    await page.locator(`[role="progressbar"][aria-valuenow="${before}"]`).waitFor({ state: 'detached' });
  }
}

/** @param {Page} page @param {string} replayUrl */
async function connect(page, replayUrl) {
  await go(page, '#/models');
  await page.getByRole('button', { name: /^Another server/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`${replayUrl}/v1`);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Replay');
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** @param {Page} page @param {string} prompt */
async function type(page, prompt) {
  await go(page, '#/chat');
  const box = page.getByRole('textbox', { name: 'Your prompt' });
  const preview = page.locator('form').filter({ has: box }).getByRole('status');
  await box.fill('');
  await preview.waitFor({ state: 'detached' });
  await box.fill(prompt);
  await preview.filter({ hasText: /about \d+ words|side by side/ }).waitFor();
  return { box, compares: (await preview.innerText()).includes('side by side') };
}

/** Asks Auto for one answer, also where it would compare. @param {Page} page @param {string} prompt */
async function ask(page, prompt) {
  await allowComparisons(page, false);
  const { box } = await type(page, prompt);
  await box.press('Enter');
}

/** Asks until the router is unsure; false when it never is. @param {Page} page */
async function compare(page) {
  await allowComparisons(page, true);
  for (const prompt of ['How do I boil an egg?', 'How much water should I drink a day?', 'What is the difference between TCP and UDP?', 'How do I get a red wine stain out of a cotton shirt?']) {
    const { box, compares } = await type(page, prompt);
    if (!compares) continue;
    await box.press('Enter');
    await page.getByRole('group', { name: 'Which answer is better?' }).getByRole('button', { name: /Left is better/ }).waitFor();
    return true;
  }
  return false;
}

/** @param {Page} page @param {boolean} on */
async function allowComparisons(page, on) {
  await go(page, '#/settings/router');
  const toggle = page.getByRole('switch', { name: 'Ask me when unsure' });
  await toggle.setChecked(on);
}
