import { costIndex } from '../../src/core/axes';
import { AXIS_COUNT, axisIndex } from '../../src/core/dimensions';
import { nearestCluster } from '../../src/core/llm-features';
import type { Candidate } from '../../src/core/routing';
import { fitBlind } from './baselines/blind';
import { LinearPeople } from './baselines/linear-people';
import { NetworkPeople } from './baselines/network-people';
import type { TaskData } from './baselines/task-data';
import { trainedFingerprints } from './candidates';
import { expectedQualityAndCost } from './expected-cost';
import { modelCard } from './model-card';
import type { Range } from './person-run';
import type { PersonalMethod, PersonalSession } from './personal-method';
import { createNormal, randomFor, shuffled } from './random';
import { readRoutingSet, setLimits, type RoutingSet } from './routing-set';
import { mean } from './statistics';
import { TacitSession, type ReadResponse } from './tacit-session';
import { tacitSetting, type Prompt, type TacitSetting } from './tacit-setting';
import type { Workbench } from './workbench';
import { argmaxRow } from './world';

export interface CostJobOptions {
  readonly set: string;
  readonly alphas: readonly number[];
  readonly checkpoints: readonly number[];
  readonly queries: number;
  readonly part: 'validation' | 'test';
  readonly seed: number;
  /** The router itself for some of the people, or everything else for all. */
  readonly share: { readonly from: number; readonly to: number } | 'baselines';
  /** Only the baselines that need no gradient training. */
  readonly fast: boolean;
}

/** `[people]` mean reward and share of queries on which the best reward was earned, of one method. */
export interface CostResult {
  readonly name: string;
  readonly picks: number | null;
  readonly rewards: Float64Array;
  readonly accuracy: Float64Array;
}

const PICK_NOISE = 0.02;

/** α · performance − (1 − α) · cost */
function rewardsOf(set: RoutingSet, alpha: number, queries: readonly number[]): Float64Array {
  const width = set.llms.length;
  return Float64Array.from({ length: queries.length * width }, (_, at) => {
    const cell = queries[Math.floor(at / width)]! * width + (at % width);
    return alpha * set.scores[cell]! - (1 - alpha) * set.cost[cell]!;
  });
}

/** Everything one routing set needs, made once. */
interface CostWorld {
  readonly set: RoutingSet;
  readonly prompts: readonly Prompt[];
  readonly train: readonly number[];
  readonly held: readonly number[];
  readonly test: readonly number[];
  readonly candidates: readonly Candidate[];
}

/** The multi-cost-efficiency strategy on one set of queries: people differ in α, and are known by their picks or by being told. */
export async function runCost(bench: Workbench, options: CostJobOptions, report: (done: number) => void): Promise<CostResult[]> {
  const { share, seed, fast, alphas } = options;
  const world = await openCostWorld(bench, options);
  const scale = new Scale(world, alphas);
  const tell = (done: number) => report(done);
  if (share !== 'baselines') {
    const told = await toldResults(bench, world, scale, alphas, share);
    return [...(await followAll(world, new TacitOnCosts(bench, world), scale, options, share, tell)), ...told];
  }
  const data = taskData(world, alphas);
  const methods: PersonalMethod[] = (['matrix factorisation', 'LinUCB', 'linear dueling Thompson'] as const).map((name) => new LinearPeople(name, data, seed));
  if (!fast) methods.push(new NetworkPeople('PersonalizedRouter', data, seed));
  const results = fixedResults(world, data, scale, options);
  for (const method of methods) results.push(...(await followAll(world, method, scale, options, { from: 0, to: alphas.length }, tell)));
  return results;
}

async function followAll(world: CostWorld, method: PersonalMethod, scale: Scale, options: CostJobOptions, { from, to }: Range, report: (done: number) => void): Promise<CostResult[]> {
  const curve = options.checkpoints.map((picks) => scale.blank(method.name, picks));
  for (let person = from; person < to; person++) {
    await followPicks(world, method.begin(person, { pickPrompts: world.train, scorePrompts: world.test }), options, person, (at, scores) => scale.add(curve[at]!, person, scores));
    report(person + 1 - from);
  }
  return curve;
}

async function openCostWorld(bench: Workbench, { set: name, queries, part }: CostJobOptions): Promise<CostWorld> {
  const set = readRoutingSet(bench.dataFolder, name, setLimits(queries, part));
  const embeddings = await bench.artifacts.embed(set.queries.map(({ text }) => text));
  const rowsOf = (wanted: string) => set.queries.flatMap((query, index) => (query.part === wanted ? [index] : []));
  const prompts = set.queries.map(({ text }, index) => ({ text, embedding: embeddings[index]! }));
  const [train, validation, test] = [rowsOf('train'), rowsOf('validation'), rowsOf('test')];
  // On validation, half of it chooses the baselines' settings and the other half is scored.
  const half = Math.ceil(validation.length / 2);
  const [held, scored] = part === 'test' ? [validation, test] : [validation.slice(0, half), validation.slice(half)];
  return { set, prompts, train, held, test: scored, candidates: await costCandidates(bench, set, prompts, train) };
}

