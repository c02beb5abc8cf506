import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startReplayServer } from './replay-server/index.mjs';
import { expect, freshTest as test } from './support/test';
import type { Tacit } from './pages/tacit';

/**
 * The whole loop on recorded answers of 16 real LLMs, where a data folder is at hand: two people who differ in one thing pick, and the
 * router has to tell them apart on prompts that it has not seen. Twenty picks each by hand:
 *
 *   TACIT_DATA=DIR TACIT_PICKS=20 npx playwright test e2e/real-answers.spec.ts
 *
 * Not part of the gate: it needs the folder and takes minutes.
 */
const DATA = process.env.TACIT_DATA ?? '';
const PICKS = Number(process.env.TACIT_PICKS ?? 6);
const NEW_PROMPTS = 8;

interface Outcome {
  readonly wordsBefore: number;
  readonly wordsAfter: number;
  readonly chosenAfter: readonly string[];
  readonly profile: string;
}

function recordedPrompts(): string[] {
  const lines = gunzipSync(readFileSync(join(DATA, 'prompts.jsonl.gz'))).toString('utf8').trim().split('\n');
  const queries = lines.map((line) => (JSON.parse(line) as { readonly query: string }).query);
  return queries.filter((query) => query.length < 200 && !query.includes('\n'));
}

/** Mean expected words over some prompts and the models chosen for them, without sending any. */
async function routes(tacit: Tacit, prompts: readonly string[]): Promise<{ readonly words: number; readonly models: readonly string[] }> {
  await tacit.settings.setComparisons(false);
  await tacit.newChat();
  const previews: string[] = [];
  for (const prompt of prompts) {
    await tacit.chat.type(prompt);
    previews.push(await tacit.chat.preview.innerText());
  }
  await tacit.chat.composer.fill('');
  const words = previews.map((text) => Number(/about ([\d,]+) words/.exec(text)?.[1]?.replace(',', '')));
  return { words: words.reduce((sum, count) => sum + count, 0) / words.length, models: previews.map((text) => text.split(/[·,:]/)[0]?.trim() ?? '') };
}

async function live(tacit: Tacit, wanted: 'shorter' | 'longer'): Promise<Outcome> {
  const server = await startReplayServer({ data: DATA });
  const prompts = recordedPrompts();
  const fresh = prompts.slice(-NEW_PROMPTS);
  await tacit.open();
  await tacit.models.connect(`${server.url}/v1`);
  const before = await routes(tacit, fresh);
  await tacit.settings.setComparisons(true);
  await tacit.settings.setComparisonsPerDay(20);
  await tacit.newChat();
  let picks = 0;
  for (const prompt of prompts.slice(0, 3 * PICKS)) {
    if (picks === PICKS) break;
    await tacit.newChat();
    await tacit.chat.send(prompt);
    await expect(tacit.chat.comparison.picks.or(tacit.chat.answers.first())).toBeVisible({ timeout: 20_000 });
    if (!(await tacit.chat.comparison.picks.isVisible())) continue;
    await tacit.chat.comparison.pick(wanted);
    picks += 1;
  }
  expect(picks, 'comparisons that the router asked for').toBeGreaterThanOrEqual(Math.min(PICKS, 4));
  const after = await routes(tacit, fresh);
  await tacit.memory.open();
  const profile = (await tacit.memory.profile.allInnerTexts()).join(' ');
  await server.close();
  return { wordsBefore: before.words, wordsAfter: after.words, chosenAfter: after.models, profile };
}

test.describe('real answers of real models', () => {
  test.skip(DATA === '' || !existsSync(join(DATA, 'responses.jsonl.gz')), 'TACIT_DATA names no folder of recorded answers');
  test.setTimeout(60_000 + 2 * PICKS * 20_000);

  test('a terse and a thorough person are routed differently', async ({ tacit, browser, baseURL }) => {
    const terse = await live(tacit, 'shorter');
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const { Tacit: App } = await import('./pages/tacit');
    const thorough = await live(new App(await context.newPage()), 'longer');
    await context.close();
    test.info().annotations.push({ type: 'terse', description: JSON.stringify(terse) }, { type: 'thorough', description: JSON.stringify(thorough) });
    console.log(`terse    ${JSON.stringify(terse)}\nthorough ${JSON.stringify(thorough)}`);
    expect(terse.wordsBefore).toBeCloseTo(thorough.wordsBefore, 0);
    expect(terse.wordsAfter).toBeLessThan(terse.wordsBefore);
    expect(thorough.wordsAfter).toBeGreaterThan(terse.wordsAfter * 1.2);
  });
});
