import type { Conversation, Turn } from '../core/conversation';
import type { TacitDatabase } from './database';
import { toStoredTurn, toTurn, type StoredTurn } from './rows';
import { guarded } from './storage-error';
import { turnsOf } from './turns';

export interface ImportableChat {
  readonly conversation: Conversation;
  readonly turns: readonly Turn[];
}

export interface ImportedChats {
  /** Conversations that were not there before. */
  readonly added: readonly string[];
  /** Conversations that were there and had something new. */
  readonly grown: readonly string[];
  readonly known: number;
}

/**
 * Adds chats from elsewhere in one transaction. Their ids are the same in every export, so that one that is here already only gets what is new
 * in it: importing twice changes nothing. Rejects with StorageFailure.
 */
export function importChats(database: TacitDatabase, chats: readonly ImportableChat[]): Promise<ImportedChats> {
  const { conversations, turns, decisions } = database;
  return guarded(() =>
    database.transaction('rw', conversations, turns, decisions, async () => {
      const added: string[] = [];
      const grown: string[] = [];
      let known = 0;
      for (const chat of chats) {
        const existing = await conversations.get(chat.conversation.id);
        const fresh = await freshTurns(database, chat.turns);
        if (existing !== undefined && fresh.length === 0) {
          known += 1;
          continue;
        }
        (existing === undefined ? added : grown).push(chat.conversation.id);
        await conversations.put(existing === undefined ? chat.conversation : continued(existing, chat.conversation));
        await turns.bulkPut(fresh);
        await decisions.bulkPut(chat.turns.flatMap(({ id, decision }) => (decision === null ? [] : [{ turnId: id, decision }])));
      }
      return { added, grown, known };
    }),
  );
}

/** Takes chats away again that an import had added, before anything was made of them. Rejects with StorageFailure. */
export function removeImported(database: TacitDatabase, conversationIds: readonly string[]): Promise<void> {
  const { conversations, turns, decisions } = database;
  return guarded(() =>
    database.transaction('rw', conversations, turns, decisions, async () => {
      for (const id of conversationIds) {
        const turnIds = await turnsOf(database, id).primaryKeys();
        await turns.bulkDelete(turnIds);
        await decisions.bulkDelete(turnIds);
      }
      await conversations.bulkDelete([...conversationIds]);
    }),
  );
}

/** Turns that are new, and those that have new answers. */
async function freshTurns(database: TacitDatabase, turns: readonly Turn[]): Promise<readonly StoredTurn[]> {
  const known = await database.turns.bulkGet(turns.map((turn) => turn.id));
  return turns.flatMap((turn, index) => {
    const stored = known[index];
    if (stored === undefined) return [toStoredTurn(turn)];
    const ids = new Set(stored.responses.map((response) => response.id));
    const responses = turn.responses.filter((response) => !ids.has(response.id));
    return responses.length === 0 ? [] : [toStoredTurn({ ...toTurn(stored, null), responses: [...stored.responses, ...responses] })];
  });
}

/** The chat went on in the other app: its newest end is shown, everything else stays as it is here. */
function continued(existing: Conversation, incoming: Conversation): Conversation {
  return { ...existing, updatedAt: Math.max(existing.updatedAt, incoming.updatedAt), currentTurnId: incoming.currentTurnId ?? existing.currentTurnId };
}
