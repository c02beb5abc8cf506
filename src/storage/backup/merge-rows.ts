import type { Connection } from '../../core/connection';
import type { Conversation, ModelResponse, ResponseStatus } from '../../core/conversation';
import type { PreferencePair } from '../../core/preference';
import { openResponseIds, type StoredModel, type StoredTurn, type TableName, type Tables } from '../rows';

/** How a row of this browser and the backup's row with the same key become one. Nothing that only one side has is lost. */
export type RowMerge<Row> = (local: Row, incoming: Row) => Row;

export const ROW_MERGES: { readonly [Name in TableName]: RowMerge<Tables[Name]> } = {
  conversations: newerConversation,
  folders: keepLocal,
  turns: mergeTurn,
  decisions: keepLocal,
  preferences: mergePreference,
  // Replayed from the merged log by the app; the local state keeps the user's answers to drift alarms.
  adaptation: keepLocal,
  models: mergeModel,
  connections: (local, incoming) => (local.apiKey === '' ? fillKey(local, incoming) : local),
  settings: keepLocal,
  drafts: (local, incoming) => (incoming.updatedAt > local.updatedAt ? incoming : local),
  // The later state of one response has counted more.
  expenses: (local, incoming) => (incoming.outputTokens > local.outputTokens ? incoming : local),
  attachments: keepLocal,
  presets: (local, incoming) => (incoming.updatedAt > local.updatedAt ? incoming : local),
};

/**
 * Takes the other's key and headers only for the same kind and address: a file must not be able to point a known connection,
 * key and all, at another server.
 */
export function fillKey(connection: Connection, other: Connection): Connection {
  const same = connection.kind === other.kind && connection.baseUrl === other.baseUrl;
  return same ? { ...connection, apiKey: other.apiKey, headers: other.headers } : connection;
}

function keepLocal<Row>(local: Row): Row {
  return local;
}

function newerConversation(local: Conversation, incoming: Conversation): Conversation {
  return incoming.updatedAt > local.updatedAt ? incoming : local;
}

function mergeTurn(local: StoredTurn, incoming: StoredTurn): StoredTurn {
  const responses = mergeResponses(local.responses, incoming.responses);
  return {
    ...local,
    responses,
    openResponseIds: openResponseIds(responses),
    comparison: isJudged(local) || !isJudged(incoming) ? local.comparison : incoming.comparison,
    shownResponseId: local.shownResponseId ?? incoming.shownResponseId,
    thumbs: local.thumbs ?? incoming.thumbs,
  };
}

function isJudged(turn: StoredTurn): boolean {
  return turn.comparison !== null && turn.comparison.preferenceId !== null;
}

const COMPLETENESS: Readonly<Record<ResponseStatus, number>> = { streaming: 0, failed: 1, stopped: 2, complete: 3 };

function mergeResponses(local: readonly ModelResponse[], incoming: readonly ModelResponse[]): readonly ModelResponse[] {
  const byId = new Map(local.map((response) => [response.id, response]));
  for (const response of incoming) {
    const known = byId.get(response.id);
    byId.set(response.id, known === undefined ? response : fuller(known, response));
  }
  return [...byId.values()];
}

function fuller(local: ModelResponse, incoming: ModelResponse): ModelResponse {
  const difference = COMPLETENESS[incoming.status] - COMPLETENESS[local.status];
  return difference > 0 || (difference === 0 && incoming.text.length > local.text.length) ? incoming : local;
}

function mergePreference(local: PreferencePair, incoming: PreferencePair): PreferencePair {
  return { ...local, undoneAt: local.undoneAt ?? incoming.undoneAt };
}

function mergeModel(local: StoredModel, incoming: StoredModel): StoredModel {
  const seenMore = (incoming.fingerprint?.count ?? 0) > (local.fingerprint?.count ?? 0);
  return seenMore ? { ...local, fingerprint: incoming.fingerprint } : local;
}
