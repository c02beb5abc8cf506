import { sigmoid } from '../../../src/core/likelihood';
import type { PersonalMethod, PersonalSession } from '../personal-method';
import { createNormal, randomFor } from '../random';
import { argmaxRow } from '../world';
import { samplePicksOnQueries } from './edge-network';
import { LinearBelief, dotOf } from './linear-belief';
import { principalDirections } from './principal';
import { meanRewards, type TaskData } from './task-data';

const FACTORS = 6;
const NEIGHBOURS = 20;
const TUNING_PEOPLE = 16;
const TUNING_PICKS = 20;

export type LinearKind = 'matrix factorisation' | 'LinUCB' | 'linear dueling Thompson';

/** How a linear method describes a response, how sure it is before any pick, and how sharply picks follow scores. */
interface LinearSetting {
  /** `[M × F]` of one query. */
  readonly features: (query: number) => Float64Array;
  readonly variance: Float64Array;
  readonly slope: number;
}

/**
 * Score = what everybody likes (kNN over training queries) + person's weights · features of the response, weights learned from picks.
 * Matrix factorisation: the features are the LLM's factors of the training people × LLM rewards, and the prior their spread. LinUCB and
 * Thompson sampling: the features are the mean traits of the LLM's responses on the query's task. Slope and prior width are chosen on
 * held-out queries of training people.
 */
export class LinearPeople implements PersonalMethod {
  private readonly setting: LinearSetting;
  private readonly offsets = new Map<number, Float64Array>();

  constructor(
    readonly name: LinearKind,
    readonly data: TaskData,
    private readonly seed: number,
  ) {
    this.setting = this.tune();
  }

  begin(person: number): PersonalSession {
    return new LinearPerson(this, this.setting, randomFor(this.seed, `${this.name} ${person}`));
  }

  /** What everybody likes: `[M]` mean rewards of the nearest training queries. */
  offset(query: number): Float64Array {
    let known = this.offsets.get(query);
    if (!known) this.offsets.set(query, (known = this.neighbours(query)));
    return known;
  }

  private readonly trainRewards: { all: Float64Array | null } = { all: null };

  private neighbours(query: number): Float64Array {
    const { data } = this;
    const rewards = (this.trainRewards.all ??= meanRewards(data, data.train));
    const own = data.embeddings[query]!;
    const order = data.train.map((other, row) => ({ row, similarity: other === query ? -2 : dotOf(data.embeddings[other]!, own) })).sort((a, b) => b.similarity - a.similarity);
    const mean = new Float64Array(data.width);
    const nearest = order.slice(0, NEIGHBOURS);
    for (const { row } of nearest) for (let column = 0; column < data.width; column++) mean[column]! += rewards[row * data.width + column]! / nearest.length;
    return mean;
  }

  private tune(): LinearSetting {
    const candidates = this.name === 'matrix factorisation' ? this.factorSettings() : this.traitSettings();
    const random = randomFor(this.seed, `${this.name} tuning`);
    const people = Array.from({ length: Math.min(TUNING_PEOPLE, this.data.people) }, () => {
      const person = Math.floor(random() * this.data.people);
      return { person, picks: samplePicksOnQueries(this.data, person, TUNING_PICKS, random) };
    });
    const queries = this.data.held.slice(0, 60);
    let best = { score: -Infinity, setting: candidates[0]! };
    for (const setting of candidates) {
      let score = 0;
      for (const { person, picks } of people) {
        const one = new LinearPerson(this, setting, random);
        for (const pick of picks) one.learn(pick);
        const rewards = this.data.rewards(person, queries);
        const scores = one.allScores(queries);
        queries.forEach((_, row) => (score += rewards[row * this.data.width + argmaxRow(scores, row, this.data.width)]!));
      }
      if (score > best.score) best = { score, setting };
    }
    return best.setting;
  }

  private factorSettings(): LinearSetting[] {
    const { data } = this;
    const people = Math.min(200, data.people);
    const rows = Array.from({ length: people }, (_, index) => {
      const rewards = data.rewards(Math.floor((index * data.people) / people), data.train);
      const mean = new Float64Array(data.width);
      for (let i = 0; i < rewards.length; i++) mean[i % data.width]! += rewards[i]! / data.train.length;
      return mean;
    });
    const { centre, directions } = principalDirections(rows, Math.min(FACTORS, data.width - 1), randomFor(this.seed, 'factors'));
    const variance = Float64Array.from(directions, (direction) => rows.reduce((sum, row) => sum + dotOf(row.map((value, i) => value - centre[i]!), direction) ** 2, 0) / people + 1e-9);
    const features = Float64Array.from({ length: data.width * directions.length }, (_, i) => directions[i % directions.length]![Math.floor(i / directions.length)]!);
    return [1, 2, 4, 8].map((slope) => ({ features: () => features, variance, slope: slope / spreadOf(data) }));
  }

