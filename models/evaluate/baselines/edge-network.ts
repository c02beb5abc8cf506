import { twoOf } from '../person-run';
import { createNormal } from '../random';
import { argmaxRow } from '../world';
import { Adam, Matrix, Tape, softmax, weights } from './tape';
import { compressedQueries, meanRewards, type TaskData } from './task-data';

const DIMS = 48;
const HIDDEN = 32;
const BATCH_USERS = 24;
const QUERIES_PER_USER = 6;
/** Steps after which held-out queries no longer gain on the benchmark's pools. */
const STEPS = 400;
const CHECKS = 5;
const RATE = 0.004;

/** Which of the three routers this network is. */
export interface EdgeNetworkOptions {
  /** Task nodes and weighted query–LLM edges pass messages (GraphRouter); else a plain perceptron from query to LLMs. */
  readonly graph: boolean;
  /** A user node fed by the person's own picks takes part (PersonalizedRouter with a working user node). */
  readonly user: boolean;
  readonly steps?: number;
}

/** One pick, as a user node sees it. */
export interface SeenPick {
  readonly chosen: number;
  readonly rejected: number;
}

/**
 * Query, task, LLM and user nodes, two rounds of messages, score = (user + query + task) · LLM, trained with cross-entropy against the softmax
 * of rewards. LLM nodes: a learned vector for each column, plus the mean reward per task as edge-weighted messages from the task nodes. User
 * nodes: the sum of the chosen minus the rejected LLM nodes of the person's picks over √(1 + picks), so that a new person needs no
 * training. Stops where held-out queries score best.
 */
export class EdgeNetwork {
  private readonly queries: Matrix;
  private readonly taskOf: readonly number[];
  private readonly edges: Matrix;
  private readonly layers: Record<'query' | 'queryBias' | 'task' | 'taskEdge' | 'llm' | 'llmBias' | 'user' | 'join' | 'userJoin' | 'joinBias', Matrix>;

  constructor(
    private readonly data: TaskData,
    private readonly options: EdgeNetworkOptions,
    private readonly random: () => number,
  ) {
    this.queries = new Matrix(data.embeddings.length, DIMS, compressedQueries(data, DIMS, random));
    const names = [...new Set(data.train.map((query) => data.tasks[query]!))].sort();
    this.taskOf = data.tasks.map((task) => Math.max(0, names.indexOf(task)));
    this.edges = taskEdges(data, this.taskOf, names.length);
    const w = (rows: number, cols: number) => weights(rows, cols, random);
    this.layers = {
      query: w(DIMS, HIDDEN), queryBias: new Matrix(1, HIDDEN), task: w(names.length, HIDDEN), taskEdge: w(HIDDEN, HIDDEN), llm: w(data.width, HIDDEN),
      llmBias: new Matrix(1, data.width), user: w(HIDDEN, HIDDEN), join: w(HIDDEN, HIDDEN), userJoin: w(HIDDEN, HIDDEN), joinBias: new Matrix(1, HIDDEN),
    };
    this.train();
  }

  /** `[rows × M]` logits: row i asks query `queries[i]` for the person whose picks are row `personOf[i]` of `picks`. */
  private forward(tape: Tape, queries: readonly number[], picks: Matrix, personOf: readonly number[]): Matrix {
    const { layers, options } = this;
    let llm = layers.llm;
    let query = tape.add(tape.matmul(tape.gather(this.queries, queries), layers.query), layers.queryBias);
    if (options.graph) {
      llm = tape.add(llm, tape.matmul(tape.matmul(this.edges, layers.task), layers.taskEdge));
      query = tape.add(query, tape.gather(layers.task, queries.map((index) => this.taskOf[index]!)));
    }
    let joined = tape.matmul(tape.relu(query), layers.join);
    if (options.user) {
      const user = tape.relu(tape.matmul(tape.matmul(picks, llm), layers.user));
      joined = tape.add(joined, tape.gather(tape.matmul(user, layers.userJoin), personOf));
    }
    return tape.add(tape.matmulTransposed(tape.relu(tape.add(joined, layers.joinBias)), llm), layers.llmBias);
  }

  private train(): void {
    const parameters = Object.values(this.layers);
    const adam = new Adam(parameters, RATE, 0.01);
    const scale = rewardScale(this.data);
    let best = { score: -Infinity, values: parameters.map(({ data }) => data.slice()) };
    const check = this.heldOutCheck();
    const steps = this.options.steps ?? STEPS;
    for (let step = 1; step <= steps; step++) {
      this.step(adam, scale);
      if (step % Math.ceil(steps / CHECKS) !== 0 && step !== steps) continue;
      const score = check();
      if (score > best.score) best = { score, values: parameters.map(({ data }) => data.slice()) };
    }
    parameters.forEach(({ data }, index) => data.set(best.values[index]!));
  }

