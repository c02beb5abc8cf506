import type { ModelResponse, Turn } from '../../core/conversation';
import { connectionIdOf } from '../../core/routing';
import type { App } from '../store/app';
import { shownResponse } from '../store/turn-tree';
import { regenerate } from './regenerate';

/** Failures of a whole connection: its other models would fail alike. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['wrong_key', 'no_credit', 'rate_limited', 'unreachable', 'cors_or_network', 'server_error']);

/** The response whose failure lets another model be offered: the one on screen, of a turn that Auto answered. */
function failedResponse(turn: Turn): ModelResponse | null {
  const shown = shownResponse(turn);
  return turn.mode === 'auto' && shown?.status === 'failed' ? shown : null;
}

/**
 * The next model in the router's order when the one that Auto chose has failed: none that failed in this turn already, none on a connection
 * that failed as a whole, none beyond its budget. Null when nothing is left, or nothing failed.
 */
export function nextBest(app: App, turn: Turn): string | null {
  if (!failedResponse(turn) || !turn.decision) return null;
  const failed = turn.responses.filter((response) => response.status === 'failed');
  const triedIds = new Set(turn.responses.map((response) => response.modelId));
  const downIds = new Set(failed.filter((response) => OF_CONNECTION.has(response.failure?.kind ?? '')).map((response) => connectionIdOf(response.modelId)));
  const isOffline = failed.some((response) => response.failure?.kind === 'offline');
  const next = turn.decision.ranking.find(({ modelId }) => {
    const connectionId = connectionIdOf(modelId);
    const connected = app.pool.connected(modelId);
    return connected !== null && !triedIds.has(modelId) && !downIds.has(connectionId) && !app.budget.isSpent(connectionId) && (!isOffline || connected.model.card.local);
  });
  return next?.modelId ?? null;
}

/** Another model answers in place of the one that failed; the failed answer stays in the turn. */
export async function answerInstead(app: App, turnId: string, agreed: 'asked' | 'standing'): Promise<void> {
  const turn = app.chat.find(turnId);
  const failed = turn && failedResponse(turn);
  const modelId = turn && nextBest(app, turn);
  if (failed && modelId) await regenerate(app, turnId, modelId, { reason: 'provider_failed', insteadOf: failed.modelId, agreed });
}

/**
 * With the user's standing consent the next model answers, and the one after it if need be. What has begun to be answered is left for the
 * user to decide.
 */
export async function standInForFailure(app: App, turnId: string): Promise<void> {
  if (app.settings.store.getState().whenProviderFails !== 'next') return;
  for (;;) {
    const turn = app.chat.find(turnId) ?? (await app.platform.storage.turns.get(turnId));
    const failed = turn && failedResponse(turn);
    if (!failed || failed.text !== '' || nextBest(app, turn) === null) return;
    await answerInstead(app, turnId, 'standing');
  }
}
