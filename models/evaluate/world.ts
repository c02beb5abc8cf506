import type { Benchmark, Cell, Pool, Split } from './benchmark';
import { randomFor, shuffled } from './random';
import type { UserRow } from './records';
import { utility } from './simulated-user';

/** One way to divide the test prompts: picks are made on one part and routes are scored on the other. */
export interface Fold {
  /** Indices into `World.promptIndices`-addressed rows, i.e. prompt numbers of the benchmark. */
  readonly pickPrompts: readonly number[];
  readonly scorePrompts: readonly number[];
}

/** A pool of LLMs, the people and the prompts that a protocol runs on. */
export interface World {
  readonly benchmark: Benchmark;
  readonly pool: Pool;
  /** LLM numbers of the benchmark; column m of every score matrix is `llms[m]`. */
  readonly llms: readonly number[];
  readonly users: readonly UserRow[];
  readonly folds: readonly Fold[];
  /** Prompts a fitted baseline may learn from: the training split; empty when the folder has none. */
  readonly trainPrompts: readonly number[];
  readonly trainUsers: readonly UserRow[];
}

export interface WorldOptions {
  readonly pool: Pool;
  readonly users: number;
  readonly promptsPerFold: number;
  readonly seed: number;
  readonly split: Split;
}

/** Every cell of the pool exists for this prompt. */
function isComplete(benchmark: Benchmark, prompt: number, llms: readonly number[]): boolean {
  return llms.every((llm) => benchmark.cells[prompt]?.[llm]);
}

/** LLM numbers of one pool; a folder without splits calls everything unseen. */
export function poolOf(benchmark: Benchmark, pool: Pool): number[] {
  return benchmark.llms.flatMap((llm, index) => (llm.pool === pool ? [index] : []));
}

export function buildWorld(benchmark: Benchmark, options: WorldOptions): World {
  const llms = poolOf(benchmark, options.pool);
  const random = randomFor(options.seed, `world ${options.pool}`);
  const promptsOf = (split: Split) =>
    benchmark.prompts.flatMap((prompt, index) => (prompt.split === split && isComplete(benchmark, index, llms) ? [index] : []));
  const test = shuffled(promptsOf(options.split), random).slice(0, options.promptsPerFold * 2);
  const half = Math.ceil(test.length / 2);
  const [first, second] = [test.slice(0, half), test.slice(half)];
  const testUsers = benchmark.users.filter((user) => user.split === options.split);
  return {
    benchmark,
    pool: options.pool,
    llms,
    users: shuffled(testUsers, randomFor(options.seed, 'users')).slice(0, options.users),
    folds: [
      { pickPrompts: first, scorePrompts: second },
      { pickPrompts: second, scorePrompts: first },
    ],
    trainPrompts: promptsOf('train').filter(() => !benchmark.allTest),
    trainUsers: benchmark.users.filter((user) => user.split === 'train'),
  };
}

export function cellOf(world: World, prompt: number, column: number): Cell {
  const cell = world.benchmark.cells[prompt]?.[world.llms[column] ?? -1];
  if (!cell) throw new Error(`prompt ${prompt} has no response of LLM column ${column}`);
  return cell;
}

/** `[prompts × M]` true utilities of one user. */
export function trueUtilities(world: World, user: UserRow, prompts: readonly number[]): Float64Array {
  const width = world.llms.length;
  const result = new Float64Array(prompts.length * width);
  prompts.forEach((prompt, row) => {
    const task = world.benchmark.prompts[prompt]?.task ?? '';
    for (let column = 0; column < width; column++) result[row * width + column] = utility(user, task, cellOf(world, prompt, column));
  });
  return result;
}

/** Column of the largest entry of one row; the first wins ties. */
export function argmaxRow(scores: ArrayLike<number>, row: number, width: number): number {
  let best = 0;
  for (let column = 1; column < width; column++) {
    if ((scores[row * width + column] ?? -Infinity) > (scores[row * width + best] ?? -Infinity)) best = column;
  }
  return best;
}

/** Mean true utility of routing every prompt to the argmax of `scores`. */
export function realised(truth: Float64Array, scores: ArrayLike<number>, width: number): number {
  const rows = truth.length / width;
  let total = 0;
  for (let row = 0; row < rows; row++) total += truth[row * width + argmaxRow(scores, row, width)] ?? 0;
  return total / rows;
}