  private step(adam: Adam, scale: number): void {
    const { data, random } = this;
    const batch = Array.from({ length: BATCH_USERS }, () => {
      const person = Math.floor(random() * data.people);
      const queries = Array.from({ length: QUERIES_PER_USER }, () => data.train[Math.floor(random() * data.train.length)]!);
      return { person, queries, picks: this.options.user ? samplePicksOnQueries(data, person, Math.floor(random() * 51), random) : [] };
    });
    const queries = batch.flatMap((entry) => entry.queries);
    const targets = batch.flatMap(({ person, queries: asked }) => {
      const rewards = data.rewards(person, asked).map((value) => value / scale);
      return asked.flatMap((_, row) => Array.from(softmax(rewards.subarray(row * data.width, (row + 1) * data.width))));
    });
    const tape = new Tape();
    const logits = this.forward(tape, queries, pickMatrix(batch.map(({ picks }) => picks), data.width), batch.flatMap((_, index) => new Array<number>(QUERIES_PER_USER).fill(index)));
    tape.crossEntropy(logits, Float64Array.from(targets));
    tape.backward();
    adam.update();
  }

  /** Mean reward on held-out queries of some training people with 20 picks each. */
  private heldOutCheck(): () => number {
    const { data, random } = this;
    const people = Array.from({ length: Math.min(30, data.people) }, () => Math.floor(random() * data.people));
    const picks = people.map((person) => samplePicksOnQueries(data, person, 20, random));
    const queries = data.held.slice(0, 60);
    const truths = people.map((person) => data.rewards(person, queries));
    return () => {
      let total = 0;
      people.forEach((_, index) => {
        const scores = this.scores(queries, picks[index]!);
        queries.forEach((_query, row) => (total += truths[index]![row * data.width + argmaxRow(scores, row, data.width)]!));
      });
      return total;
    };
  }

  /** `[queries × M]` */
  scores(queries: readonly number[], picks: readonly SeenPick[]): Float64Array {
    return this.forward(new Tape(), queries, pickMatrix([picks], this.data.width), queries.map(() => 0)).data;
  }
}

/** Rewards are told apart at a quarter of their spread within a query. */
function rewardScale(data: TaskData): number {
  const queries = data.train.slice(0, 50);
  const rewards = meanRewards(data, queries);
  let spread = 0;
  queries.forEach((_, row) => {
    const values = Array.from(rewards.subarray(row * data.width, (row + 1) * data.width));
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    spread += values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length / queries.length;
  });
  return Math.max(1e-3, Math.sqrt(spread) / 2);
}

/** `[M × tasks]` mean reward of each LLM on each task above that task's mean: the weights of the task–LLM edges. */
function taskEdges(data: TaskData, taskOf: readonly number[], tasks: number): Matrix {
  const edges = new Matrix(data.width, tasks);
  const counts = new Float64Array(tasks);
  const rewards = meanRewards(data, data.train);
  data.train.forEach((query, row) => {
    counts[taskOf[query]!]! += 1;
    const values = rewards.subarray(row * data.width, (row + 1) * data.width);
    const centre = values.reduce((sum, value) => sum + value, 0) / data.width;
    values.forEach((value, column) => (edges.data[column * tasks + taskOf[query]!]! += value - centre));
  });
  for (let i = 0; i < edges.data.length; i++) edges.data[i]! /= Math.max(1, counts[i % tasks]!);
  return edges;
}

/** Random pairs on training queries, picked by the person with noise. */
export function samplePicksOnQueries(data: TaskData, person: number, count: number, random: () => number): (SeenPick & { readonly query: number })[] {
  const normal = createNormal(random);
  return Array.from({ length: count }, () => {
    const query = data.train[Math.floor(random() * data.train.length)]!;
    const [first, second] = twoOf(data.width, random);
    const rewards = data.rewards(person, [query]);
    const firstWins = rewards[first]! + data.pickNoise * normal() >= rewards[second]! + data.pickNoise * normal();
    return { query, ...(firstWins ? { chosen: first, rejected: second } : { chosen: second, rejected: first }) };
  });
}

/** `[people × M]` wins minus losses over √(1 + picks). */
function pickMatrix(people: readonly (readonly SeenPick[])[], width: number): Matrix {
  const matrix = new Matrix(people.length, width);
  people.forEach((picks, row) => {
    const share = 1 / Math.sqrt(1 + picks.length);
    for (const { chosen, rejected } of picks) {
      matrix.data[row * width + chosen]! += share;
      matrix.data[row * width + rejected]! -= share;
    }
  });
  return matrix;
}
