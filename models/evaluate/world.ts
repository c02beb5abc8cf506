import type { Benchmark, Cell, Pool, Split } from './benchmark';
import { CellTable } from './cell-table';
import { randomFor, shuffled } from './random';
import type { UserRow } from './records';
import { flipped } from './simulated-user';

/** One way to divide the prompts: picks are made on one part and routes are scored on the other. Prompt numbers of the benchmark. */
export interface Fold {
  readonly pickPrompts: readonly number[];
  readonly scorePrompts: readonly number[];
}

/** A pool of LLMs, the people and the prompts that a protocol runs on. */
export interface World {
  readonly benchmark: Benchmark;
  readonly pool: Pool;
  /** LLM numbers of the benchmark; column m of every score matrix is `llms[m]`. */
  readonly llms: readonly number[];
  readonly cells: CellTable;
  readonly users: readonly UserRow[];
  readonly folds: readonly Fold[];
  /** Prompts a fitted baseline may learn from: the training split; empty when the folder has none. */
  readonly trainPrompts: readonly number[];
  /** Prompts a baseline's settings may be chosen on; empty when the folder has none. */
  readonly validationPrompts: readonly number[];
  readonly trainUsers: readonly UserRow[];
}

/** `train`: picks on the training prompts, scoring on all prompts of the split. `halves`: both on the split, crosswise. */
export type PickScheme = 'train' | 'halves';

export interface WorldOptions {
  readonly pool: Pool;
  readonly users: number;
  /** Prompts scored at most, over all folds. */
  readonly prompts: number;
  readonly split: Split;
  readonly picks: PickScheme;
  /** Kinds of people; empty = all. */
  readonly kinds?: readonly string[];
  /** Whose people: those of the split, or (for people the router has known for long) the training users. */
  readonly people?: 'split' | 'train' | 'all';
  /** The same people with the opposite taste. */
  readonly flipped?: boolean;
  /** LLMs at most, spread over the pool. */
  readonly llms?: number;
}

/** Every cell exists for this prompt, of the pool's LLMs and of all others, so that pools are compared on the same prompts. */
function isComplete(benchmark: Benchmark, prompt: number): boolean {
  return benchmark.llms.every((_, llm) => benchmark.cells[prompt]?.[llm]);
}

/** LLM numbers of one pool; a folder without splits calls everything unseen. */
export function poolOf(benchmark: Benchmark, pool: Pool): number[] {
  return benchmark.llms.flatMap((llm, index) => (pool === 'all' || llm.pool === pool ? [index] : []));
}

export function buildWorld(benchmark: Benchmark, options: WorldOptions): World {
  const llms = spread(poolOf(benchmark, options.pool), options.llms);
  const complete = benchmark.prompts.flatMap((prompt, index) => (isComplete(benchmark, index) ? [{ index, split: prompt.split }] : []));
  const promptsOf = (split: Split) => complete.flatMap((prompt) => (prompt.split === split ? [prompt.index] : []));
  const scored = shuffled(promptsOf(options.split), randomFor(0, 'prompts')).slice(0, options.prompts);
  const trainPrompts = benchmark.allTest ? [] : promptsOf('train');
  return {
    benchmark,
    pool: options.pool,
    llms,
    cells: new CellTable(benchmark, llms),
    users: chooseUsers(benchmark, options),
    folds: options.picks === 'train' && trainPrompts.length > 0 ? [{ pickPrompts: trainPrompts, scorePrompts: scored }] : halves(scored),
    trainPrompts,
    // What is scored cannot choose a baseline's settings: a fifth of the training prompts then does.
    validationPrompts: benchmark.allTest || options.split === 'validation' ? [] : promptsOf('validation'),
    trainUsers: benchmark.users.filter((user) => user.split === 'train'),
  };
}

/** The same people and prompts whatever the seed, so that seeds can be averaged person by person. */
function chooseUsers(benchmark: Benchmark, { split, people, kinds, users, flipped: turn }: WorldOptions): UserRow[] {
  const wanted = people === 'train' && benchmark.users.some((user) => user.split === 'train') ? 'train' : split;
  const eligible = benchmark.users.filter((user) => (people === 'all' || user.split === wanted) && (!kinds?.length || kinds.includes(user.kind)));
  const chosen = shuffled(eligible, randomFor(0, 'users')).slice(0, users);
  return turn ? chosen.map(flipped) : chosen;
}

function spread(items: readonly number[], count: number | undefined): number[] {
  if (count === undefined || items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}

function halves(prompts: readonly number[]): Fold[] {
  const half = Math.ceil(prompts.length / 2);
  const [first, second] = [prompts.slice(0, half), prompts.slice(half)];
  return [
    { pickPrompts: first, scorePrompts: second },
    { pickPrompts: second, scorePrompts: first },
  ];
}

export function cellOf(world: World, prompt: number, column: number): Cell {
  const cell = world.benchmark.cells[prompt]?.[world.llms[column] ?? -1];
  if (!cell) throw new Error(`prompt ${prompt} has no response of LLM column ${column}`);
  return cell;
}

/** `[prompts × M]` true utilities of one person. */
export function trueUtilities(world: World, user: UserRow, prompts: readonly number[]): Float64Array {
  return world.cells.utilities(user, prompts);
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
