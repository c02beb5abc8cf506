import { Dexie, type Collection } from 'dexie';
import type { Conversation, ModelResponse, Turn } from '../core/conversation';
import { watchChanges, type TableChange } from './changes';
import type { TacitDatabase } from './database';
import { toStoredTurn, toTurn, type StoredTurn } from './rows';
import { mergeProgress } from './response-progress';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

const VISITED_AT_ONCE = 200;

/** What happened to the turns of a conversation. */
export interface ConversationChange {
  readonly changed: readonly Turn[];
  readonly gone: readonly string[];
  readonly everything: readonly Turn[] | null;
}

/** Turns with their decisions, oldest first. Every method rejects with StorageFailure. */
export class TurnRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<Turn | null> {
    return guarded(() => this.read(id));
  }

  /** Follows one turn, streaming text included, also when another tab writes it. */
  watchOne(id: string, watcher: Watcher<Turn | null>): Unwatch {
    return watch(() => this.read(id), watcher);
  }

  /** All turns of a conversation, by `createdAt`. */
  list(conversationId: string): Promise<readonly Turn[]> {
    return guarded(() => this.readAll(conversationId));
  }

  /** As `list`, with every `decision` null: those are large, and of a long conversation few are ever looked at. */
  listLight(conversationId: string): Promise<readonly Turn[]> {
    return guarded(async () => (await turnsOf(this.database, conversationId).toArray()).map((stored) => toTurn(stored, null)));
  }

  /** As `getMany`, with every `decision` null. */
  getLight(ids: readonly string[]): Promise<readonly Turn[]> {
    return guarded(async () => (await this.database.turns.bulkGet([...ids])).filter((stored) => stored !== undefined).map((stored) => toTurn(stored, null)));
  }

  /** The ids of every turn there is, oldest first. */
  allIds(): Promise<readonly string[]> {
    return guarded(() => this.database.turns.toCollection().primaryKeys());
  }

  /**
   * The ids of a conversation's turns, by `createdAt`: reads the index only and stays cheap at thousands of turns.
   * It tells of new and removed turns; `watchOne` tells of a change inside one.
   */
  watchIds(conversationId: string, watcher: Watcher<readonly string[]>): Unwatch {
    return watch(() => turnsOf(this.database, conversationId).primaryKeys(), watcher);
  }

  /**
   * Tells of the turns of a conversation that change, with their decisions, and of ids that are no longer there; reads nothing else, so that it stays cheap at
   * thousands of turns. After a change of too many rows to name, `everything` holds all turns, with every `decision` null.
   */
  follow(conversationId: string, onChange: (change: ConversationChange) => void): Unwatch {
    let reading: Promise<unknown> = Promise.resolve();
    const read = async ({ keys, many }: TableChange) => {
      if (many) return onChange({ changed: [], gone: [], everything: await this.listLight(conversationId) });
      const found = await this.getMany(keys);
      const there = new Set(found.map(({ id }) => id));
      onChange({ changed: found.filter((turn) => turn.conversationId === conversationId), gone: keys.filter((id) => !there.has(id)), everything: null });
    };
    // One after the other, so that an older state never comes last. A closed database says so by itself.
    return watchChanges(this.database, 'turns', (change) => (reading = reading.then(() => read(change)).catch(() => undefined)));
  }

  /** Follows a whole conversation; for long ones prefer `follow`. */
  watchAll(conversationId: string, watcher: Watcher<readonly Turn[]>): Unwatch {
    return watch(() => this.readAll(conversationId), watcher);
  }

  /** Turns by id, in the order asked for; missing ones are left out. */
  getMany(ids: readonly string[]): Promise<readonly Turn[]> {
    const { turns, decisions } = this.database;
    return guarded(() =>
      this.database.transaction('r', turns, decisions, async () =>
        this.withDecisions((await turns.bulkGet([...ids])).filter((turn) => turn !== undefined)),
      ),
    );
  }

  /** Visits every turn that has a decision, a few hundred at a time, so that a long history need not fit in memory at once. */
  eachDecided(visit: (turn: Turn) => void): Promise<void> {
    const { turns, decisions } = this.database;
    return guarded(async () => {
      const ids = await decisions.toCollection().primaryKeys();
      for (let start = 0; start < ids.length; start += VISITED_AT_ONCE) {
        const stored = await turns.bulkGet(ids.slice(start, start + VISITED_AT_ONCE));
        (await this.withDecisions(stored.filter((turn) => turn !== undefined))).forEach(visit);
      }
    });
  }

  /**
   * Stores a turn, its decision and, when given, its conversation in one transaction. A turn whose `decision` is null
   * leaves a decision stored before untouched. Its files pass from the draft to the conversation.
   */
  save(turn: Turn, conversation?: Conversation): Promise<void> {
    const { turns, decisions, conversations, attachments } = this.database;
    return guarded(() =>
      this.database.transaction('rw', turns, decisions, conversations, attachments, async () => {
        if (conversation !== undefined) await conversations.put(conversation);
        await turns.put(toStoredTurn(turn));
        if (turn.decision !== null) await decisions.put({ turnId: turn.id, decision: turn.decision });
        for (const { id } of turn.attachments) await attachments.update(id, { ownerId: turn.conversationId });
      }),
    );
  }

  /** Changes one turn as it is on disk now, so that two tabs do not overwrite each other; null when it is gone. */
  update(id: string, change: (turn: Turn) => Turn): Promise<Turn | null> {
    const { turns, decisions } = this.database;
    return guarded(() => this.database.transaction('rw', turns, decisions, () => updateTurn(this.database, id, change)));
  }

  /**
   * Stores what a response holds so far, or its end. Meant to be called about once a second while streaming (see
   * ProgressWriter), so that a reload keeps the text received. A late progress never reopens a response that has ended, except one
   * that recovery closed by mistake. A response new to the turn (a regeneration) is added. False when the turn is gone.
   */
  saveResponseProgress(turnId: string, response: ModelResponse): Promise<boolean> {
    const { turns } = this.database;
    return guarded(() =>
      this.database.transaction('rw', turns, async () => {
        const stored = await turns.get(turnId);
        if (stored === undefined) return false;
        const responses = mergeProgress(stored.responses, response);
        if (responses !== stored.responses) await turns.put(toStoredTurn({ ...toTurn(stored, null), responses }));
        return true;
      }),
    );
  }

  /** Turns with at least one response marked as streaming, from the index. */
  listOpen(): Promise<readonly StoredTurn[]> {
    return guarded(() => this.database.turns.where('openResponseIds').above('').distinct().toArray());
  }

  private read(id: string): Promise<Turn | null> {
    const { turns, decisions } = this.database;
    return this.database.transaction('r', turns, decisions, async () => {
      const stored = await turns.get(id);
      return stored === undefined ? null : toTurn(stored, (await decisions.get(id))?.decision ?? null);
    });
  }

  private readAll(conversationId: string): Promise<readonly Turn[]> {
    const { turns, decisions } = this.database;
    return this.database.transaction('r', turns, decisions, async () =>
      this.withDecisions(await turnsOf(this.database, conversationId).toArray()),
    );
  }

  private async withDecisions(stored: readonly StoredTurn[]): Promise<readonly Turn[]> {
    const decisions = await this.database.decisions.bulkGet(stored.map((turn) => turn.id));
    return stored.map((turn, index) => toTurn(turn, decisions[index]?.decision ?? null));
  }
}

/** A conversation's turns by `createdAt`, as a query. */
export function turnsOf(database: TacitDatabase, conversationId: string): Collection<StoredTurn, string> {
  const from = [conversationId, Dexie.minKey];
  const to = [conversationId, Dexie.maxKey];
  return database.turns.where('[conversationId+createdAt]').between(from, to);
}

/** Read, change, write inside the caller's transaction over turns and decisions. */
export async function updateTurn(database: TacitDatabase, id: string, change: (turn: Turn) => Turn): Promise<Turn | null> {
  const stored = await database.turns.get(id);
  if (stored === undefined) return null;
  const current = toTurn(stored, (await database.decisions.get(id))?.decision ?? null);
  const next = change(current);
  await database.turns.put(toStoredTurn(next));
  if (next.decision !== null && next.decision !== current.decision) {
    await database.decisions.put({ turnId: id, decision: next.decision });
  }
  return next;
}
