import { openJudgedWorld, pointOfChoices, type JudgedWorld } from './judged-world';
import { randomFor, shuffled } from './random';
import { TacitMethod } from './tacit-method';
import type { Workbench } from './workbench';

export interface JudgedJobOptions {
  readonly picksFile: string;
  readonly checkpoints: readonly number[];
  readonly people: number;
  readonly seed: number;
}

/** `[people]` share of prompts on which the method routed what the judge had chosen. */
export interface JudgedResult {
  readonly name: string;
  readonly picks: number | null;
  readonly accuracy: Float64Array;
}

/**
 * People played by an LLM (a picks file): a part of a person's prompts gives picks, each "the chosen one against another shown", the rest is
 * routed, and a route is right when it is what the judge chose.
 */
export async function runJudged(bench: Workbench, { picksFile, checkpoints, people, seed }: JudgedJobOptions, report: (done: number) => void): Promise<JudgedResult[]> {
  const judged = openJudgedWorld(bench, picksFile, people, seed);
  const candidates = await bench.candidates(judged.world);
  const method = new TacitMethod('Tacit', judged.world, bench.artifacts, await bench.prompts(), candidates, new Set());
  const blank = (name: string, picks: number | null): JudgedResult => ({ name, picks, accuracy: new Float64Array(judged.people.length) });
  const curve = checkpoints.map((picks) => blank('Tacit', picks));
  const [random, global, own] = [blank('random', null), blank('chosen most by all, on other prompts', null), blank('chosen most by this person, on other prompts', null)];
  for (const [person, { learn, ask }] of judged.people.entries()) {
    const width = judged.world.llms.length;
    random.accuracy[person] = 1 / width;
    global.accuracy[person] = pointOfChoices(ask, () => judged.favourite);
    own.accuracy[person] = pointOfChoices(ask, () => mostChosen(learn.map(({ chosen }) => chosen)) ?? judged.favourite);
    await followChoices(judged, method, person, checkpoints, seed, (at, accuracy) => (curve[at]!.accuracy[person] = accuracy));
    report(person + 1);
  }
  return [random, global, own, ...curve];
}

async function followChoices({ people, world }: JudgedWorld, method: TacitMethod, person: number, checkpoints: readonly number[], seed: number, score: (at: number, accuracy: number) => void): Promise<void> {
  const { learn, ask } = people[person]!;
  const random = randomFor(seed, `judged ${person}`);
  const session = method.begin();
  const stream = shuffled(learn, random);
  const width = world.llms.length;
  for (let picks = 0; picks <= checkpoints.at(-1)!; picks++) {
    const at = checkpoints.indexOf(picks);
    if (at >= 0) {
      const scores = await session.scores(ask.map(({ prompt }) => prompt));
      score(at, pointOfChoices(ask, (row) => indexOfMax(scores.subarray(row * width, (row + 1) * width))));
    }
    const next = stream[picks % stream.length];
    if (!next) return;
    const other = await rival(session, next, width, random);
    await session.observe({ prompt: next.prompt, chosen: next.chosen, rejected: other });
  }
}

/** What the router would have shown beside the choice: its own favourite, or any other when that is the choice. */
async function rival(session: { duel(prompt: number): Promise<readonly [number, number]> }, { prompt, chosen }: { readonly prompt: number; readonly chosen: number }, width: number, random: () => number): Promise<number> {
  const shown = await session.duel(prompt);
  return shown.find((column) => column !== chosen) ?? (chosen + 1 + Math.floor(random() * (width - 1))) % width;
}

function mostChosen(columns: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null;
}

function indexOfMax(values: Float64Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
