import { TEMPORARY_ID } from '../../core/conversation';
import type { App } from '../store/app';
import { preferencePair } from '../store/preference-pair';
import { shownResponse } from '../store/turn-tree';
import { judgeContext, recordForTurn } from './judge';

/** A thumb on the shown answer. The same thumb again takes it back; the other one replaces it. Nothing in a temporary chat. Rejects when the router cannot describe the answer. */
export async function rateResponse(app: App, turnId: string, thumb: 'up' | 'down'): Promise<void> {
  const turn = app.chat.find(turnId);
  const response = turn && shownResponse(turn);
  if (!turn || !response || response.text === '' || turn.conversationId === TEMPORARY_ID) return;
  const earlier = app.memory.store.getState().log.filter((pair) => pair.turnId === turnId && pair.source === 'thumb' && pair.undoneAt === null);
  const thumbs = turn.thumbs === thumb ? null : thumb;
  await app.chat.changeTurn(turnId, (current) => ({ ...current, thumbs }));
  for (const pair of earlier) await app.memory.undo(pair.id);
  if (thumbs === null) return;
  const { judged, predictions } = await judgeContext(app, turn, [response.modelId]);
  const pair = preferencePair({
    id: app.platform.clock.newId(),
    createdAt: app.platform.clock.now(),
    source: 'thumb',
    outcome: thumb === 'up' ? 'both_good' : 'both_bad',
    chosen: judged(response.modelId, response),
    rejected: null,
    queryEmbedding: predictions.queryEmbedding,
    prompt: turn.prompt,
    artifactVersion: predictions.artifactVersion,
    propensity: turn.decision?.ranking.find((candidate) => candidate.modelId === response.modelId)?.propensity ?? 1,
    conversationId: turn.conversationId,
    turnId,
  });
  await recordForTurn(app, pair, (current) => ({ ...current, thumbs }));
}
