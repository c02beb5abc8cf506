/** Small, well-formed values for the core's unit tests. Nothing here is measured data. */
import { AXIS_COUNT, EMBEDDING_SIZE, FEATURE_COUNT, RESIDUAL_COUNT, TASK_COUNT } from '../dimensions';
import { identityMatrix } from '../linear-algebra';
import { LLM_FEATURE_NAMES } from '../llm-features';
import type { ArtifactManifest, AxisConstants, RouterArtifact } from '../manifest';
import type { JudgedResponse, PreferencePair } from '../preference';
import { QUERY_FEATURE_NAMES } from '../query-features';
import type { Random } from '../random';
import { sampleNormal } from '../random';
import type { RouterOutputs } from '../router-outputs';
import type { Candidate, ModelCard, RoutingRequest } from '../routing';
import { NEUTRAL_UTILITY, NO_RULES } from '../routing';
import type { UserPrior } from '../user-embedding';

/** The noise makes a pick about as sure as a logistic choice of slope 1. */
export const OUTCOME_MODEL = { population: new Array<number>(FEATURE_COUNT).fill(0), pickNoise: { share: [1], variance: [1.702 ** 2] }, tieNu: 0.5, tauMean: -0.5, tauVariance: 1 };

export const AXIS_CONSTANTS: AxisConstants = {
  mean: [0, 5, -1, 1.2, 47, 0.4, 0.3, -0.5, 0.3, 0.04, 0.05, -0.5],
  sd: [1, 1, 1.4, 1.3, 27, 0.6, 0.7, 0.7, 0.5, 0.2, 0.15, 0.2],
  costP1Usd: 6e-6,
  costP99Usd: 0.03,
};

export const ROUTER: RouterArtifact = {
  inputs: [{ name: 'query_embedding', shape: ['B', EMBEDDING_SIZE], dtype: 'float32' }],
  outputs: [{ name: 'utility', shape: ['B', 'M'], dtype: 'float32' }],
  opset: 17,
  ...OUTCOME_MODEL,
  pickTemperature: 1,
  priorCorrelation: Array.from(identityMatrix(FEATURE_COUNT)),
  populationMean: Array.from({ length: FEATURE_COUNT }, () => 0),
  populationCovariance: Array.from(identityMatrix(FEATURE_COUNT)),
  interceptVariance: 0.25,
  spikeAndSlab: [],
  sharedTaste: null,
  queryWords: new Map([['?', 0], ['poem', 1], ['the', 2]]),
};

export const ARTIFACT: ArtifactManifest = {
  artifactVersion: 'router-000000000000',
  gitSha: 'unknown',
  seed: 0,
  files: {},
  router: ROUTER,
  encoder: { id: 'encoder', dims: EMBEDDING_SIZE, maxTokens: 256, files: {} },
};

/** `manifest.json` as the trainer writes it, before parsing. */
export function manifestJson(): Record<string, unknown> {
  const rows = Array.from({ length: FEATURE_COUNT }, (_, i) => Array.from({ length: FEATURE_COUNT }, (_, j) => (i === j ? 1 : 0)));
  const file = { sha256: 'ab'.repeat(32), bytes: 10 };
  const { inputs, outputs, opset, population, pickNoise, tieNu, tauMean, tauVariance, pickTemperature, populationMean, interceptVariance, queryWords } = ROUTER;
  return {
    schemaVersion: 1,
    gitSha: 'unknown',
    seed: 0,
    config: { anything: true },
    files: { 'router.onnx': file, 'fingerprints.json': file },
    router: {
      inputs, outputs, opset, population, pickNoise, tieNu, tauMean, tauVariance, pickTemperature, populationMean, interceptVariance,
      axes: ['quality', 'length', 'length_fit', 'structure', 'simplicity', 'warmth', 'rigour', 'certainty', 'examples', 'interaction', 'code', 'economy'],
      residualDims: RESIDUAL_COUNT,
      priorCorrelation: rows,
      populationCovariance: rows,
      llmFeatureNames: LLM_FEATURE_NAMES,
      queryFeatureNames: QUERY_FEATURE_NAMES,
      queryWords: [...queryWords.keys()],
      sharedTaste: { share: 0.5, shift: new Array<number>(FEATURE_COUNT).fill(0.1), variance: 0.1 },
      spikeAndSlab: [{ axis: 'warmth', share: [0.7, 0.3], mean: [0, 0], variance: [0.02, 1] }],
    },
    encoder: { id: 'encoder', dims: EMBEDDING_SIZE, maxTokens: 256, files: { q8: 'encoder/onnx/model_quantized.onnx' } },
  };
}

