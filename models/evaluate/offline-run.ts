import { estimateDoublyRobust, estimateSnips, type ModelledOutcome } from '../../src/core/offline-evaluation';
import { sampleIndex } from '../../src/core/random';
import { softmax } from './baselines/tape';
import { PersonPicks } from './person-picks';
import { randomFor } from './random';
import type { Workbench } from './workbench';
import { argmaxRow, trueUtilities, type WorldOptions } from './world';

export interface OfflineJobOptions {
  readonly world: WorldOptions;
  /** Decisions in each person's log. */
  readonly decisions: readonly number[];
  readonly picks: number;
  readonly seed: number;
}

/** What the estimators said of one person's log, and the truth. */
export interface OfflineResult {
  readonly estimator: 'SNIPS' | 'doubly robust';
  readonly decisions: number;
  readonly people: number;
  readonly refused: number;
  /** Of those not refused. */
  readonly bias: number;
  readonly rootMeanSquareError: number;
  /** Share of 95 % intervals that hold the true value. */
  readonly coverage: number;
  readonly effectiveSampleSize: number;
}

/**
 * Validation of the app's offline evaluation where the truth is known: a logging policy (softmax of the user-blind scores, propensities
 * logged) routes prompts for simulated people; SNIPS and the doubly robust estimate say from that log what the personal router after some picks
 * would have earned; the true value is what it earns.
 */
export async function runOffline(bench: Workbench, { world: options, decisions, picks, seed }: OfflineJobOptions, report: (done: number) => void): Promise<OfflineResult[]> {
  const world = bench.world(options);
  const width = world.llms.length;
  const fold = world.folds[0]!;
  const prompts = fold.scorePrompts;
  const log = new Map<string, { error: number[]; covered: number; refused: number; effective: number }>();
  const entryOf = (name: string) => log.get(name) ?? log.set(name, { error: [], covered: 0, refused: 0, effective: 0 }).get(name)!;
  const picker = await PersonPicks.open(bench, world, seed);
  const blind = await picker.blindScores(prompts);
  for (const [person, user] of world.users.entries()) {
    const session = await picker.after(person, fold, picks);
    const scores = await session.scores(prompts);
    const truth = trueUtilities(world, user, prompts);
    const target = prompts.map((_, row) => argmaxRow(scores, row, width));
    const value = target.reduce((sum, column, row) => sum + truth[row * width + column]!, 0) / prompts.length;
    const random = randomFor(seed, `offline ${person}`);
    for (const count of decisions) {
      const outcomes = Array.from({ length: count }, () => logged({ row: Math.floor(random() * prompts.length), width, blind, truth, scores, target, random }));
      for (const [name, estimate] of [['SNIPS', estimateSnips(outcomes)], ['doubly robust', estimateDoublyRobust(outcomes)]] as const) {
        const entry = entryOf(`${name}\n${count}`);
        if (!estimate.ok) entry.refused++;
        else {
          entry.error.push(estimate.value.value - value);
          entry.effective += estimate.value.effectiveSampleSize;
          if (estimate.value.interval95[0] <= value && value <= estimate.value.interval95[1]) entry.covered++;
        }
      }
    }
    report(person + 1);
  }
  return [...log].map(([name, { error, covered, refused, effective }]) => {
    const [estimator, count] = name.split('\n');
    const average = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    return {
      estimator: estimator === 'SNIPS' ? 'SNIPS' : 'doubly robust', decisions: Number(count), people: error.length + refused, refused,
      bias: average(error), rootMeanSquareError: Math.sqrt(average(error.map((one) => one * one))), coverage: covered / error.length, effectiveSampleSize: effective / error.length,
    };
  });
}

interface LogInput {
  readonly row: number;
  readonly width: number;
  readonly blind: Float64Array;
  readonly truth: Float64Array;
  readonly scores: Float64Array;
  readonly target: readonly number[];
  readonly random: () => number;
}

/** One decision: the logging policy draws an LLM; the reward model is the personal router's own score. */
function logged({ row, width, blind, truth, scores, target, random }: LogInput): ModelledOutcome {
  const at = row * width;
  const probabilities = softmax(blind.slice(at, at + width).map((score) => score / TEMPERATURE));
  const column = sampleIndex(Array.from(probabilities), random);
  return {
    propensity: probabilities[column]!,
    targetProbability: column === target[row] ? 1 : 0,
    reward: truth[at + column]!,
    predictedReward: scores[at + column]! * MODEL_SCALE,
    predictedTargetReward: scores[at + target[row]!]! * MODEL_SCALE,
  };
}

/** Wide enough that every LLM is shown now and then. */
const TEMPERATURE = 0.6;
/** The score's unit is the logit of a pick, the reward's the simulated utility; a rough reward model is what the estimate must bear. */
const MODEL_SCALE = 0.2;
