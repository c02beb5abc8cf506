import type { AdaptationState } from '../../core/adaptation-state';
import type { Connection } from '../../core/connection';
import { newConversation, type Conversation, type Folder, type ModelResponse, type Turn } from '../../core/conversation';
import { AXIS_COUNT, EMBEDDING_SIZE, FEATURE_COUNT, TASK_COUNT } from '../../core/dimensions';
import type { PreferencePair } from '../../core/preference';
import type { RoutingDecision } from '../../core/routing';
import type { StoredModel } from '../rows';

/** Rows as the app writes them, varied by a number. For tests. */

export function sampleVector(size: number, seed: number): Float32Array {
  return Float32Array.from({ length: size }, (_value, index) => Math.sin(seed * 12.9898 + index * 78.233));
}

function sampleNumbers(size: number, seed: number): readonly number[] {
  return Array.from({ length: size }, (_value, index) => Math.sin(seed + index * 1.7) * 3);
}

export function sampleConversation(id: string, updatedAt = 1): Conversation {
  return newConversation({ id, title: `Chat ${id}`, createdAt: 1, updatedAt });
}

export function sampleFolder(id: string): Folder {
  return { id, name: `Folder ${id}`, createdAt: 1, open: true };
}

export function sampleResponse(id: string, changes: Partial<ModelResponse> = {}): ModelResponse {
  return {
    id,
    modelId: 'local/tiny',
    modelName: 'Tiny',
    text: `Grüße, 你好 from ${id}`,
    reasoningText: '',
    status: 'complete',
    failure: null,
    startedAt: 10,
    firstTokenAt: 11,
    finishedAt: 12,
    usage: { inputTokens: 3, outputTokens: 5, estimated: false },
    costUsd: 0.00012,
    standIn: null,
    ...changes,
  };
}

export function sampleDecision(seed: number, candidates = 3): RoutingDecision {
  const ranking = Array.from({ length: candidates }, (_value, index) => ({
    modelId: `local/model-${index}`,
    score: 1 - index / 7,
    wishScore: 0,
    scoreDeviation: index / 3,
    winProbability: 0.5 - index / 100,
    blindUtility: 0.1 * index,
    features: sampleNumbers(FEATURE_COUNT, seed + index),
    expectedWords: 120,
    expectedCostUsd: index === 0 ? 0 : null,
    propensity: 1 / candidates,
  }));
  return {
    plan: { kind: 'compare', modelIds: ['local/model-0', 'local/model-1'], reason: 'uncertain', propensity: 0.25 },
    ranking,
    excluded: [{ modelId: 'far/big', reason: 'not_local', reasons: ['not_local', 'too_expensive'] }],
    explanation: {
      runnerUpId: 'local/model-1',
      margin: 1 / 7,
      axes: [
        { axis: 'length', contribution: 0.1 },
        { axis: 'residual', contribution: 0.02 },
        { axis: 'shared', contribution: 0.01 },
        { axis: 'speed', contribution: 0 },
      ],
      picks: [{ preferenceId: 'pick-1', contribution: 0.03 }],
      otherPicks: { count: 2, contribution: 0.01 },
      priorContribution: 0.02,
    },
    artifactVersion: 'router-1',
    queryEmbedding: sampleVector(EMBEDDING_SIZE, seed),
    policyVersion: 'policy-1',
    optimism: 1.5,
    seed,
  };
}

export function sampleTurn(id: string, conversationId: string, changes: Partial<Turn> = {}): Turn {
  return {
    id,
    conversationId,
    parentId: null,
    createdAt: 5,
    prompt: `Prompt of ${id}`,
    attachments: [],
    mode: 'auto',
    decision: null,
    responses: [sampleResponse(`${id}-response`)],
    shownResponseId: `${id}-response`,
    comparison: null,
    thumbs: null,
    ...changes,
  };
}

export function samplePreference(id: string, changes: Partial<PreferencePair> = {}): PreferencePair {
  const judged = { modelId: 'local/tiny', features: sampleNumbers(FEATURE_COUNT, id.length), blindUtility: 0.2, words: 80, costUsd: null, latencyMs: 900 };
  return {
    id,
    createdAt: 100,
    source: 'compare',
    outcome: 'win',
    chosen: judged,
    rejected: { ...judged, modelId: 'local/other' },
    queryEmbedding: sampleVector(EMBEDDING_SIZE, id.length),
    promptExcerpt: 'How do I',
    weight: 1,
    blind: true,
    chosenSide: 'left',
    propensity: 0.5,
    artifactVersion: 'router-1',
    conversationId: null,
    turnId: null,
    undoneAt: null,
    ...changes,
  };
}

export function sampleAdaptation(lastAppliedId: string | null, appliedCount: number, artifactVersion = 'router-1'): AdaptationState {
  return {
    schemaVersion: 1,
    artifactVersion,
    userEmbedding: sampleNumbers(FEATURE_COUNT, appliedCount),
    covariance: sampleNumbers(FEATURE_COUNT * FEATURE_COUNT, appliedCount),
    lastAppliedId,
    appliedCount,
    drift: {
      halfLifePicks: null,
      prequentialLoss: [0.7, 0.6],
      predictionCount: appliedCount,
      changes: [],
      changeAtPickId: null,
      dismissedPickId: null,
    },
  };
}

export function sampleModel(id: string, connectionId: string | null = 'home', changes: Partial<StoredModel> = {}): StoredModel {
  const description = `A small model called ${id}.`;
  return {
    id,
    card: {
      id,
      name: id,
      provider: 'Home',
      family: 'tiny',
      description,
      contextTokens: 8192,
      priceInUsdPerMTok: 0,
      priceOutUsdPerMTok: 0,
      paramsB: 1.5,
      released: '2026-01',
      tier: 2,
      openWeights: true,
      reasoning: false,
      local: true,
      modalities: ['text'],
      speed: 'fast',
      tools: null,
    },
    connectionId,
    remoteId: id,
    enabled: true,
    fingerprint: {
      count: 4,
      axes: sampleNumbers(AXIS_COUNT, 1),
      clusterQuality: sampleNumbers(TASK_COUNT, 2),
      clusterLength: sampleNumbers(TASK_COUNT, 3),
      clusterCount: Array.from({ length: TASK_COUNT }, () => 1),
      judged: true,
    },
    descriptionEmbedding: { text: description, encoderId: 'minilm', vector: sampleVector(EMBEDDING_SIZE, 9) },
    addedAt: 1,
    ...changes,
  };
}

export function sampleConnection(id: string, changes: Partial<Connection> = {}): Connection {
  return {
    id,
    kind: 'openai-compatible',
    name: `Server ${id}`,
    baseUrl: `https://${id}.example/v1`,
    apiKey: `sk-${id}-secret`,
    headers: { 'x-team': 'blue' },
    ...changes,
  };
}
