import { featuresOfRow } from '../../src/core/decide';
import { AXIS_COUNT, axisIndex } from '../../src/core/dimensions';
import type { RouterOutputs } from '../../src/core/router-outputs';
import type { Candidate } from '../../src/core/routing';
import { measuredAxes, predictedResponse } from './axes-of-cell';
import { trainedFingerprints } from './candidates';
import { nearestCluster } from '../../src/core/llm-features';
import type { UserRow } from './records';
import { TRAITS } from './benchmark';
import { utility, weightsFor } from './simulated-user';
import { mean } from './statistics';
import { TacitSession } from './tacit-session';
import { tacitSetting } from './tacit-setting';
import type { Workbench } from './workbench';
import { argmaxRow, cellOf, realised, trueUtilities, type Fold, type World } from './world';

/** Mean utility of each person `[users]` at the fixed points of the scale. */
export interface Reference {
  readonly random: Float64Array;
  readonly oracle: Float64Array;
  /** True weights on responses predicted from all that can be known of the LLMs. */
  readonly ceiling: Float64Array;
  /** True weights on what the router predicts before any pick: less than `ceiling` where it knows LLMs by their cards only. */
  readonly ownCeiling: Float64Array;
  /** The mean training person's weights on the same predictions. */
  readonly blind: Float64Array;
  /** The person's own best single LLM, known in hindsight from all their utilities on the training prompts. */
  readonly bestSingle: Float64Array;
  /** US dollars of what the user-blind router routes. */
  readonly blindCostUsd: Float64Array;
}

/** What the shipped graph predicts of every response without any history, `[prompts × M][12]`. */
export async function predictedAxes(bench: Workbench, candidates: readonly Candidate[], prompts: readonly number[]): Promise<number[][]> {
  const outputs = await blankOutputs(bench, candidates, prompts);
  return outputs.flatMap((output) => candidates.map((_, column) => featuresOfRow(output, column).slice(0, AXIS_COUNT)));
}

/** `[prompts]` what the graph says about each to somebody who has picked nothing. */
export async function blankOutputs(bench: Workbench, candidates: readonly Candidate[], prompts: readonly number[]): Promise<readonly RouterOutputs[]> {
  return new TacitSession(tacitSetting(bench.artifacts, { candidates, prompts: await bench.prompts() })).outputs(prompts);
}

type Expected = ReturnType<typeof predictedResponse> & { readonly task: string };

/** `[prompts × M]` the responses that predicted axes describe. */
function expectedResponses(bench: Workbench, world: World, prompts: readonly number[], axes: readonly (readonly number[])[]): Expected[] {
  const { axisConstants } = bench.artifacts.fingerprints;
  return axes.map((row, index) => ({
    ...predictedResponse(row, axisConstants, world.benchmark.scales),
    task: world.benchmark.prompts[prompts[Math.floor(index / world.llms.length)]!]?.task ?? '',
  }));
}

/** `[prompts × M]` utilities that a person with known weights expects. */
function expectedUtilities(user: UserRow, responses: readonly Expected[]): Float64Array {
  const { ideal_words: ideal, ...linear } = user;
  const moments = ideal ? { share: 1, first: Math.log(ideal), second: Math.log(ideal) ** 2 } : null;
  return Float64Array.from(responses, (seen) => utility(linear, seen.task, seen) + (moments === null ? 0 : lengthFit(seen, moments)));
}

/** E[−0.25 (ln words − ln ideal)²] over people of whom `share` have an ideal, with the moments of its logarithm (0 for those without). */
function lengthFit(seen: Expected, { share, first, second }: { readonly share: number; readonly first: number; readonly second: number }): number {
  return -0.25 * (share * seen.squaredLnWords - 2 * first * Math.log1p(seen.words) + second);
}

/** The mean person: utility is linear in the weights, so the mean of all expected utilities is that of one person with mean weights. */
function populationUtilities(people: readonly UserRow[], responses: readonly Expected[]): Float64Array {
  const average = (of: (user: UserRow) => number) => mean(people.map(of));
  const tasks = [...new Set(responses.map(({ task }) => task))];
  const person: UserRow = {
    id: 'mean', kind: 'mean', noise: 0, trait_weights: {},
    quality_weight: average((user) => user.quality_weight),
    cost_weight: average((user) => user.cost_weight),
    task_trait_weights: Object.fromEntries(tasks.map((task) => [task, Object.fromEntries(TRAITS.map((name) => [name, average((user) => weightsFor(user, task)[name] ?? 0)]))])),
  };
  const moment = (power: number) => average((user) => (user.ideal_words ? Math.log(user.ideal_words) ** power : 0));
  const moments = { share: moment(0), first: moment(1), second: moment(2) };
  return Float64Array.from(responses, (seen) => utility(person, seen.task, seen) + lengthFit(seen, moments));
}

