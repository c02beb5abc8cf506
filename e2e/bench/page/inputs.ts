import { FEATURE_COUNT, EMBEDDING_SIZE } from '../../../src/core/dimensions';
import { HISTORY_LIMIT, type HeteroGraph } from '../../../src/core/graph';
import type { PreferencePair } from '../../../src/core/preference';
import { createRandom } from '../../../src/core/random';
import { NEUTRAL_UTILITY, NO_RULES, type Candidate, type RoutingRequest } from '../../../src/core/routing';

const random = createRandom(1);

function unitVector(): Float32Array {
  const vector = Float32Array.from({ length: EMBEDDING_SIZE }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const features = () => Array.from({ length: FEATURE_COUNT }, () => 2 * random() - 1);

export function candidates(count: number): Candidate[] {
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

/** A log of picks, as a person leaves it: each compares two models of the pool for a prompt of its own. */
export function pickLog(length: number, pool: readonly Candidate[]): PreferencePair[] {
  const side = () => ({ modelId: pool[Math.floor(random() * pool.length)]?.card.id ?? '', features: features(), blindUtility: random(), words: 100, costUsd: 0.001, latencyMs: null });
  return Array.from({ length }, (_, index) => ({
    id: String(index).padStart(6, '0'), createdAt: index, source: 'compare', outcome: 'win', chosen: side(), rejected: side(), queryEmbedding: unitVector(),
    promptExcerpt: 'bench', weight: 1, blind: true, chosenSide: 'left', propensity: 1, artifactVersion: 'bench', conversationId: null, turnId: null, undoneAt: null,
  }));
}

/** What the app sends to its engine: the newest picks of the log. */
export function graphOf(log: readonly PreferencePair[]): HeteroGraph {
  const picks = log.slice(-HISTORY_LIMIT);
  return { picks, decay: picks.map(() => 1) };
}

export function request(prompt: string, pool: readonly Candidate[], graph: HeteroGraph): RoutingRequest {
  return {
    prompt, context: [], candidates: pool, graph, utility: NEUTRAL_UTILITY, seed: 1, comparison: { enabled: false, remaining: 0, epsilon: 0, recentGains: [] },
    constraints: { ...NO_RULES, excludedModelIds: [], spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: [] },
  };
}
