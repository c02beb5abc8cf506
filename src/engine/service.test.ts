import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { english } from '../core/phrase';
import type { HeteroGraph } from '../core/graph';
import type { JudgedResponse, PreferencePair } from '../core/preference';
import type { Candidate, ModelCard, RoutingRequest } from '../core/routing';
import { NEUTRAL_UTILITY, NO_RULES } from '../core/routing';
import { WorkerEngine } from '../protocol/client';
import type { EngineStatus, LoadProgress, LoadRequest } from '../protocol/engine';
import { EngineFailure } from '../protocol/failure';
import { inProcessPort } from '../protocol/in-process';
import type { FetchFile } from './artifacts';
import type { EngineEnvironment } from './load';
import { cosine } from './self-check';
import { createEngineHandlers } from './service';

/** The real models, the real engine and the real client; only the thread and the network are played. */
const MODELS = new URL('../../models/', import.meta.url);
const LOAD: LoadRequest = { modelsUrl: MODELS.href, device: 'auto', allowFallbackAdapter: false };

const readFile: FetchFile = (url) => {
  const path = fileURLToPath(url);
  return Promise.resolve(existsSync(path) ? new Response(readFileSync(path)) : new Response('', { status: 404 }));
};

const resolve = createRequire(import.meta.url).resolve;
const url = (file: string): string => pathToFileURL(resolve(`onnxruntime-web/${file}`)).href;
const plain = { mjs: url('ort-wasm-simd-threaded.mjs'), wasm: url('ort-wasm-simd-threaded.wasm') };

function engineWith(parts: Partial<EngineEnvironment> = {}, onStatus: (status: EngineStatus) => void = () => undefined): WorkerEngine {
  const environment: EngineEnvironment = {
    builds: { plain, jspi: plain, asyncify: plain },
    gpu: undefined,
    fetchFile: readFile,
    crossOriginIsolated: false,
    hardwareConcurrency: 2,
    hasJspi: false,
    now: () => performance.now(),
    ...parts,
  };
  return new WorkerEngine({ createPort: () => inProcessPort(createEngineHandlers(environment)), onStatus });
}

async function errorOf(call: Promise<unknown>) {
  const thrown: unknown = await call.then(() => null, (reason: unknown) => reason);
  if (!(thrown instanceof EngineFailure)) throw new Error(`Expected an EngineFailure, got ${String(thrown)}`);
  return thrown.error;
}

const CARD: ModelCard = {
  id: '', name: '', provider: 'p', family: 'f', description: '', contextTokens: 32_000, priceInUsdPerMTok: 1, priceOutUsdPerMTok: 3, paramsB: 8,
  released: '2024-03', tier: 3, openWeights: true, reasoning: false, local: false, modalities: ['text'], speed: 'fast', tools: null,
};
const POOL = [
  { ...CARD, id: 'terse', name: 'Terse', description: 'A small chat model that gives short, plain answers.' },
  { ...CARD, id: 'thorough', name: 'Thorough', tier: 4 as const, paramsB: 70, description: 'A large chat model that gives long, structured, detailed answers.' },
  { ...CARD, id: 'coder', name: 'Coder', description: 'A model trained to write and explain program code.' },
];

const request = (candidates: readonly Candidate[], overrides: Partial<RoutingRequest> = {}): RoutingRequest => ({
  prompt: 'How do vaccines work?', context: [], candidates, graph: { picks: [], decay: [] },
  constraints: { ...NO_RULES, excludedModelIds: [], spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: ['text'] },
  utility: NEUTRAL_UTILITY, comparison: { enabled: false, remaining: 0, epsilon: 0, recentGains: [] }, seed: 1, ...overrides,
});

