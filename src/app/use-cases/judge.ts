import type { ModelResponse, Turn } from '../../core/conversation';
import type { JudgedResponse, PreferencePair } from '../../core/preference';
import type { DescribeReply } from '../../protocol/engine';
import type { App } from '../store/app';
import { judgedResponse } from '../store/preference-pair';
import { pickEffect } from '../words/axis-words';
import { turnPredictions, type TurnPredictions } from './predictions';

/** Axes named after a pick. */
const NAMED_CHANGES = 3;

export interface JudgeContext {
  readonly predictions: TurnPredictions;
  readonly judged: (modelId: string, response: ModelResponse | null) => JudgedResponse;
}

/** What is needed to turn a turn's responses into evidence. Rejects with EngineFailure, or when the constants cannot be fetched. */
export async function judgeContext(app: App, turn: Turn, modelIds: readonly string[], described: DescribeReply | null = null): Promise<JudgeContext> {
  const [predictions, table] = await Promise.all([turnPredictions(app, turn, modelIds, described), app.platform.knowledge.fingerprints()]);
  return {
    predictions,
    judged: (modelId, response) => {
      const prediction = predictions.of(modelId);
      if (!prediction) throw new Error(`The router knows nothing of ${modelId}`);
      return judgedResponse({
        modelId,
        predicted: prediction.features,
        blindUtility: prediction.blindUtility,
        text: response?.text ?? null,
        costUsd: response?.costUsd ?? null,
        latencyMs: response?.firstTokenAt ? response.firstTokenAt - response.startedAt : null,
        constants: table.axisConstants,
      });
    },
  };
}

/** Records a pick about a turn and shows what was learned from it. */
export async function recordForTurn(app: App, pair: PreferencePair, changeTurn: (turn: Turn) => Turn): Promise<void> {
  const { after } = await app.memory.record(pair, changeTurn);
  if (pair.turnId === null || after === null) return;
  app.chat.reveal(pair.turnId, { preferenceId: pair.id, changes: pickEffect(pair, after.covariance, NAMED_CHANGES) });
}
