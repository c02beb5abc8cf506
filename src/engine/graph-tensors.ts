import { EMBEDDING_SIZE, FEATURE_COUNT, LLM_FEATURE_COUNT, QUERY_FEATURE_COUNT } from '../core/dimensions';
import { HISTORY_LIMIT } from '../core/graph';
import type { HeteroGraph } from '../core/graph';
import { isWritten, llmFeatures } from '../core/llm-features';
import { OUTCOMES } from '../core/preference';
import type { JudgedResponse, PreferencePair } from '../core/preference';
import type { Candidate } from '../core/routing';
import type { Feeds, FeedTensor } from './runtime';

/** A prompt as the graph sees it. */
export interface QueryNode {
  /** `[384]`, L2-normalised. */
  readonly embedding: Float32Array;
  /** `[8]` */
  readonly features: Float32Array;
}

export interface GraphInput {
  /** Scored against the same pool and history; one in the app, many in the benchmark. */
  readonly queries: readonly QueryNode[];
  readonly candidates: readonly Candidate[];
  readonly graph: HeteroGraph;
}

export interface GraphFeeds {
  readonly feeds: Feeds;
  /** Real sizes, before padding. */
  readonly queryCount: number;
  readonly candidateCount: number;
  readonly pickCount: number;
  /** M after padding: row length of the outputs. */
  readonly paddedCandidates: number;
  readonly paddedPicks: number;
}

/** Few distinct shapes, so that a GPU compiles and allocates few times. Larger sizes round up to a multiple of the last. */
const PICK_BUCKETS = [1, 32, 128, 256, 512] as const;
const CANDIDATE_BUCKETS = [8, 16, 32, 64] as const;

/** Picks the graph was exported for: the oldest beyond it are left out. The benchmark may ask for more. */
export interface GraphLimits {
  readonly picks: number;
}

/**
 * The user's private graph as the named, dense feeds of `router.onnx`. Padding has weight and mask 0, and there is always at least
 * one row: a zero-length MatMul can poison a WebGPU runtime.
 * @throws RangeError when there is no query or candidate, or a vector has the wrong size.
 */
export function graphTensors(input: GraphInput, limits: GraphLimits = { picks: HISTORY_LIMIT }): GraphFeeds {
  const { queries, candidates } = input;
  if (queries.length === 0 || candidates.length === 0) throw new RangeError('A graph needs at least one query and one candidate');
  const history = newestPicks(input.graph, limits.picks);
  const paddedCandidates = bucketOf(candidates.length, CANDIDATE_BUCKETS);
  const paddedPicks = bucketOf(Math.max(1, history.picks.length), PICK_BUCKETS);
  return {
    feeds: { ...queryFeeds(queries), ...llmFeeds(candidates, paddedCandidates), ...historyFeeds(history, candidates, paddedPicks, paddedCandidates) },
    queryCount: queries.length,
    candidateCount: candidates.length,
    pickCount: history.picks.length,
    paddedCandidates,
    paddedPicks,
  };
}

/** The picks that a run sees: the newest ones, still oldest first. */
export function newestPicks(graph: HeteroGraph, limit: number = HISTORY_LIMIT): HeteroGraph {
  if (graph.decay.length !== graph.picks.length) throw new RangeError(`${graph.picks.length} picks but ${graph.decay.length} decay weights`);
  if (graph.picks.length <= limit) return graph;
  return { picks: graph.picks.slice(-limit), decay: graph.decay.slice(-limit) };
}

function queryFeeds(queries: readonly QueryNode[]): Feeds {
  return {
    query_embedding: rows(queries.length, EMBEDDING_SIZE, (query) => queries[query]?.embedding),
    query_features: rows(queries.length, QUERY_FEATURE_COUNT, (query) => queries[query]?.features),
  };
}

function llmFeeds(candidates: readonly Candidate[], padded: number): Feeds {
  return {
    llm_description: rows(padded, EMBEDDING_SIZE, (llm) => candidates[llm]?.descriptionEmbedding),
    llm_features: rows(padded, LLM_FEATURE_COUNT, (llm) => {
      const candidate = candidates[llm];
      return candidate === undefined ? undefined : llmFeatures(candidate.card, candidate.fingerprint);
    }),
    llm_mask: vector(padded, (llm) => (llm < candidates.length ? 1 : 0)),
  };
}

function historyFeeds({ picks, decay }: HeteroGraph, candidates: readonly Candidate[], paddedPicks: number, paddedCandidates: number): Feeds {
  // Of an LLM with a fingerprint the picks say nothing that it does not.
  const position = new Map(candidates.flatMap(({ card, fingerprint }, index) => (isWritten(fingerprint) ? [] : [[card.id, index] as const])));
  const inPool = (side: (pick: PreferencePair) => JudgedResponse | null): FeedTensor =>
    oneHot(paddedPicks, paddedCandidates, (at) => {
      const pick = picks[at];
      return pick === undefined ? undefined : position.get(side(pick)?.modelId ?? '');
    });
  return {
    history_query: rows(paddedPicks, EMBEDDING_SIZE, (at) => picks[at]?.queryEmbedding),
    history_chosen: rows(paddedPicks, FEATURE_COUNT, (at) => picks[at]?.chosen.features),
    history_rejected: rows(paddedPicks, FEATURE_COUNT, (at) => picks[at]?.rejected?.features),
    history_chosen_llm: inPool((pick) => pick.chosen),
    history_rejected_llm: inPool((pick) => pick.rejected),
    history_outcome: oneHot(paddedPicks, OUTCOMES.length, (at) => {
      const pick = picks[at];
      return pick === undefined ? undefined : OUTCOMES.indexOf(pick.outcome);
    }),
    history_weight: vector(paddedPicks, (at) => (picks[at]?.weight ?? 0) * (decay[at] ?? 0)),
  };
}

/** Row-major `[count, width]`; a missing row stays zero. */
function rows(count: number, width: number, row: (index: number) => ArrayLike<number> | undefined): FeedTensor {
  const data = new Float32Array(count * width);
  for (let index = 0; index < count; index += 1) {
    const values = row(index);
    if (values === undefined) continue;
    if (values.length !== width) throw new RangeError(`Expected a vector of ${width}, got ${values.length}`);
    data.set(values, index * width);
  }
  return { type: 'float32', data, dims: [count, width] };
}

function oneHot(count: number, width: number, hot: (index: number) => number | undefined): FeedTensor {
  const data = new Float32Array(count * width);
  for (let index = 0; index < count; index += 1) {
    const column = hot(index);
    if (column !== undefined) data[index * width + column] = 1;
  }
  return { type: 'float32', data, dims: [count, width] };
}

function vector(count: number, value: (index: number) => number): FeedTensor {
  return { type: 'float32', data: Float32Array.from({ length: count }, (_, index) => value(index)), dims: [count] };
}

function bucketOf(size: number, buckets: readonly number[]): number {
  const largest = buckets[buckets.length - 1] ?? 1;
  return buckets.find((bucket) => size <= bucket) ?? Math.ceil(size / largest) * largest;
}
