import type { Conversation } from '../core/conversation';
import type { PreferencePair } from '../core/preference';
import type { TacitDatabase } from './database';
import { turnsOf } from './turns';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** What happens to the picks made in a conversation that is deleted. */
export type PicksOnRemoval =
  /** What was learned stays; the prompt excerpts and the link to the conversation go. */
  | 'keep'
  /** The picks go too; the adaptation must be replayed afterwards. */
  | 'forget';

/**
 * Conversations, newest first. Every method rejects with StorageFailure.
 *
 * A deletion has two steps. `discard` takes a conversation out of every list but keeps it whole, so that `restore` undoes it even after a crash; `purge` makes
 * it final. Who discards also purges; what a closed tab left between the two is found by `listDiscarded`.
 */
export class ConversationRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<Conversation | null> {
    return guarded(async () => (await this.database.conversations.get(id)) ?? null);
  }

  list(): Promise<readonly Conversation[]> {
    return guarded(() => this.newestFirst());
  }

  watchAll(watcher: Watcher<readonly Conversation[]>): Unwatch {
    return watch(() => this.newestFirst(), watcher);
  }

  save(conversation: Conversation): Promise<void> {
    return guarded(async () => {
      await this.database.conversations.put(conversation);
    });
  }

  /** Changes one conversation as it is on disk now; null when it is gone. */
  update(id: string, change: (conversation: Conversation) => Conversation): Promise<Conversation | null> {
    const { conversations } = this.database;
    return guarded(() =>
      this.database.transaction('rw', conversations, async () => {
        const current = await conversations.get(id);
        if (current === undefined) return null;
        const next = change(current);
        await conversations.put(next);
        return next;
      }),
    );
  }

  discard(id: string, at: number): Promise<Conversation | null> {
    return this.update(id, (conversation) => ({ ...conversation, deletedAt: at }));
  }

  restore(id: string): Promise<Conversation | null> {
    return this.update(id, (conversation) => ({ ...conversation, deletedAt: null }));
  }

  listDiscarded(): Promise<readonly Conversation[]> {
    return guarded(() => this.database.conversations.filter((conversation) => conversation.deletedAt !== null).toArray());
  }

  /** Deletes a discarded conversation for good, with its turns, decisions, files and draft, in one transaction. False when it is not (or no longer) discarded. */
  purge(id: string, picks: PicksOnRemoval): Promise<boolean> {
    const { conversations, turns, decisions, preferences, drafts, attachments } = this.database;
    return guarded(() =>
      this.database.transaction('rw', [conversations, turns, decisions, preferences, drafts, attachments], async () => {
        const conversation = await conversations.get(id);
        if (conversation === undefined || conversation.deletedAt === null) return false;
        const turnIds = await turnsOf(this.database, id).primaryKeys();
        await conversations.delete(id);
        await turns.bulkDelete(turnIds);
        await decisions.bulkDelete(turnIds);
        await drafts.delete(id);
        await attachments.where('ownerId').equals(id).delete();
        await this.releasePicks(await preferences.where('conversationId').equals(id).toArray(), picks);
        return true;
      }),
    );
  }

  private async newestFirst(): Promise<readonly Conversation[]> {
    const all = await this.database.conversations.orderBy('updatedAt').toArray();
    return all.filter((conversation) => conversation.deletedAt === null).toReversed();
  }

  private async releasePicks(picks: readonly PreferencePair[], mode: PicksOnRemoval): Promise<void> {
    const { preferences } = this.database;
    if (mode === 'forget') return preferences.bulkDelete(picks.map((pick) => pick.id));
    await preferences.bulkPut(picks.map((pick) => ({ ...pick, promptExcerpt: '', conversationId: null, turnId: null })));
  }
}
