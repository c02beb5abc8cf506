import type { App } from '../store/app';
import { shownResponse } from '../store/turn-tree';
import { sendTurn, type SendOutcome } from './send-turn';

/**
 * Sends a changed prompt as a sibling of the turn it was made from: the old branch stays, and the new one is shown. A model that the user
 * had chosen for the old prompt is asked again; otherwise Auto decides anew. Null when the turn is gone.
 */
export async function sendEdited(app: App, turnId: string, prompt: string): Promise<SendOutcome | null> {
  const turn = app.chat.find(turnId);
  if (!turn) return null;
  const before = turn.mode === 'manual' ? shownResponse(turn)?.modelId : undefined;
  const chosenModelId = before !== undefined && app.pool.connected(before) ? before : null;
  const outcome = await sendTurn(app, { prompt, chosenModelId, parentId: turn.parentId, attachments: turn.attachments, withoutImages: chosenModelId !== null });
  if (outcome.kind === 'sent') app.chat.edit(null);
  return outcome;
}
