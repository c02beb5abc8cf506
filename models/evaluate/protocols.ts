import type { Artifacts } from './artifacts';
import { predictedResponse } from './axes-of-cell';
import type { Benchmark, Pool, Split } from './benchmark';
import { fitBlindBaselines } from './blind-baselines';
import { runNewUser, type PersonalCurve } from './new-user';
import { randomFor } from './random';
import { captured, curveRow, ece, table, type MethodCurve, type Reference } from './report';
import { utility } from './simulated-user';
import { mean } from './statistics';
import { TacitMethod, poolCandidates } from './tacit-method';
import { argmaxRow, buildWorld, realised, trueUtilities, type Fold, type World } from './world';
import { featuresOfRow } from '../../src/core/decide';
import { AXIS_COUNT, EMBEDDING_SIZE } from '../../src/core/dimensions';
import { queryFeatures } from '../../src/core/query-features';
import type { Candidate } from '../../src/core/routing';
import { graphTensors } from '../../src/engine/graph-tensors';
import { runRouter } from '../../src/engine/router';

export interface ProtocolInput {
  readonly artifacts: Artifacts;
  readonly benchmark: Benchmark;
  readonly embeddings: readonly Float32Array[];
  readonly users: number;
  readonly promptsPerFold: number;
  readonly seed: number;
  readonly split: Split;
  readonly pools: readonly Pool[];
  readonly duels: readonly ('active' | 'random')[];
  readonly report: (label: string) => (done: number, total: number) => void;
}

export interface ProtocolResult {
  readonly protocol: string;
  readonly text: string;
  readonly pools: readonly unknown[];
}

export type Protocol = (input: ProtocolInput) => Promise<ProtocolResult>;

const CHECKPOINTS = [0, 1, 2, 3, 5, 10, 20, 50];

/** Predicted `[prompts × M × 12]` axes without any history: what the known-user ceiling and the user-blind router see. */
async function predictAxes(input: ProtocolInput, world: World, candidates: readonly Candidate[], prompts: readonly number[]): Promise<{ axes: Float32Array[]; utility: Float64Array }> {
  const feeds = graphTensors({
    queries: prompts.map((prompt) => ({ embedding: input.embeddings[prompt] ?? new Float32Array(EMBEDDING_SIZE), features: queryFeatures(world.benchmark.prompts[prompt]?.query ?? '') })),
    candidates,
    graph: { picks: [], decay: [] },
  });
  const outputs = await runRouter(input.artifacts.router, feeds);
  return {
    axes: outputs.flatMap((output) => candidates.map((_, column) => Float32Array.from(featuresOfRow(output, column).slice(0, AXIS_COUNT)))),
    utility: Float64Array.from(outputs.flatMap((output) => Array.from(output.utility))),
  };
}

/** Known-user ceiling: the person's true weights on predicted responses. */
function ceilingScores(input: ProtocolInput, world: World, person: number, prompts: readonly number[], axes: readonly Float32Array[]): Float64Array {
  const user = world.users[person]!;
  const width = world.llms.length;
  const { axisConstants } = input.artifacts.fingerprints;
  return Float64Array.from(axes, (row, index) => {
    const task = world.benchmark.prompts[prompts[Math.floor(index / width)]!]?.task ?? '';
    const seen = predictedResponse(row, axisConstants, world.benchmark.scales);
    const { ideal_words: ideal, ...linear } = user;
    const base = utility(linear, task, seen);
    if (!ideal) return base;
    const lnWords = Math.log1p(seen.words);
    return base - 0.25 * (seen.squaredLnWords - 2 * Math.log(ideal) * lnWords + Math.log(ideal) ** 2);
  });
}

