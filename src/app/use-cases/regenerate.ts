import type { StandIn } from '../../core/conversation';
import type { App } from '../store/app';
import { shownResponse } from '../store/turn-tree';
import { measure, recordAgainst } from './after-answer';
import { confirmBudget } from './choose-plan';
import { messagesFor } from './messages';
import { newResponse, streamResponse } from './stream-response';

/**
 * Asks for another answer to a turn and shows it; the earlier ones stay. With another model this is a weak preference for it over the one
 * whose answer was put aside, provided that answer was read in full. A stand-in for a model that failed says so.
 */
export async function regenerate(app: App, turnId: string, modelId: string, standIn: StandIn | null = null): Promise<void> {
  const turn = app.chat.find(turnId);
  if (!turn || !(await confirmBudget(app, modelId))) return;
  const before = shownResponse(turn);
  const response = newResponse(app, modelId, standIn);
  await app.chat.changeTurn(turnId, (current) => ({ ...current, responses: [...current.responses, response], shownResponseId: response.id }));
  const final = await streamResponse(app, turnId, response, await messagesFor(app, turn, modelId));
  if (final.status !== 'complete' || !app.engine.isReady()) return;
  try {
    await measure(app, turn, [final]);
    if (before?.status === 'complete' && before.modelId !== modelId) {
      await recordAgainst(app, turn, 'regenerate', final, { modelId: before.modelId, response: before });
    }
  } catch (thrown) {
    console.warn('Nothing was learned from this regeneration', thrown);
  }
}

/** Shows another of a turn's answers; later turns build on it. */
export async function showResponse(app: App, turnId: string, responseId: string): Promise<void> {
  await app.chat.changeTurn(turnId, (turn) => ({ ...turn, shownResponseId: responseId }));
}