export function modelCard(id: string, changes: Partial<ModelCard> = {}): ModelCard {
  return {
    id,
    name: id,
    provider: 'provider',
    family: 'family',
    description: 'A model.',
    contextTokens: 128_000,
    priceInUsdPerMTok: 1,
    priceOutUsdPerMTok: 3,
    paramsB: null,
    released: '2024-06',
    tier: 3,
    openWeights: false,
    reasoning: false,
    local: false,
    modalities: ['text'],
    speed: 'medium',
    tools: null,
    ...changes,
  };
}

export function candidate(id: string, changes: Partial<ModelCard> = {}): Candidate {
  return { card: modelCard(id, changes), descriptionEmbedding: new Float32Array(EMBEDDING_SIZE), fingerprint: null };
}

export function judged(features: readonly number[], blindUtility = 0): JudgedResponse {
  return { modelId: 'm', features, blindUtility, words: 100, costUsd: null, latencyMs: null };
}

/** A pick; ids sort by `index`. */
export function pickOf(index: number, chosen: readonly number[], rejected: readonly number[] | null, changes: Partial<PreferencePair> = {}): PreferencePair {
  return {
    id: `pick-${String(index).padStart(5, '0')}`,
    createdAt: index,
    source: 'compare',
    outcome: 'win',
    chosen: judged(chosen),
    rejected: rejected === null ? null : judged(rejected),
    queryEmbedding: new Float32Array(EMBEDDING_SIZE),
    promptExcerpt: '',
    weight: 1,
    blind: true,
    chosenSide: 'left',
    propensity: 1,
    artifactVersion: ARTIFACT.artifactVersion,
    conversationId: null,
    turnId: null,
    undoneAt: null,
    ...changes,
  };
}

export function randomFeatures(random: Random, scale = 1): number[] {
  return Array.from({ length: FEATURE_COUNT }, () => scale * sampleNormal(random));
}

export function standardPrior(variance = 1): UserPrior {
  return { mean: new Float64Array(FEATURE_COUNT), covariance: identityMatrix(FEATURE_COUNT).map((value) => value * variance), mixtures: [], shared: null };
}

/** Graph outputs for candidates with these features and utilities; every pick fully relevant. */
export function outputsOf(features: readonly (readonly number[])[], utility: readonly number[], picks = 0): RouterOutputs {
  return {
    utility: Float32Array.from(utility),
    axes: Float32Array.from(features.flatMap((row) => row.slice(0, AXIS_COUNT))),
    residual: Float32Array.from(features.flatMap((row) => row.slice(AXIS_COUNT))),
    priorMean: new Float32Array(FEATURE_COUNT),
    priorLogVariance: new Float32Array(FEATURE_COUNT),
    evidenceRelevance: new Float32Array(Math.max(picks, 1)).fill(1),
    taskMembership: new Float32Array(TASK_COUNT).fill(1 / TASK_COUNT),
    promptEffect: new Float32Array(AXIS_COUNT),
  };
}

export function requestOf(candidates: readonly Candidate[], changes: Partial<RoutingRequest> = {}): RoutingRequest {
  return {
    prompt: 'How do I boil an egg?',
    context: [],
    candidates,
    graph: { picks: [], decay: [] },
    constraints: { ...NO_RULES, excludedModelIds: [], spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: [] },
    utility: NEUTRAL_UTILITY,
    comparison: { enabled: false, remaining: 0, epsilon: 0, recentGains: [] },
    seed: 1,
    ...changes,
  };
}
