import type { AdaptationState } from '../../core/adaptation-state';
import { AXIS_COUNT, EMBEDDING_SIZE, FEATURE_COUNT } from '../../core/dimensions';
import { NO_DRIFT } from '../../core/drift';
import { NO_EXPLANATION } from '../../core/explanation';
import type { Candidate, RoutingDecision, RoutingPlan, RoutingRequest } from '../../core/routing';
import type { EngineMethod, EngineMethods, EngineStatus } from '../../protocol/engine';
import { EngineFailure } from '../../protocol/failure';
import type { CallOptions, Engine } from '../../protocol/messages';

type Handlers = { [Method in EngineMethod]: (request: EngineMethods[Method]['request']) => Promise<EngineMethods[Method]['response']> };

export const ARTIFACT_VERSION = 'router-test';

const STATUS: EngineStatus = {
  device: 'wasm',
  deviceNote: null,
  adapter: null,
  threads: 1,
  loadMs: 1,
  artifactVersion: ARTIFACT_VERSION,
  encoderFile: 'encoder/onnx/model_quantized.onnx',
};

/**
 * The engine's twin: ranks candidates in the order given (or by `rank`), learns the sum of chosen − rejected, and records its calls.
 * A test replaces single `handlers`, for example by one that never answers.
 */
export class FakeEngine implements Engine {
  readonly calls: EngineMethod[] = [];
  plan: ((ids: readonly string[], request: RoutingRequest) => RoutingPlan) | null = null;
  /** What decisions say that a comparison is worth, where comparisons are wanted. */
  comparisonGain: number | null = null;
  rank: (candidates: readonly Candidate[]) => readonly Candidate[] = (candidates) => candidates;

  readonly handlers: Handlers = {
    load: async () => STATUS,
    encode: async ({ texts }) => texts.map(embeddingOf),
    route: async (request) => ({ decision: this.decide(request), timings: { encodeMs: 1, graphMs: 1, adaptMs: 1, totalMs: 3 } }),
    describe: async ({ candidates, prompt }) => ({
      queryEmbedding: embeddingOf(prompt),
      responses: candidates.map(({ card }) => ({ modelId: card.id, features: featuresOf(card.id), blindUtility: 0 })),
      promptEffect: new Float32Array(AXIS_COUNT),
      artifactVersion: ARTIFACT_VERSION,
    }),
    adapt: async ({ graph }) => learn(graph.picks),
    nextPair: async ({ pairs }) => {
      const [first] = pairs;
      if (!first) throw new EngineFailure({ kind: 'no_candidates' });
      return { pairId: first.id, informationNats: 0.1, propensity: 1 };
    },
  };

  call<Method extends EngineMethod>(method: Method, request: EngineMethods[Method]['request'], options: CallOptions<Method> = {}): Promise<EngineMethods[Method]['response']> {
    this.calls.push(method);
    if (options.signal?.aborted) return Promise.reject(new EngineFailure({ kind: 'cancelled' }));
    return this.handlers[method](request);
  }

  dispose(): void {
    this.calls.length = 0;
  }

  private decide(request: RoutingRequest): RoutingDecision {
    const ranking = this.rank(request.candidates).map(({ card }, index) => ({
      modelId: card.id,
      score: -index,
      wishScore: 0,
      scoreDeviation: 0.1,
      winProbability: 1 / (1 + Math.exp(index)),
      blindUtility: -index,
      features: featuresOf(card.id),
      expectedWords: 120,
      expectedCostUsd: 0.001,
      propensity: index === 0 ? 1 : 0,
    }));
    const ids = ranking.map((candidate) => candidate.modelId);
    const [best] = ids;
    const plan: RoutingPlan = best === undefined ? { kind: 'none', relax: [] } : { kind: 'single', modelId: best, propensity: 1 };
    return {
      plan: this.plan?.(ids, request) ?? plan,
      ranking,
      excluded: [],
      explanation: { ...NO_EXPLANATION, runnerUpId: ids[1] ?? null },
      artifactVersion: ARTIFACT_VERSION,
      queryEmbedding: embeddingOf(request.prompt),
      policyVersion: 'test',
      optimism: 1.5,
      ...(this.comparisonGain === null || !request.comparison.enabled ? {} : { comparisonGain: this.comparisonGain }),
      seed: request.seed,
    };
  }
}

/** Deterministic, of unit length, different for different texts. */
export function embeddingOf(text: string): Float32Array {
  const vector = new Float32Array(EMBEDDING_SIZE);
  vector[hash(text) % EMBEDDING_SIZE] = 1;
  return vector;
}

export function featuresOf(modelId: string): readonly number[] {
  return Array.from({ length: FEATURE_COUNT }, (_, index) => Math.sin(hash(modelId) + index));
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 100_003;
  return value;
}

function learn(picks: EngineMethods['adapt']['request']['graph']['picks']): AdaptationState {
  const userEmbedding = Array.from({ length: FEATURE_COUNT }, (_, index) =>
    picks.reduce((sum, pick) => sum + pick.weight * ((pick.chosen.features[index] ?? 0) - (pick.rejected?.features[index] ?? 0)), 0),
  );
  return {
    schemaVersion: 1,
    artifactVersion: ARTIFACT_VERSION,
    userEmbedding,
    covariance: Array.from({ length: FEATURE_COUNT * FEATURE_COUNT }, () => 0),
    lastAppliedId: picks.at(-1)?.id ?? null,
    appliedCount: picks.length,
    drift: NO_DRIFT,
  };
}