/** The set's LLMs with fingerprints from its training queries: the same scores and costs that every fitted baseline sees. */
async function costCandidates(bench: Workbench, set: RoutingSet, prompts: readonly Prompt[], train: readonly number[]): Promise<Candidate[]> {
  const { fingerprints } = bench.artifacts;
  const { axisConstants, clusterCentroids } = fingerprints;
  const width = set.llms.length;
  const [quality, economy] = [axisIndex('quality'), axisIndex('economy')];
  const standard = (axis: number, raw: number) => (raw - axisConstants.mean[axis]!) / axisConstants.sd[axis]!;
  const rows = train.map((query) => {
    const cluster = nearestCluster(prompts[query]!.embedding, clusterCentroids);
    return set.llms.map((_, column) => {
      const axes = new Array<number>(AXIS_COUNT).fill(0);
      axes[quality] = standard(quality, set.scores[query * width + column]!);
      axes[economy] = standard(economy, -costIndex(set.costUsd[query * width + column]!, axisConstants));
      return { axes, cluster };
    });
  });
  const measured = trainedFingerprints(rows, width);
  const descriptions = await bench.artifacts.embed(set.llms.map(({ description }) => description));
  return set.llms.map((llm, column) => ({ card: modelCard(llm, fingerprints), descriptionEmbedding: descriptions[column]!, fingerprint: measured[column]! }));
}

function taskData({ set, prompts, train, held }: CostWorld, alphas: readonly number[]): TaskData {
  const width = set.llms.length;
  const tasks = set.queries.map(({ task }) => task);
  const byTask = new Map<string, Float64Array>();
  for (const task of new Set(tasks)) {
    const rows = train.filter((query) => tasks[query] === task);
    const over = (values: Float64Array, column: number) => (rows.length === 0 ? 0 : mean(rows.map((query) => values[query * width + column]!)));
    byTask.set(task, Float64Array.from({ length: width * 2 }, (_, at) => over(at % 2 === 0 ? set.scores : set.cost, Math.floor(at / 2))));
  }
  return {
    width, tasks, train, held,
    embeddings: prompts.map(({ embedding }) => embedding),
    people: alphas.length,
    rewards: (person, queries) => rewardsOf(set, alphas[person]!, queries),
    features: (query) => byTask.get(tasks[query]!)!,
    pickNoise: PICK_NOISE,
  };
}

/** Turns scores of the test queries into a person's mean reward. */
class Scale {
  readonly truths: readonly Float64Array[];

  constructor(
    private readonly world: CostWorld,
    alphas: readonly number[],
  ) {
    this.truths = alphas.map((alpha) => rewardsOf(world.set, alpha, world.test));
  }

  blank(name: string, picks: number | null): CostResult {
    return { name, picks, rewards: new Float64Array(this.truths.length), accuracy: new Float64Array(this.truths.length) };
  }

  add(result: CostResult, person: number, scores: ArrayLike<number>): void {
    const { set, test } = this.world;
    const width = set.llms.length;
    const truth = this.truths[person]!;
    let [reward, hits] = [0, 0];
    test.forEach((_, row) => {
      const earned = truth[row * width + argmaxRow(scores, row, width)]!;
      reward += earned;
      if (earned >= truth[row * width + argmaxRow(truth, row, width)]! - 1e-9) hits++;
    });
    result.rewards[person] = reward / test.length;
    result.accuracy[person] = hits / test.length;
  }

  /** The same scores for everybody, or each person's own. */
  fixed(name: string, scoresOf: (person: number) => ArrayLike<number>): CostResult {
    const result = this.blank(name, null);
    this.truths.forEach((_, person) => this.add(result, person, scoresOf(person)));
    return result;
  }
}

function fixedResults(world: CostWorld, data: TaskData, scale: Scale, { seed, fast, alphas }: CostJobOptions): CostResult[] {
  const { set, train, test } = world;
  const width = set.llms.length;
  const columnMean = (values: Float64Array) => Float64Array.from(set.llms, (_, column) => mean(train.map((query) => values[query * width + column]!)));
  const price = Float64Array.from(set.llms, (llm) => (llm.price_in_usd_per_mtok ?? 0) + (llm.price_out_usd_per_mtok ?? 0));
  const blind = fitBlind(data, price, columnMean(set.scores), seed, !fast).map(({ name, scores }) => ({ name, scores: scores(test) }));
  const random = scale.blank('random', null);
  scale.truths.forEach((truth, person) => (random.rewards[person] = mean(truth)));
  random.accuracy.fill(1 / width);
  const single = alphas.map((alpha) => {
    const totals = new Float64Array(width);
    rewardsOf(set, alpha, train).forEach((value, at) => (totals[at % width]! += value));
    const best = argmaxRow(totals, 0, width);
    return Float64Array.from({ length: test.length * width }, (_, at) => (at % width === best ? 1 : 0));
  });
  return [
    random,
    ...blind.map(({ name, scores }) => scale.fixed(name, () => scores)),
    scale.fixed('own best single (hindsight)', (person) => single[person]!),
    scale.fixed('kNN told α (every reward of this person on training queries)', (person) => ownNeighbours(world, data, person)),
    scale.fixed('oracle', (person) => scale.truths[person]!),
  ];
}

