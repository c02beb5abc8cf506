import { principalDirections } from './principal';

/**
 * What a fitted baseline learns from, whatever the protocol: queries with a label and an embedding, LLMs as columns, and people with a
 * reward for every query × LLM.
 */
export interface TaskData {
  readonly width: number;
  /** `[queries]` 384-d embeddings. */
  readonly embeddings: readonly Float32Array[];
  /** `[queries]` coarse task label. */
  readonly tasks: readonly string[];
  /** Queries to fit on, and others to choose settings on. */
  readonly train: readonly number[];
  readonly held: readonly number[];
  /** People to fit on. */
  readonly people: number;
  /** `[queries × M]` rewards of one training person. */
  readonly rewards: (person: number, queries: readonly number[]) => Float64Array;
  /** `[M × F]` standardised traits of each LLM's responses on the query's task, known from training. */
  readonly features: (query: number) => Float64Array;
  /** Standard deviation of the noise of one response's worth in a pick. */
  readonly pickNoise: number;
}

/** A fifth of the training queries stands in for validation where the folder has none. */
export function splitHeld(queries: readonly number[], held: readonly number[]): { readonly train: readonly number[]; readonly held: readonly number[] } {
  if (held.length > 0) return { train: queries, held };
  const cut = Math.max(1, Math.floor(queries.length * 0.8));
  return { train: queries.slice(0, cut), held: queries.slice(cut).length > 0 ? queries.slice(cut) : queries };
}

/** `[queries × M]` mean reward over (at most 120 of) the training people. */
export function meanRewards(data: TaskData, queries: readonly number[]): Float64Array {
  const count = Math.min(120, data.people);
  const total = new Float64Array(queries.length * data.width);
  for (let index = 0; index < count; index++) {
    const person = Math.floor((index * data.people) / count);
    const rewards = data.rewards(person, queries);
    for (let i = 0; i < total.length; i++) total[i]! += rewards[i]! / count;
  }
  return total;
}

/** Queries in the leading principal directions of the training queries, each scaled to unit variance: `[queries × dims]`. */
export function compressedQueries(data: TaskData, dims: number, random: () => number): Float64Array {
  const { centre, directions } = principalDirections(data.train.map((query) => data.embeddings[query]!), dims, random);
  const out = new Float64Array(data.embeddings.length * dims);
  const scale = new Float64Array(dims);
  data.embeddings.forEach((embedding, query) => {
    for (let dim = 0; dim < dims; dim++) {
      let sum = 0;
      for (let i = 0; i < embedding.length; i++) sum += (embedding[i]! - centre[i]!) * directions[dim]![i]!;
      out[query * dims + dim] = sum;
    }
  });
  for (const query of data.train) for (let dim = 0; dim < dims; dim++) scale[dim]! += out[query * dims + dim]! ** 2 / data.train.length;
  for (let i = 0; i < out.length; i++) out[i]! /= Math.sqrt(scale[i % dims]!) || 1;
  return out;
}