  private traitSettings(): LinearSetting[] {
    const { data } = this;
    const size = data.features(data.train[0]!).length / data.width;
    const spread = spreadOf(data);
    return [0.1, 0.3, 0.6].flatMap((width) =>
      [1, 3].map((slope) => ({ features: data.features, variance: new Float64Array(size).fill((width * spread) ** 2), slope: slope / spread })),
    );
  }
}

/** Typical difference of one person's rewards within a query. */
function spreadOf(data: TaskData): number {
  const queries = data.train.slice(0, 20);
  let total = 0;
  for (let person = 0; person < Math.min(10, data.people); person++) {
    const rewards = data.rewards(person, queries);
    queries.forEach((_, row) => {
      const values = Array.from(rewards.subarray(row * data.width, (row + 1) * data.width));
      const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
      total += Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length) / queries.length / Math.min(10, data.people);
    });
  }
  return Math.max(total, 1e-6);
}

class LinearPerson implements PersonalSession {
  private readonly belief: LinearBelief;
  private readonly normal: () => number;

  constructor(
    private readonly method: LinearPeople,
    private readonly setting: LinearSetting,
    random: () => number,
  ) {
    this.belief = new LinearBelief(new Float64Array(setting.variance.length), setting.variance);
    this.normal = createNormal(random);
  }

  private direction(query: number, first: number, second: number): Float64Array {
    const features = this.setting.features(query);
    const size = this.setting.variance.length;
    return Float64Array.from({ length: size }, (_, i) => features[first * size + i]! - features[second * size + i]!);
  }

  learn({ query, chosen, rejected }: { readonly query: number; readonly chosen: number; readonly rejected: number }): void {
    const offset = this.method.offset(query)[chosen]! - this.method.offset(query)[rejected]!;
    const direction = this.direction(query, chosen, rejected);
    // LinUCB is least squares: a pick counts as a difference in reward of one step of the scale.
    if (this.method.name === 'LinUCB') this.belief.regress(direction, 1 / this.setting.slope - offset, (2 / this.setting.slope) ** 2);
    else this.belief.learn(direction, offset, this.setting.slope);
  }

  private row(query: number, weights: Float64Array): Float64Array {
    const features = this.setting.features(query);
    const size = weights.length;
    return this.method.offset(query).map((value, column) => {
      let score = value;
      for (let i = 0; i < size; i++) score += weights[i]! * features[column * size + i]!;
      return score;
    });
  }

  allScores(queries: readonly number[]): Float64Array {
    const { width } = this.method.data;
    const result = new Float64Array(queries.length * width);
    queries.forEach((query, row) => result.set(this.row(query, this.belief.mean), row * width));
    return result;
  }

  duel(query: number): Promise<readonly [number, number]> {
    return Promise.resolve(this.method.name === 'linear dueling Thompson' ? this.sampledDuel(query) : this.optimisticDuel(query));
  }

  /** The favourites of two draws from the belief; the runner-up of the second where they agree. */
  private sampledDuel(query: number): [number, number] {
    const first = argmaxRow(this.row(query, this.belief.sample(this.normal)), 0, this.method.data.width);
    const scores = this.row(query, this.belief.sample(this.normal));
    scores[first] = -Infinity;
    return [first, argmaxRow(scores, 0, scores.length)];
  }

  private optimisticDuel(query: number): [number, number] {
    const scores = this.row(query, this.belief.mean);
    const best = argmaxRow(scores, 0, scores.length);
    const optimistic = scores.map((score, column) => (column === best ? -Infinity : score + 1.5 * this.belief.deviation(this.direction(query, column, best))));
    return [best, argmaxRow(optimistic, 0, optimistic.length)];
  }

  observe({ prompt, chosen, rejected }: { prompt: number; chosen: number; rejected: number }): Promise<void> {
    this.learn({ query: prompt, chosen, rejected });
    return Promise.resolve();
  }

  scores(queries: readonly number[]): Promise<Float64Array> {
    return Promise.resolve(this.allScores(queries));
  }

  pickProbability(query: number, first: number, second: number): Promise<number | null> {
    if (this.method.name === 'LinUCB') return Promise.resolve(null);
    const scores = this.row(query, this.belief.mean);
    const deviation = this.setting.slope * this.belief.deviation(this.direction(query, first, second));
    const margin = this.setting.slope * (scores[first]! - scores[second]!);
    return Promise.resolve(sigmoid(margin / Math.sqrt(1 + (Math.PI * deviation ** 2) / 8)));
  }
}