/** kNN on a person's own rewards: what a router could do that knows α and all rewards on the training queries. */
function ownNeighbours({ test }: CostWorld, data: TaskData, person: number): Float64Array {
  const own = { ...data, people: 1, rewards: (_: number, queries: readonly number[]) => data.rewards(person, queries) };
  const knn = fitBlind(own, new Float64Array(data.width), new Float64Array(data.width), 0, false).find(({ name }) => name.startsWith('kNN'));
  return knn!.scores(test);
}

/** Picks on training queries, scoring on the others. All methods meet the same queries and luck. */
async function followPicks(world: CostWorld, session: PersonalSession, { checkpoints, seed, alphas }: CostJobOptions, person: number, score: (at: number, scores: ArrayLike<number>) => void): Promise<void> {
  const random = randomFor(seed, `cost ${person}`);
  const normal = createNormal(randomFor(seed, `cost noise ${person}`));
  const stream = shuffled(world.train, random);
  for (let picks = 0; ; picks++) {
    const at = checkpoints.indexOf(picks);
    if (at >= 0) score(at, await session.scores(world.test));
    if (picks >= checkpoints.at(-1)!) return;
    const query = stream[picks % stream.length]!;
    const [first, second] = await session.duel(query);
    const truth = rewardsOf(world.set, alphas[person]!, [query]);
    const firstWins = truth[first]! + PICK_NOISE * normal() >= truth[second]! + PICK_NOISE * normal();
    await session.observe(firstWins ? { prompt: query, chosen: first, rejected: second } : { prompt: query, chosen: second, rejected: first });
  }
}

/** The shipped router on a routing set. */
class TacitOnCosts implements PersonalMethod {
  readonly name = 'Tacit';
  readonly setting: TacitSetting;

  constructor(
    bench: Workbench,
    private readonly world: CostWorld,
  ) {
    this.setting = tacitSetting(bench.artifacts, world);
  }

  begin(): PersonalSession {
    const session = new TacitSession(this.setting);
    const read = (query: number, column: number): ReadResponse => {
      const costUsd = this.world.set.costUsd[query * this.world.set.llms.length + column]!;
      // Only the price was noticed; of the text there is no more than right or wrong, which the pick itself tells.
      const { mean: centre, sd } = this.setting.axisConstants;
      const economy = axisIndex('economy');
      const measured = Array.from({ length: AXIS_COUNT }, (_, axis) => (axis === economy ? (-costIndex(costUsd, this.setting.axisConstants) - centre[axis]!) / sd[axis]! : null));
      return { column, measured, words: 0, costUsd };
    };
    return {
      duel: (query) => session.duel(query),
      observe: ({ prompt, chosen, rejected }) => session.observe(prompt, read(prompt, chosen), read(prompt, rejected)),
      scores: (queries, wish) => session.scores(queries, wish),
      pickProbability: (query, first, second) => session.pickProbability(query, first, second),
    };
  }
}

/** α told: by the app's sliders, and as exact weights on predicted quality and expected cost (the known-user ceiling of this protocol). */
async function toldResults(bench: Workbench, world: CostWorld, scale: Scale, alphas: readonly number[], { from, to }: Range): Promise<CostResult[]> {
  const method = new TacitOnCosts(bench, world);
  const [bySliders, exact] = [scale.blank('Tacit, α told by sliders, no picks', 0), scale.blank('known α on predicted quality and cost (ceiling)', null)];
  const expected = await expectedQualityAndCost(new TacitSession(method.setting), world, bench.artifacts.fingerprints.axisConstants);
  for (let person = from; person < to; person++) {
    const alpha = alphas[person]!;
    // The stronger wish at its end, the other in proportion.
    const most = Math.max(alpha, 1 - alpha);
    scale.add(bySliders, person, await method.begin().scores(world.test, { quality: alpha / most, economy: (1 - alpha) / most, speed: 0, length: 0 }));
    scale.add(exact, person, expected.quality.map((value, at) => alpha * value - (1 - alpha) * expected.cost[at]!));
  }
  return [bySliders, exact];
}
