import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { EMBEDDING_SIZE, FEATURE_COUNT, LLM_FEATURE_COUNT, QUERY_FEATURE_COUNT } from '../core/dimensions';
import type { HeteroGraph } from '../core/graph';
import type { JudgedResponse, PreferencePair } from '../core/preference';
import { createRandom } from '../core/random';
import type { Candidate, ModelCard } from '../core/routing';
import { graphTensors, newestPicks } from './graph-tensors';
import type { QueryNode } from './graph-tensors';
import { queryText } from './query-text';
import { runRouter } from './router';
import { Runtime } from './runtime';
import type { GraphSession } from './runtime';

const random = createRandom(7);
const uniform = (): number => random() * 2 - 1;

function unit(): Float32Array {
  const vector = Float32Array.from({ length: EMBEDDING_SIZE }, uniform);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const query = (): QueryNode => ({ embedding: unit(), features: Float32Array.from({ length: QUERY_FEATURE_COUNT }, random) });

const CARD: ModelCard = {
  id: 'x', name: 'X', provider: 'p', family: 'f', description: 'd', contextTokens: 8_000, priceInUsdPerMTok: 1, priceOutUsdPerMTok: 2, paramsB: 7,
  released: '2024-03', tier: 3, openWeights: true, reasoning: false, local: false, modalities: ['text'], speed: 'fast', tools: null,
};

const candidate = (id: string): Candidate => ({ card: { ...CARD, id }, descriptionEmbedding: unit(), fingerprint: null });
const candidates = (count: number): Candidate[] => Array.from({ length: count }, (_, index) => candidate(`m${index}`));

function response(modelId: string): JudgedResponse {
  return { modelId, features: Array.from({ length: FEATURE_COUNT }, uniform), blindUtility: 0, words: 10, costUsd: null, latencyMs: null };
}

function pick(index: number, chosenId: string, rejectedId: string | null): PreferencePair {
  return {
    id: `pick-${index}`, createdAt: index, source: 'compare', outcome: rejectedId === null ? 'both_bad' : 'win', chosen: response(chosenId),
    rejected: rejectedId === null ? null : response(rejectedId), queryEmbedding: unit(), promptExcerpt: 'why?', weight: 0.5, blind: true, chosenSide: 'left',
    propensity: 1, artifactVersion: 'a', conversationId: null, turnId: null, undoneAt: null,
  };
}

const graphOf = (count: number): HeteroGraph => ({
  picks: Array.from({ length: count }, (_, index) => pick(index, `m${index % 3}`, index % 4 === 3 ? null : `m${(index + 1) % 3}`)),
  decay: Array.from({ length: count }, (_, index) => 1 / (1 + index)),
});

describe('graphTensors', () => {
  it('names every feed, row-major, padded to few sizes', () => {
    const { feeds, ...sizes } = graphTensors({ queries: [query()], candidates: candidates(9), graph: graphOf(33) });
    expect(sizes).toEqual({ queryCount: 1, candidateCount: 9, pickCount: 33, paddedCandidates: 16, paddedPicks: 128 });
    const dims = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, feed.dims]));
    expect(dims).toEqual({
      query_embedding: [1, 384], query_features: [1, QUERY_FEATURE_COUNT], llm_description: [16, 384], llm_features: [16, LLM_FEATURE_COUNT], llm_mask: [16],
      history_query: [128, 384], history_chosen: [128, 20], history_rejected: [128, 20], history_chosen_llm: [128, 16], history_rejected_llm: [128, 16],
      history_outcome: [128, 4], history_weight: [128],
    });
    for (const { data, dims: shape } of Object.values(feeds)) expect(data).toHaveLength(shape.reduce((size, dim) => size * dim, 1));
  });

  it('writes a pick where the graph looks for it', () => {
    const graph: HeteroGraph = { picks: [pick(0, 'm1', 'gone'), pick(1, 'm0', null)], decay: [0.5, 1] };
    const { feeds } = graphTensors({ queries: [query()], candidates: candidates(2), graph });
    const row = (name: string, index: number, width: number) => Array.from(feeds[name]!.data.slice(index * width, (index + 1) * width), Number);
    expect(row('history_chosen_llm', 0, 8)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
    expect(row('history_rejected_llm', 0, 8)).toEqual(Array(8).fill(0));
    expect(row('history_outcome', 0, 4)).toEqual([1, 0, 0, 0]);
    expect(row('history_outcome', 1, 4)).toEqual([0, 0, 0, 1]);
    expect(row('history_outcome', 2, 4)).toEqual([0, 0, 0, 0]);
    expect(row('history_rejected', 1, 20)).toEqual(Array(20).fill(0));
    expect(row('history_chosen', 1, 20)).toEqual(Array.from(Float32Array.from(graph.picks[1]!.chosen.features)));
    expect(row('history_weight', 0, 4)).toEqual([0.25, 0.5, 0, 0]);
    expect(row('llm_mask', 0, 8)).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('does not tell of an answer twice: an LLM with a fingerprint has it there', () => {
    const fingerprint = { count: 3, axes: Array.from({ length: 12 }, () => 0.5), clusterQuality: [], clusterLength: [], clusterCount: [], judged: false };
    const graph: HeteroGraph = { picks: [pick(0, 'm1', 'm0')], decay: [1] };
    const rowOf = (count: number) => {
      const [first, second] = candidates(2);
      const { feeds } = graphTensors({ queries: [query()], candidates: [first!, { ...second!, fingerprint: { ...fingerprint, count } }], graph });
      return [...feeds['history_chosen_llm']!.data.slice(0, 2), ...feeds['history_rejected_llm']!.data.slice(0, 2)];
    };
    expect(rowOf(2)).toEqual([0, 1, 1, 0]);
    expect(rowOf(3)).toEqual([0, 0, 1, 0]);
  });

  it('keeps one padded row when there is no history', () => {
    const { feeds, pickCount } = graphTensors({ queries: [query()], candidates: candidates(1), graph: graphOf(0) });
    expect(pickCount).toBe(0);
    expect(feeds['history_weight']!.data).toEqual(Float32Array.of(0));
  });

  it('sends the newest picks, still oldest first', () => {
    const graph = newestPicks(graphOf(600));
    expect([graph.picks.length, graph.picks[0]!.id, graph.picks.at(-1)!.id]).toEqual([512, 'pick-88', 'pick-599']);
    expect(graph.decay[0]).toBe(1 / 89);
  });

  it('refuses what would be a silent mistake', () => {
    const input = { queries: [query()], candidates: candidates(2), graph: graphOf(2) };
    expect(() => graphTensors({ ...input, candidates: [] })).toThrow(RangeError);
    expect(() => graphTensors({ ...input, graph: { ...input.graph, decay: [1] } })).toThrow('decay');
    expect(() => graphTensors({ ...input, queries: [{ embedding: new Float32Array(3), features: new Float32Array(QUERY_FEATURE_COUNT) }] })).toThrow('384');
  });
});

describe('the exported router on these feeds', () => {
  let router: GraphSession;

  beforeAll(async () => {
    const resolve = createRequire(import.meta.url).resolve;
    const url = (file: string): string => pathToFileURL(resolve(`onnxruntime-web/${file}`)).href;
    const runtime = new Runtime('wasm', { mjs: url('ort-wasm-simd-threaded.mjs'), wasm: url('ort-wasm-simd-threaded.wasm') }, 1);
    router = await runtime.load(readFileSync(new URL('../../models/router.onnx', import.meta.url)));
  });

  it('cuts the padding off and gives finite numbers', async () => {
    const [outputs] = await runRouter(router, graphTensors({ queries: [query()], candidates: candidates(3), graph: graphOf(5) }));
    expect(Object.fromEntries(Object.entries(outputs!).map(([name, values]: [string, Float32Array]) => [name, values.length]))).toEqual({
      utility: 3, axes: 36, residual: 24, priorMean: 20, priorLogVariance: 20, evidenceRelevance: 5, taskMembership: 16, promptEffect: 12,
    });
  });

  it('scores a candidate the same whatever the padding', async () => {
    const pool = candidates(8);
    const input = { queries: [query()], candidates: pool, graph: graphOf(32) };
    const exact = graphTensors(input);
    expect([exact.paddedCandidates, exact.paddedPicks]).toEqual([8, 32]);
    const padded = pad(exact, 16, 128);
    const [[left], [right]] = await Promise.all([runRouter(router, exact), runRouter(router, padded)]);
    const names = ['utility', 'axes', 'residual', 'priorMean', 'priorLogVariance', 'evidenceRelevance'] as const;
    const worst = names.map((name) => left![name].reduce((most, value, at) => Math.max(most, Math.abs(value - right![name][at]!)), 0));
    expect(worst.every((error) => error < 1e-4)).toBe(true);
  });

  it('scores several prompts in one run as it does one by one', async () => {
    const shared = { candidates: candidates(4), graph: graphOf(6) };
    const queries = [query(), query(), query()];
    const together = await runRouter(router, graphTensors({ ...shared, queries }));
    for (const [index, single] of queries.entries()) {
      const [alone] = await runRouter(router, graphTensors({ ...shared, queries: [single] }));
      alone!.utility.forEach((value, at) => expect(together[index]!.utility[at]).toBeCloseTo(value, 4));
      alone!.priorMean.forEach((value, at) => expect(together[index]!.priorMean[at]).toBeCloseTo(value, 4));
      alone!.evidenceRelevance.forEach((value, at) => expect(together[index]!.evidenceRelevance[at]).toBeCloseTo(value, 4));
    }
  });

  it('takes a pool larger than it was trained with, and a long history', async () => {
    const graph = graphTensors({ queries: [query()], candidates: candidates(130), graph: graphOf(4096) }, { picks: 4096 });
    expect([graph.paddedCandidates, graph.paddedPicks]).toEqual([192, 4096]);
    const [outputs] = await runRouter(router, graph);
    expect(outputs!.utility).toHaveLength(130);
  });
});

/** The same graph with more padding, built by hand. */
function pad(graph: ReturnType<typeof graphTensors>, m: number, h: number): ReturnType<typeof graphTensors> {
  const grow = (name: string, sizes: readonly number[]) => {
    const feed = graph.feeds[name]!;
    const [oldRows = 1, oldWidth = 1] = feed.dims;
    const [rows = 1, width = 1] = sizes;
    const data = new Float32Array(rows * width);
    for (let row = 0; row < oldRows; row += 1) {
      for (let column = 0; column < oldWidth; column += 1) data[row * width + column] = Number(feed.data[row * oldWidth + column]);
    }
    return [name, { type: 'float32' as const, data, dims: sizes }] as const;
  };
  const feeds = {
    ...graph.feeds,
    ...Object.fromEntries([
      grow('llm_description', [m, 384]), grow('llm_features', [m, LLM_FEATURE_COUNT]), grow('llm_mask', [m]), grow('history_query', [h, 384]),
      grow('history_chosen', [h, 20]), grow('history_rejected', [h, 20]), grow('history_chosen_llm', [h, m]), grow('history_rejected_llm', [h, m]),
      grow('history_outcome', [h, 4]), grow('history_weight', [h]),
    ]),
  };
  return { ...graph, feeds, paddedCandidates: m, paddedPicks: h };
}

describe('queryText', () => {
  it('leaves a first prompt and a long prompt alone', () => {
    expect(queryText('Hello', [])).toBe('Hello');
    const long = 'word '.repeat(60);
    expect(queryText(long, ['earlier'])).toBe(long);
  });

  it('joins a short follow-up with the newest turns first, within bounds', () => {
    expect(queryText('shorter', ['old', 'new'])).toBe('shorter\nnew\nold');
    const joined = queryText('shorter', ['a'.repeat(1_000), ' ', 'b'.repeat(1_000)]);
    expect(joined).toBe(`shorter\n${'b'.repeat(200)}\n${'a'.repeat(186)}`);
  });
});
