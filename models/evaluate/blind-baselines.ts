import { kMeans, nearest } from './clusters';
import { dot, fitRidge } from './linear';
import { randomFor } from './random';
import { argmaxRow, cellOf, trueUtilities, type Fold, type World } from './world';

/** What a router that knows no user has to learn from: prompts with the mean utility of every LLM over the training users. */
export interface BlindTraining {
  readonly prompts: readonly number[];
  readonly embeddings: readonly Float32Array[];
  /** `[prompts × M]` */
  readonly meanUtility: Float64Array;
}

/** A router without a user term: `[scorePrompts × M]` scores, the same for everybody. */
export interface BlindBaseline {
  readonly name: string;
  readonly scores: (prompts: readonly number[]) => Float64Array;
}

/**
 * The training split; in a folder without one, the half of the test prompts on which picks are made (which favours the baselines:
 * they see every LLM's response and the judge's verdict there, the personal router sees a few picks).
 */
export function blindTraining(world: World, fold: Fold, embeddings: readonly Float32Array[]): BlindTraining {
  const prompts = world.trainPrompts.length > 0 ? world.trainPrompts : fold.pickPrompts;
  const people = world.trainUsers.length > 0 ? world.trainUsers : world.users;
  const width = world.llms.length;
  const meanUtility = new Float64Array(prompts.length * width);
  for (const user of people) {
    trueUtilities(world, user, prompts).forEach((value, index) => {
      meanUtility[index] = (meanUtility[index] ?? 0) + value / people.length;
    });
  }
  return { prompts, embeddings: prompts.map((prompt) => embeddings[prompt] ?? new Float32Array()), meanUtility };
}

function columnMeans(matrix: Float64Array, width: number, rows?: readonly number[]): Float64Array {
  const chosen = rows ?? Array.from({ length: matrix.length / width }, (_, row) => row);
  const result = new Float64Array(width);
  for (const row of chosen) for (let column = 0; column < width; column++) result[column] = (result[column] ?? 0) + (matrix[row * width + column] ?? 0) / chosen.length;
  return result;
}

function repeat(row: ArrayLike<number>, times: number): Float64Array {
  const width = row.length;
  return Float64Array.from({ length: times * width }, (_, index) => row[index % width] ?? 0);
}

function perPrompt(prompts: readonly number[], rowOf: (prompt: number) => ArrayLike<number>): Float64Array {
  return Float64Array.from(prompts.flatMap((prompt) => Array.from(rowOf(prompt))));
}

/** Mean cost of each LLM over the training prompts, negated. */
function cheapness(world: World, training: BlindTraining): Float64Array {
  return Float64Array.from(world.llms, (_, column) => -training.prompts.reduce((sum, prompt) => sum + cellOf(world, prompt, column).costUsd, 0));
}

function byGroup(training: BlindTraining, width: number, groupOfRow: readonly string[]): Map<string, Float64Array> {
  const rows = new Map<string, number[]>();
  groupOfRow.forEach((group, row) => rows.set(group, [...(rows.get(group) ?? []), row]));
  return new Map([...rows].map(([group, members]) => [group, columnMeans(training.meanUtility, width, members)]));
}

function nearestNeighbours(training: BlindTraining, width: number, embedding: Float32Array, k: number): Float64Array {
  const order = training.embeddings.map((other, row) => ({ row, similarity: dot(other, embedding) })).sort((a, b) => b.similarity - a.similarity);
  return columnMeans(training.meanUtility, width, order.slice(0, k).map((entry) => entry.row));
}

/** random is exact: the mean over LLMs; it is reported by the protocol itself. */
export function fitBlindBaselines(world: World, fold: Fold, embeddings: readonly Float32Array[], seed: number): BlindBaseline[] {
  const training = blindTraining(world, fold, embeddings);
  const width = world.llms.length;
  const embeddingOf = (prompt: number) => embeddings[prompt] ?? new Float32Array();
  const taskOf = (prompt: number) => world.benchmark.prompts[prompt]?.task ?? '';
  const global = columnMeans(training.meanUtility, width);
  const bestOnly = Float64Array.from(global, (_, column) => (column === argmaxRow(global, 0, width) ? 1 : 0));
  const tasks = byGroup(training, width, training.prompts.map(taskOf));
  const centroids = kMeans(training.embeddings, 16, randomFor(seed, 'k-means'));
  const clusters = byGroup(training, width, training.embeddings.map((embedding) => String(nearest(embedding, centroids))));
  const ridge = fitRidge(training.embeddings, training.meanUtility, width, 1);
  return [
    { name: 'cheapest', scores: (prompts) => repeat(cheapness(world, training), prompts.length) },
    { name: 'global best', scores: (prompts) => repeat(bestOnly, prompts.length) },
    { name: 'best per task', scores: (prompts) => perPrompt(prompts, (prompt) => tasks.get(taskOf(prompt)) ?? global) },
    { name: 'k-means (16)', scores: (prompts) => perPrompt(prompts, (prompt) => clusters.get(String(nearest(embeddingOf(prompt), centroids))) ?? global) },
    { name: 'kNN (20)', scores: (prompts) => perPrompt(prompts, (prompt) => nearestNeighbours(training, width, embeddingOf(prompt), 20)) },
    { name: 'ridge', scores: (prompts) => perPrompt(prompts, (prompt) => ridge(embeddingOf(prompt))) },
  ];
}
