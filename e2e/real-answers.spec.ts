import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startReplayServer, type ReplayServer } from './replay-server/index.mjs';
import { storedRanking } from './support/stored';
import { expect, test } from './support/test';
import type { Tacit } from './pages/tacit';

/**
 * The whole loop on recorded answers of 16 real LLMs, where a data folder is at hand: two people who differ in one thing pick twenty times, and
 * the router has to tell them apart. By hand:
 *
 *   TACIT_DATA=DIR npx playwright test e2e/real-answers.spec.ts
 */
const DATA = process.env.TACIT_DATA ?? '';
const PICKS = Number(process.env.TACIT_PICKS ?? 20);
/** Sent before and after the picks, never judged. */
const PROBES = 5;

interface Recorded {
  readonly prompts: readonly string[];
  /** Of a model's recorded answer. */
  words(model: string, prompt: string): number;
}

interface Outcome {
  readonly asked: number;
  readonly chosenBefore: readonly string[];
  readonly chosenAfter: readonly string[];
  /** Mean words of the real answers of the chosen models to the probes. */
  readonly wordsBefore: number;
  readonly wordsAfter: number;
  /** Of all models, by their mean score over the probes afterwards. */
  readonly topThree: readonly string[];
  readonly profile: string;
}

function rowsOf<Row>(file: string): readonly Row[] {
  return gunzipSync(readFileSync(join(DATA, file))).toString('utf8').trim().split('\n').map((line) => JSON.parse(line) as Row);
}

function recorded(): Recorded {
  const prompts = rowsOf<{ readonly id: string; readonly query: string }>('prompts.jsonl.gz');
  const answers = rowsOf<{ readonly prompt_id: string; readonly llm: string; readonly response: string }>('responses.jsonl.gz');
  const idOf = new Map(prompts.map(({ id, query }) => [query, id]));
  const words = new Map(answers.map(({ prompt_id: id, llm, response }) => [`${llm}\n${id}`, response.split(/\s+/).length]));
  return {
    prompts: prompts.map(({ query }) => query).filter((query) => query.length < 200 && !query.includes('\n')),
    words: (model, prompt) => words.get(`${model}\n${idOf.get(prompt)}`) ?? NaN,
  };
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Whom Auto asks for each probe, and how it ranks all models. */
async function probe(tacit: Tacit, prompts: readonly string[]): Promise<readonly (readonly { readonly model: string; readonly score: number }[])[]> {
  await tacit.settings.setComparisons(false);
  const rankings = [];
  for (const prompt of prompts) {
    await tacit.newChat();
    await tacit.chat.send(prompt);
    rankings.push(await storedRanking(tacit.page, prompt));
  }
  return rankings;
}

/** Prompts until there are enough comparisons; of each the shorter (or longer) answer is picked. Returns the prompts it took. */
async function pick(tacit: Tacit, prompts: readonly string[], wanted: 'shorter' | 'longer'): Promise<number> {
  await tacit.settings.setComparisons(true);
  await tacit.settings.setComparisonsPerDay(20);
  const { comparison } = tacit.chat;
  let picks = 0;
  // A person of firm taste may go round twice until the router has asked often enough.
  for (const [index, prompt] of [...prompts, ...prompts].entries()) {
    await tacit.newChat();
    await tacit.chat.type(prompt);
    const compares = (await tacit.chat.preview.innerText()).includes('side by side');
    if (!compares) continue;
    await tacit.chat.press();
    await comparison.pick(wanted);
    picks += 1;
    if (picks === PICKS) return index + 1;
  }
  throw new Error(`Of ${2 * prompts.length} prompts the router compared ${picks} only.`);
}

async function live(tacit: Tacit, server: ReplayServer, { prompts, words }: Recorded, wanted: 'shorter' | 'longer'): Promise<Outcome> {
  const probes = prompts.slice(-PROBES);
  await tacit.open();
  await tacit.models.connect(`${server.url}/v1`);
  const before = await probe(tacit, probes);
  const asked = await pick(tacit, prompts.slice(0, -PROBES), wanted);
  const after = await probe(tacit, probes);
  await tacit.memory.open();
  await expect(tacit.memory.picks).toHaveCount(PICKS);
  const first = (rankings: typeof before) => rankings.map((ranking) => ranking[0]?.model ?? '');
  const chosenWords = (rankings: typeof before) => mean(first(rankings).map((model, index) => words(model, probes[index] ?? '')));
  const meanScore = (model: string) => mean(after.map((ranking) => ranking.find((scored) => scored.model === model)?.score ?? NaN));
  return {
    asked,
    chosenBefore: first(before),
    chosenAfter: first(after),
    wordsBefore: chosenWords(before),
    wordsAfter: chosenWords(after),
    topThree: server.modelIds.toSorted((left, right) => meanScore(right) - meanScore(left)).slice(0, 3),
    profile: (await tacit.memory.profile.allInnerTexts()).join(' '),
  };
}

test.describe('real answers of real models', () => {
  test.skip(DATA === '' || !existsSync(join(DATA, 'responses.jsonl.gz')), 'TACIT_DATA names no folder of recorded answers');
  test.describe.configure({ mode: 'serial', timeout: 120_000 + PICKS * 20_000 });
  const outcomes = new Map<string, Outcome>();

  for (const { person, wanted, says, denies } of [
    { person: 'terse', wanted: 'shorter', says: /shorter/, denies: /longer/ },
    { person: 'thorough', wanted: 'longer', says: /longer/, denies: /shorter/ },
  ] as const) {
    test(`a ${person} person picks ${PICKS} times, and the profile says so`, async ({ tacit }) => {
      const server = await startReplayServer({ data: DATA, msPerChunk: 0 });
      const outcome = await live(tacit, server, recorded(), wanted);
      await server.close();
      outcomes.set(person, outcome);
      test.info().annotations.push({ type: person, description: JSON.stringify(outcome) });
      console.log(`${person} ${JSON.stringify(outcome, null, 1)}`);
      expect(outcome.profile).toMatch(says);
      expect(outcome.profile).not.toMatch(denies);
    });
  }

  test('for the same prompts Auto now asks other models of each, whose real answers differ as the two people do', () => {
    const [terse, thorough] = [outcomes.get('terse'), outcomes.get('thorough')];
    if (!terse || !thorough) throw new Error('One of the two has no outcome.');
    expect(terse.chosenBefore[0]).toBe(thorough.chosenBefore[0]);
    expect(terse.wordsAfter).toBeLessThan(terse.wordsBefore);
    expect(thorough.wordsAfter).toBeGreaterThan(terse.wordsAfter * 1.2);
    expect(terse.topThree[0]).not.toBe(thorough.topThree[0]);
  });
});