describe('the engine, end to end on WASM', () => {
  const engine = engineWith();
  const progress: LoadProgress[] = [];
  let status: EngineStatus;
  let candidates: readonly Candidate[];

  beforeAll(async () => {
    status = await engine.call('load', LOAD, { onProgress: (update) => progress.push(update) });
    const embeddings = await engine.call('encode', { texts: POOL.map((card) => card.description) });
    candidates = POOL.map((card, index) => ({ card, descriptionEmbedding: embeddings[index]!, fingerprint: null }));
  }, 60_000);

  it('says what it runs on, and how far loading has come', () => {
    expect(status).toMatchObject({ device: 'wasm', adapter: null, threads: 1 });
    expect(english(status.deviceNote ?? '')).toContain('WebGPU');
    expect(status.encoderFile).toContain('model_quantized');
    expect([...new Set(progress.map(({ stage }) => stage))].toSorted()).toEqual(['encoder', 'manifest', 'probe', 'router', 'warm-up']);
    const bytes = progress.filter(({ totalBytes }) => totalBytes > 0);
    expect(bytes.at(-1)!.loadedBytes).toBe(bytes.at(-1)!.totalBytes);
    expect(bytes.every(({ loadedBytes }, at) => at === 0 || loadedBytes >= bytes[at - 1]!.loadedBytes)).toBe(true);
  });

  it('puts like texts closer than unlike ones', async () => {
    const [cat, kitten, tax] = await engine.call('encode', { texts: ['My cat sleeps all day.', 'Why does a kitten nap so much?', 'Filing a corporate tax return'] });
    expect(cosine(cat!, kitten!)).toBeGreaterThan(cosine(cat!, tax!) + 0.2);
  });

  it('routes a prompt: a full ranking, timings that add up, the same answer twice', async () => {
    const first = await engine.call('route', request(candidates));
    expect(first.decision.ranking.map(({ modelId }) => modelId).toSorted()).toEqual(['coder', 'terse', 'thorough']);
    expect(first.decision.artifactVersion).toBe(status.artifactVersion);
    expect(Math.hypot(...first.decision.queryEmbedding)).toBeCloseTo(1, 4);
    const { encodeMs, graphMs, adaptMs, totalMs } = first.timings;
    expect(encodeMs + graphMs + adaptMs).toBeCloseTo(totalMs, 3);
    const second = await engine.call('route', request(candidates));
    expect(second.decision).toEqual(first.decision);
  });

  it('routes a follow-up in its context', async () => {
    const alone = await engine.call('route', request(candidates, { prompt: 'And in Rust?' }));
    const inContext = await engine.call('route', request(candidates, { prompt: 'And in Rust?', context: ['How do I reverse a linked list in Python?'] }));
    expect(inContext.decision.queryEmbedding).not.toEqual(alone.decision.queryEmbedding);
  });

  it('learns from picks: the picked style moves up', async () => {
    const prompts = ['How do I boil an egg?', 'Why is the sky blue?', 'Plan a weekend in Rome', 'What is inflation?', 'How do magnets work?', 'Give me a packing list'];
    const picks: PreferencePair[] = [];
    for (const [index, prompt] of prompts.entries()) picks.push(await pickOf(index, prompt, 'terse', 'thorough'));
    const graph: HeteroGraph = { picks, decay: picks.map(() => 1) };
    expect(await gap(graph)).toBeGreaterThan(await gap({ picks: [], decay: [] }));
  });

  it('adapts once however often it is asked, and a replay gives the same state', async () => {
    const picks = [await pickOf(0, 'Why is the sky blue?', 'terse', 'thorough'), await pickOf(1, 'What is inflation?', 'thorough', 'coder')];
    const graph: HeteroGraph = { picks, decay: [1, 1] };
    const once = await engine.call('adapt', { graph, state: null, candidates });
    const twice = await engine.call('adapt', { graph, state: once, candidates });
    expect(twice).toEqual(once);
    expect(once).toMatchObject({ lastAppliedId: 'pick-1', appliedCount: 2, artifactVersion: status.artifactVersion });
    const start = await engine.call('adapt', { graph: { picks: [], decay: [] }, state: null, candidates });
    expect(start.userEmbedding).not.toEqual(once.userEmbedding);
    const stepwise = await engine.call('adapt', { graph: { picks: picks.slice(0, 1), decay: [1] }, state: start, candidates });
    expect(await engine.call('adapt', { graph, state: stepwise, candidates })).toEqual(once);
  });

  it('hears a cancel, and an urgent call, in the middle of a long batch', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => `Text number ${index} of a long batch`);
    const controller = new AbortController();
    let encoded = 0;
    const batch = errorOf(engine.call('encode', { texts }, { signal: controller.signal, onProgress: (update) => (encoded = update.encoded) }));
    await new Promise((resolve) => setTimeout(resolve, 1));
    await engine.call('route', request(candidates, { prompt: 'Something urgent' }));
    expect(encoded).toBeLessThan(texts.length / 2);
    controller.abort();
    expect(await batch).toEqual({ kind: 'cancelled' });
    await engine.call('encode', { texts: ['after the cancel'] });
    expect(encoded).toBeLessThan(texts.length / 2);
  });

  it('describes candidates with and without a known embedding alike', async () => {
    const ask = { prompt: 'How do vaccines work?', context: [], queryEmbedding: null, candidates, graph: { picks: [], decay: [] } };
    const fresh = await engine.call('describe', ask);
    expect(fresh.responses.map(({ modelId, features }) => [modelId, features.length])).toEqual([['terse', 20], ['thorough', 20], ['coder', 20]]);
    expect(await engine.call('describe', { ...ask, queryEmbedding: fresh.queryEmbedding })).toEqual(fresh);
  });

  it('proposes the pair that teaches most', async () => {
    const same = Array.from({ length: 20 }, () => 0.3);
    const pairs = [
      { id: 'twins', queryEmbedding: new Float32Array(384), left: same, right: same },
      { id: 'opposites', queryEmbedding: new Float32Array(384), left: same, right: same.map((value) => -4 * value) },
    ];
    const reply = await engine.call('nextPair', { graph: { picks: [], decay: [] }, state: null, pairs, seed: 3 });
    expect(reply.pairId).toBe('opposites');
    expect(reply.informationNats).toBeGreaterThan(0);
  });

  it('says so when there is nothing to choose from, and goes on', async () => {
    expect(await errorOf(engine.call('route', request([])))).toEqual({ kind: 'no_candidates' });
    expect(await errorOf(engine.call('nextPair', { graph: { picks: [], decay: [] }, state: null, pairs: [], seed: 1 }))).toEqual({ kind: 'no_candidates' });
    expect((await engine.call('route', request(candidates))).decision.ranking).toHaveLength(3);
  });

  /** How far the terse model's score lies above the thorough one's. */
  async function gap(graph: HeteroGraph): Promise<number> {
    const { decision } = await engine.call('route', request(candidates, { graph }));
    const score = (id: string): number => decision.ranking.find(({ modelId }) => modelId === id)!.score;
    return score('terse') - score('thorough');
  }

  async function pickOf(index: number, prompt: string, chosenId: string, rejectedId: string): Promise<PreferencePair> {
    const described = await engine.call('describe', { prompt, context: [], queryEmbedding: null, candidates, graph: { picks: [], decay: [] } });
    const response = (id: string): JudgedResponse => {
      const { modelId, features, blindUtility } = described.responses.find(({ modelId: found }) => found === id)!;
      return { modelId, features, blindUtility, words: 50, costUsd: null, latencyMs: null };
    };
    return {
      id: `pick-${index}`, createdAt: index, source: 'compare', outcome: 'win', chosen: response(chosenId), rejected: response(rejectedId),
      queryEmbedding: described.queryEmbedding, promptExcerpt: prompt, weight: 1, blind: true, chosenSide: 'left', propensity: 1,
      artifactVersion: status.artifactVersion, conversationId: null, turnId: null, undoneAt: null,
    };
  }
});

