import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../../scripts/find-chromium.mjs';

/** @typedef {import('playwright').Page} Page */

export const CHROMIUM = findChromium();

const WAIT_MS = 180_000;
let prompts = 0;
/** Without these it cannot route offline; they are cached after the first visit. */
const KEPT = ['router.onnx', 'model_quantized.onnx', 'tokenizer.json', '.wasm'];

/**
 * One round of all starts, Tacit and plain in turn: a first visit with an empty profile, a new browser process with everything cached, a
 * reload. From navigation to the first result: a ranking of models for a prompt typed as soon as there is a box to type in, and one
 * sentence encoded.
 */
export async function startTimes(appUrl, plainUrl) {
  return inFreshProfile(async (appProfile) =>
    inFreshProfile(async (plainProfile) => {
      const first = await withBrowser(appProfile, async (page) => {
        const firstVisit = await firstRanking(page, () => page.goto(appUrl));
        await everythingKept(page);
        return { firstVisit, shell: await shellFiles(page) };
      });
      const plainFirst = await withBrowser(plainProfile, (page) => firstEncoded(page, () => page.goto(plainUrl)));
      const [coldStart, reload] = await withBrowser(appProfile, async (page) => [await firstRanking(page, () => page.goto(appUrl)), await firstRanking(page, () => page.reload())]);
      const [plainCold, plainReload] = await withBrowser(plainProfile, async (page) => [await firstEncoded(page, () => page.goto(plainUrl)), await firstEncoded(page, () => page.reload())]);
      return {
        tacit: { firstVisit: [first.firstVisit], coldStart: [coldStart], reload: [reload] },
        plain: { firstVisit: [plainFirst], coldStart: [plainCold], reload: [plainReload] },
        shell: first.shell,
      };
    }),
  );
}

/** The samples of one visit to the page that measures the stages. */
export async function runStages(url) {
  return inFreshProfile((profile) =>
    withBrowser(profile, async (page) => {
      await page.goto(url);
      return page.evaluate(() => window.benchmark);
    }),
  );
}

/** @param {Page} page @param {() => Promise<unknown>} navigate */
async function firstRanking(page, navigate) {
  const started = performance.now();
  await navigate();
  const composer = page.getByRole('textbox', { name: 'Your prompt' });
  // Never the same twice, so that nothing is remembered.
  const prompt = `What should I cook tonight with rice and ${(prompts += 1)} eggs?`;
  await composer.fill(prompt);
  const ranking = page.getByRole('region', { name: 'Models Tacit would ask' }).getByRole('listitem').first();
  await ranking.waitFor({ timeout: WAIT_MS });
  const passed = performance.now() - started;
  if ((await composer.inputValue()) !== prompt) throw new Error('The prompt was lost on the way.');
  return passed;
}

/** @param {Page} page @param {() => Promise<unknown>} navigate */
async function firstEncoded(page, navigate) {
  const started = performance.now();
  await navigate();
  await page.locator('#encoded').waitFor({ timeout: WAIT_MS });
  return performance.now() - started;
}

/** Until the service worker is in control and the large files are in its cache. @param {Page} page */
async function everythingKept(page) {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    // The one reload of a first visit may come in between.
    const kept = await page
      .evaluate(async () => (navigator.serviceWorker.controller && crossOriginIsolated ? (await (await caches.open('tacit-artifacts')).keys()).map(({ url }) => new URL(url).pathname) : []))
      .catch(() => []);
    if (KEPT.every((name) => kept.some((path) => path.endsWith(name)))) return;
    if (performance.now() > until) throw new Error(`These are not kept for use offline: ${KEPT.join(', ')}; only ${kept.join(', ')}.`);
    await page.waitForTimeout(250);
  }
}

/** Scripts and styles that were there when the first text was painted, relative to the page. @param {Page} page */
async function shellFiles(page) {
  const files = await page.evaluate(() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;
    return performance.getEntriesByType('resource').filter((entry) => /\.(js|css)$/.test(entry.name) && entry.responseEnd <= painted).map((entry) => new URL(entry.name).pathname.slice(1));
  });
  if (files.length === 0) throw new Error('No script was loaded before the first paint.');
  return [...new Set(files)];
}

export async function inFreshProfile(work) {
  const profile = mkdtempSync(join(tmpdir(), 'tacit-bench-'));
  try {
    return await work(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

export async function withBrowser(profile, work) {
  const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-background-networking'], headless: true });
  context.setDefaultTimeout(WAIT_MS);
  try {
    return await work(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
  }
}