/** Reference levels and user-blind baselines, `[users]` each, averaged over the folds. */
async function references(input: ProtocolInput, world: World, candidates: readonly Candidate[]): Promise<{ reference: Reference; blind: MethodCurve[] }> {
  const width = world.llms.length;
  const zeros = () => new Float64Array(world.users.length);
  const levels = { random: zeros(), oracle: zeros(), ceiling: zeros(), bestSingle: zeros(), blind: zeros() };
  const blind = new Map<string, Float64Array>();
  for (const fold of world.folds) {
    const share = 1 / world.folds.length;
    const predicted = await predictAxes(input, world, candidates, fold.scorePrompts);
    const baselines = fitBlindBaselines(world, fold, input.embeddings, input.seed).map(({ name, scores }) => ({ name, scores: scores(fold.scorePrompts) }));
    const blindScores = populationScores(input, world, fold, predicted.axes);
    world.users.forEach((user, person) => {
      const truth = trueUtilities(world, user, fold.scorePrompts);
      const add = (level: Float64Array, value: number) => (level[person] = (level[person] ?? 0) + value * share);
      add(levels.random, mean(truth));
      add(levels.oracle, realised(truth, truth, width));
      add(levels.bestSingle, bestSingle(truth, width));
      add(levels.ceiling, realised(truth, ceilingScores(input, world, person, fold.scorePrompts, predicted.axes), width));
      add(levels.blind, realised(truth, blindScores, width));
      for (const { name, scores } of baselines) {
        if (!blind.has(name)) blind.set(name, zeros());
        add(blind.get(name)!, realised(truth, scores, width));
      }
    });
  }
  return { reference: levels, blind: [...blind].map(([name, utilities]) => ({ name, utilities: [utilities] })) };
}

/** The user-blind router: the mean person's weights on the same predicted responses. */
function populationScores(input: ProtocolInput, world: World, fold: Fold, axes: readonly Float32Array[]): Float64Array {
  const people = world.trainUsers.length > 0 ? world.trainUsers : world.users;
  const width = world.llms.length;
  const { axisConstants } = input.artifacts.fingerprints;
  return Float64Array.from(axes, (row, index) => {
    const task = world.benchmark.prompts[fold.scorePrompts[Math.floor(index / width)]!]?.task ?? '';
    const seen = predictedResponse(row, axisConstants, world.benchmark.scales);
    return people.reduce((sum, user) => sum + utility(user, task, seen), 0) / people.length;
  });
}

function bestSingle(truth: Float64Array, width: number): number {
  const totals = new Float64Array(width);
  truth.forEach((value, index) => (totals[index % width] = (totals[index % width] ?? 0) + value));
  return (totals[argmaxRow(totals, 0, width)] ?? 0) / (truth.length / width);
}

async function newUserOnPool(input: ProtocolInput, pool: Pool, noiseShare: number): Promise<{ text: string; pool: Pool; methods: unknown[] }> {
  const world = buildWorld(input.benchmark, { pool, users: input.users, promptsPerFold: input.promptsPerFold, seed: input.seed, split: input.split });
  if (world.llms.length < 2) return { text: `\n${pool}: no such LLMs in this folder\n`, pool, methods: [] };
  const candidates = await poolCandidates(world, input.artifacts);
  const { reference, blind } = await references(input, world, candidates);
  const curves: PersonalCurve[] = [];
  for (const duels of input.duels) {
    const name = `Tacit, ${duels} duels`;
    const method = new TacitMethod(world, input.artifacts, input.embeddings, candidates, { name, duels, random: randomFor(input.seed, `${name} pairs`) });
    curves.push(await runNewUser(world, method, { checkpoints: CHECKPOINTS, seed: input.seed, noiseShare, report: input.report(`${pool}: ${name}`) }));
  }
  const random = randomFor(input.seed, 'bootstrap');
  const methods = [...blind, ...curves].map((curve) => curveRow(curve, world.users, reference, random));
  const levels = (['random', 'blind', 'bestSingle', 'ceiling', 'oracle'] as const).map((name) => `${name} ${mean(reference[name]).toFixed(3)} (${captured(reference[name], reference, random).mean.toFixed(3)})`);
  const text = [
    `\nnew-user, simulated people, ${pool} LLMs: ${world.users.length} people, ${world.folds[0]?.scorePrompts.length} + ${world.folds[1]?.scorePrompts.length} prompts, ${world.llms.length} LLMs, seed ${input.seed}`,
    `mean utility (captured): ${levels.join(', ')}`,
    table(curves, blind, world.users, reference, CHECKPOINTS, random),
    ...curves.map((curve) => `${curve.name}: calibration error of pick probabilities ${CHECKPOINTS.map((picks) => `${picks}: ${ece(curve, picks).toFixed(3)}`).join('  ')}`),
  ].join('\n');
  return { text, pool, methods };
}

async function newUser(input: ProtocolInput): Promise<ProtocolResult> {
  const pools = [];
  for (const pool of input.pools) pools.push(await newUserOnPool(input, pool, 0));
  return { protocol: 'new-user', text: pools.map(({ text }) => text).join('\n'), pools };
}

export const PROTOCOLS: Readonly<Record<string, Protocol>> = { 'new-user': newUser };
