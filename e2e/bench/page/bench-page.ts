import { FEATURE_COUNT, EMBEDDING_SIZE } from '../../../src/core/dimensions';
import type { HeteroGraph } from '../../../src/core/graph';
import type { PreferencePair } from '../../../src/core/preference';
import { createRandom } from '../../../src/core/random';
import { NEUTRAL_UTILITY, NO_RULES, type Candidate, type RoutingRequest } from '../../../src/core/routing';
import { WorkerEngine } from '../../../src/protocol/client';
import { pagePort } from '../../../src/protocol/worker-port';
import { textOfTokens, timed } from './texts';

const random = createRandom(1);

function unitVector(): Float32Array {
  const vector = Float32Array.from({ length: EMBEDDING_SIZE }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const features = () => Array.from({ length: FEATURE_COUNT }, () => 2 * random() - 1);

function candidates(count: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => ({
    card: {
      id: `model-${index}`, name: `Model ${index}`, provider: 'bench', family: 'bench', description: '', contextTokens: 128_000, priceInUsdPerMTok: 1,
      priceOutUsdPerMTok: 4, paramsB: null, released: '2025-01', tier: 1 + (index % 5), openWeights: false, reasoning: false, local: false,
      modalities: ['text'], speed: 'medium', tools: null,
    },
    descriptionEmbedding: unitVector(),
    fingerprint: null,
  }));
}

function history(length: number, pool: readonly Candidate[]): HeteroGraph {
  const side = () => ({ modelId: pool[Math.floor(random() * pool.length)]?.card.id ?? '', features: features(), blindUtility: random(), words: 100, costUsd: 0.001, latencyMs: null });
  const picks = Array.from({ length }, (_, index): PreferencePair => ({
    id: String(index).padStart(6, '0'), createdAt: index, source: 'compare', outcome: 'win', chosen: side(), rejected: side(), queryEmbedding: unitVector(),
    promptExcerpt: 'bench', weight: 1, blind: true, chosenSide: 'left', propensity: 1, artifactVersion: 'bench', conversationId: null, turnId: null, undoneAt: null,
  }));
  return { picks, decay: picks.map(() => 1) };
}

function request(prompt: string, pool: readonly Candidate[], graph: HeteroGraph): RoutingRequest {
  return {
    prompt, context: [], candidates: pool, graph, utility: NEUTRAL_UTILITY, seed: 1, comparison: { enabled: false, remaining: 0, epsilon: 0 },
    constraints: { ...NO_RULES, excludedModelIds: [], spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: [] },
  };
}

/** Every stage of a route in the app's own worker, on the app's own files. */
async function start(): Promise<unknown> {
  const engine = new WorkerEngine({ createPort: () => pagePort(new Worker(new URL('../../../src/engine/worker.ts', import.meta.url), { type: 'module' })) });
  const device = new URLSearchParams(location.search).get('device') === 'webgpu' ? 'webgpu' : 'wasm';
  const status = await engine.call('load', { modelsUrl: new URL('/models/', location.href).href, device, allowFallbackAdapter: true });
  const pool = candidates(8);
  const empty = history(0, pool);
  const encode: Record<string, number[]> = {};
  const route: Record<string, number[]> = {};
  for (const tokens of [16, 64, 128]) {
    encode[tokens] = [];
    route[tokens] = await timed(20, 10, async (round) => {
      const { timings } = await engine.call('route', request(textOfTokens(tokens, round), pool, empty));
      if (round >= 10) encode[tokens]?.push(timings.encodeMs);
    });
  }
  const graph: Record<string, number[]> = {};
  const fit: Record<string, number[]> = {};
  const update: Record<string, number[]> = {};
  for (const models of [8, 64]) {
    for (const picks of [0, 256, 4096]) {
      const many = candidates(models);
      const past = history(picks, many);
      const name = `history ${picks}, ${models} models`;
      graph[name] = [];
      fit[name] = [];
      await timed(10, 3, async (round) => {
        const { timings } = await engine.call('route', request('a prompt that is remembered', many, past));
        if (round >= 3) graph[name]?.push(timings.graphMs);
        if (round >= 3) fit[name]?.push(timings.adaptMs);
      });
      if (picks > 0 && picks <= 256) update[name] = await timed(10, 3, () => engine.call('adapt', { graph: past, state: null, candidates: many }));
    }
  }
  engine.dispose();
  return { status, encode, route, graph, fit, update };
}

Object.assign(window, { benchmark: start() });