/** Fingerprints of all LLMs of the pool from their judged responses to the training prompts, as if the router had been trained on them. */
export async function informedCandidates(bench: Workbench, world: World, prompts: readonly number[]): Promise<readonly Candidate[]> {
  const candidates = await bench.candidates(world);
  const texts = await bench.prompts();
  const { axisConstants, clusterCentroids } = bench.artifacts.fingerprints;
  const quality = axisIndex('quality');
  const rows = prompts.map((prompt) => {
    const cluster = nearestCluster(texts[prompt]!.embedding, clusterCentroids);
    return candidates.map((_, column) => {
      const cell = cellOf(world, prompt, column);
      const axes = measuredAxes(cell, axisConstants);
      axes[quality] = (cell.winRate - axisConstants.mean[quality]!) / axisConstants.sd[quality]!;
      return { axes, cluster };
    });
  });
  const fingerprints = trainedFingerprints(rows, candidates.length);
  return candidates.map((candidate, column) => ({ ...candidate, fingerprint: candidate.fingerprint ?? fingerprints[column]! }));
}

/**
 * The fixed points. The ceiling predicts from all that can be known of the LLMs: where the pool has LLMs that the router was not trained on, their
 * judged responses to the training prompts make their fingerprints, so that the ceiling is never lowered by not knowing them.
 */
export async function referenceLevels(bench: Workbench, world: World): Promise<Reference> {
  const zeros = () => new Float64Array(world.users.length);
  const levels = { random: zeros(), oracle: zeros(), ceiling: zeros(), ownCeiling: zeros(), bestSingle: zeros(), blind: zeros(), blindCostUsd: zeros() };
  const candidates = await bench.candidates(world);
  for (const fold of world.folds) {
    const learnable = world.trainPrompts.length > 0 ? world.trainPrompts : fold.pickPrompts;
    const known = candidates.every(({ fingerprint }) => fingerprint !== null);
    const informed = known || learnable.length === 0 ? candidates : await informedCandidates(bench, world, learnable);
    const predicted = await predictedAxes(bench, candidates, fold.scorePrompts);
    const best = known ? predicted : await predictedAxes(bench, informed, fold.scorePrompts);
    addFold(bench, world, fold, levels, { predicted, best, learnable });
  }
  return levels;
}

function addFold(bench: Workbench, world: World, fold: Fold, levels: Reference, { predicted, best, learnable }: { predicted: readonly (readonly number[])[]; best: readonly (readonly number[])[]; learnable: readonly number[] }): void {
  const width = world.llms.length;
  const share = 1 / world.folds.length;
  const prompts = fold.scorePrompts;
  const expected = expectedResponses(bench, world, prompts, predicted);
  const blindScores = populationUtilities(world.trainUsers.length > 0 ? world.trainUsers : world.users, expected);
  const informed = best === predicted ? expected : expectedResponses(bench, world, prompts, best);
  const blindCost = mean(prompts.map((prompt, row) => world.cells.costUsd[prompt * width + argmaxRow(blindScores, row, width)]!));
  world.users.forEach((user, person) => {
    const truth = trueUtilities(world, user, prompts);
    const add = (level: Float64Array, value: number) => (level[person]! += value * share);
    add(levels.random, mean(truth));
    add(levels.oracle, realised(truth, truth, width));
    add(levels.bestSingle, columnMeans(truth, width)[bestColumn(world, user, learnable.length > 0 ? learnable : prompts)]!);
    add(levels.ceiling, realised(truth, expectedUtilities(user, informed), width));
    add(levels.ownCeiling, realised(truth, expectedUtilities(user, expected), width));
    add(levels.blind, realised(truth, blindScores, width));
    add(levels.blindCostUsd, blindCost);
  });
}

function bestColumn(world: World, user: UserRow, prompts: readonly number[]): number {
  return argmaxRow(columnMeans(trueUtilities(world, user, prompts), world.llms.length), 0, world.llms.length);
}

export function columnMeans(matrix: ArrayLike<number>, width: number): Float64Array {
  const means = new Float64Array(width);
  const rows = matrix.length / width;
  for (let index = 0; index < matrix.length; index++) means[index % width]! += matrix[index]! / rows;
  return means;
}