describe('an engine that cannot load', () => {
  it('answers not_loaded before anyone asked it to load', async () => {
    expect(await errorOf(engineWith().call('encode', { texts: ['a'] }))).toEqual({ kind: 'not_loaded' });
  });

  it('names the damaged file after fetching it twice, and works once it is whole again', async () => {
    let damaged = true;
    const asked: string[] = [];
    const fetchFile: FetchFile = async (file, init) => {
      const isRouter = file.endsWith('router.onnx');
      if (isRouter) asked.push(init.cache);
      return isRouter && damaged ? new Response('not a model') : readFile(file, init);
    };
    const engine = engineWith({ fetchFile });
    expect(await errorOf(engine.call('load', LOAD))).toMatchObject({ kind: 'artifact_corrupt', path: 'router.onnx' });
    expect(asked).toEqual(['default', 'reload']);
    damaged = false;
    expect((await engine.call('load', LOAD)).device).toBe('wasm');
  }, 60_000);

  it('fails on a GPU that is not there, then starts a fresh worker on WASM and says why', async () => {
    const seen: EngineStatus[] = [];
    const engine = engineWith({ gpu: { requestAdapter: () => Promise.resolve(null) } }, (status) => seen.push(status));
    const status = await engine.call('load', { ...LOAD, device: 'webgpu' });
    expect(status.device).toBe('wasm');
    expect(english(status.deviceNote ?? '')).toContain('no GPU');
    expect(seen).toEqual([status]);
  }, 60_000);

  it('stops a download that nobody waits for', async () => {
    const controller = new AbortController();
    const fetchFile: FetchFile = (file, { signal }) =>
      file.endsWith('.onnx')
        ? new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
            queueMicrotask(() => controller.abort());
          })
        : readFile(file, { cache: 'default', signal });
    const engine = engineWith({ fetchFile });
    expect(await errorOf(engine.call('load', LOAD, { signal: controller.signal }))).toEqual({ kind: 'cancelled' });
  });
});
