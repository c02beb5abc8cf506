import type { Turn } from '../../core/conversation';
import type { DescribeReply } from '../../protocol/engine';
import type { App } from '../store/app';
import { branch } from '../store/turn-tree';
import { routingContext } from './routing-request';

export interface Prediction {
  readonly modelId: string;
  /** `[20]` */
  readonly features: readonly number[];
  readonly blindUtility: number;
}

export interface TurnPredictions {
  readonly of: (modelId: string) => Prediction | null;
  readonly queryEmbedding: Float32Array;
  readonly artifactVersion: string;
}

/**
 * What the router expects of each of these models for a turn: from its decision where that holds them all, otherwise asked now
 * (the router was late, or a model was outside its pool) unless `described` says it already. Rejects with EngineFailure.
 */
export async function turnPredictions(app: App, turn: Turn, modelIds: readonly string[], described: DescribeReply | null = null): Promise<TurnPredictions> {
  const { decision } = turn;
  const ranked = decision?.ranking ?? [];
  if (decision && modelIds.every((modelId) => ranked.some((candidate) => candidate.modelId === modelId))) {
    return predictionsFrom(ranked, decision.queryEmbedding, decision.artifactVersion);
  }
  const reply = described ?? (await describeTurn(app, turn, modelIds));
  return predictionsFrom(reply.responses, reply.queryEmbedding, reply.artifactVersion);
}

/** What the router says now of a turn's prompt and of the pool's answers to it, `modelIds` included. Rejects with EngineFailure. */
export async function describeTurn(app: App, turn: Turn, modelIds: readonly string[]): Promise<DescribeReply> {
  const { turns } = app.chat.store.getState();
  const candidates = await app.pool.candidates();
  const missing = modelIds.filter((modelId) => !candidates.some((candidate) => candidate.card.id === modelId));
  const cards = missing.flatMap((modelId) => app.pool.cardOf(modelId) ?? []);
  return app.engine.engine.call('describe', {
    prompt: turn.prompt,
    context: routingContext(branch(turns, turn.parentId)),
    queryEmbedding: turn.decision?.queryEmbedding ?? null,
    candidates: [...candidates, ...(cards.length > 0 ? await app.pool.candidatesOf(cards) : [])],
    graph: app.memory.graph(),
  });
}

function predictionsFrom(predictions: readonly Prediction[], queryEmbedding: Float32Array, artifactVersion: string): TurnPredictions {
  return { of: (modelId) => predictions.find((prediction) => prediction.modelId === modelId) ?? null, queryEmbedding, artifactVersion };
}
