import type { Conversation, Turn } from '../core/conversation';
import type { PreferencePair } from '../core/preference';
import type { TacitDatabase } from './database';
import { toStoredTurn, toTurn, type Draft, type StoredAttachment } from './rows';
import { turnsOf } from './turns';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** What happens to the picks made in a conversation that is deleted. */
export type PicksOnRemoval =
  /** What was learned stays; the prompt excerpts and the link to the conversation go. */
  | 'keep'
  /** The picks go too; the adaptation must be replayed afterwards. */
  | 'forget';

/** All that a deletion took away, so that it can be undone. */
export interface RemovedConversation {
  readonly conversation: Conversation;
  readonly turns: readonly Turn[];
  /** As they were before the removal. */
  readonly preferences: readonly PreferencePair[];
  readonly draft: Draft | null;
  readonly attachments: readonly StoredAttachment[];
}

/** Conversations, newest first. Every method rejects with StorageFailure. */
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

  /** Deletes a conversation with its turns, decisions, files and draft in one transaction; null when there is none. */
  remove(id: string, picks: PicksOnRemoval): Promise<RemovedConversation | null> {
    const { conversations, turns, decisions, preferences, drafts, attachments } = this.database;
    return guarded(() =>
      this.database.transaction('rw', [conversations, turns, decisions, preferences, drafts, attachments], async () => {
        const conversation = await conversations.get(id);
        if (conversation === undefined) return null;
        const removed = await this.snapshot(conversation);
        const turnIds = removed.turns.map((turn) => turn.id);
        await conversations.delete(id);
        await turns.bulkDelete(turnIds);
        await decisions.bulkDelete(turnIds);
        await drafts.delete(id);
        await attachments.where('ownerId').equals(id).delete();
        await this.releasePicks(removed.preferences, picks);
        return removed;
      }),
    );
  }

  /** Undoes a removal. */
  reinstate(removed: RemovedConversation): Promise<void> {
    const { conversations, turns, decisions, preferences, drafts, attachments } = this.database;
    return guarded(() =>
      this.database.transaction('rw', [conversations, turns, decisions, preferences, drafts, attachments], async () => {
        await conversations.put(removed.conversation);
        await turns.bulkPut(removed.turns.map(toStoredTurn));
        await decisions.bulkPut(
          removed.turns.flatMap((turn) => (turn.decision === null ? [] : [{ turnId: turn.id, decision: turn.decision }])),
        );
        await preferences.bulkPut([...removed.preferences]);
        if (removed.draft !== null) await drafts.put(removed.draft);
        await attachments.bulkPut([...removed.attachments]);
      }),
    );
  }

  private async newestFirst(): Promise<readonly Conversation[]> {
    return (await this.database.conversations.orderBy('updatedAt').toArray()).toReversed();
  }

  private async snapshot(conversation: Conversation): Promise<RemovedConversation> {
    const { decisions, preferences, drafts, attachments } = this.database;
    const stored = await turnsOf(this.database, conversation.id).toArray();
    const found = await decisions.bulkGet(stored.map((turn) => turn.id));
    return {
      conversation,
      turns: stored.map((turn, index) => toTurn(turn, found[index]?.decision ?? null)),
      preferences: await preferences.where('conversationId').equals(conversation.id).toArray(),
      draft: (await drafts.get(conversation.id)) ?? null,
      attachments: await attachments.where('ownerId').equals(conversation.id).toArray(),
    };
  }

  private async releasePicks(picks: readonly PreferencePair[], mode: PicksOnRemoval): Promise<void> {
    const { preferences } = this.database;
    if (mode === 'forget') return preferences.bulkDelete(picks.map((pick) => pick.id));
    await preferences.bulkPut(picks.map((pick) => ({ ...pick, promptExcerpt: '', conversationId: null, turnId: null })));
  }
}
