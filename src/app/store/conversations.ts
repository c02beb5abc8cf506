import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Conversation } from '../../core/conversation';
import { titleFromPrompt } from '../../core/title';
import type { ConversationRepository } from '../../storage/conversations';

export interface ConversationsState {
  readonly loaded: boolean;
  /** Newest first. */
  readonly list: readonly Conversation[];
}

export interface ConversationsSlice {
  readonly store: StoreApi<ConversationsState>;
  /** Reads once, then follows changes, those of other tabs included. */
  load(): Promise<void>;
  find(conversationId: string): Conversation | null;
  /** Shows a conversation that was stored together with a turn, before the disk tells of it. */
  adopt(conversation: Conversation): void;
  /** Changes a conversation as it is on disk now. */
  update(conversationId: string, change: (conversation: Conversation) => Conversation): Promise<void>;
  rename(conversationId: string, title: string): Promise<void>;
  /** Deletes it with its turns; what was learned from it stays. Resolves to the undo. */
  remove(conversationId: string): Promise<() => Promise<void>>;
}

/** A title by rule, from the first prompt. */
export function titleFrom(prompt: string): string {
  return titleFromPrompt(prompt) || 'New chat';
}

export function createConversationsSlice(conversations: ConversationRepository): ConversationsSlice {
  const store = createStore<ConversationsState>(() => ({ loaded: false, list: [] }));
  const show = (list: readonly Conversation[]) => store.setState({ loaded: true, list });
  const refresh = async () => show(await conversations.list());

  const update: ConversationsSlice['update'] = async (conversationId, change) => {
    await conversations.update(conversationId, change);
    await refresh();
  };

  return {
    store,
    update,
    adopt: (conversation) => {
      const others = store.getState().list.filter((other) => other.id !== conversation.id);
      show([conversation, ...others].toSorted((left, right) => right.updatedAt - left.updatedAt));
    },
    load: async () => {
      await refresh();
      conversations.watchAll({ onValue: show });
    },
    find: (conversationId) => store.getState().list.find((conversation) => conversation.id === conversationId) ?? null,
    rename: async (conversationId, title) => {
      const tidy = title.trim();
      if (tidy !== '') await update(conversationId, (conversation) => ({ ...conversation, title: tidy }));
    },
    remove: async (conversationId) => {
      const removed = await conversations.remove(conversationId, 'keep');
      await refresh();
      return async () => {
        if (removed) await conversations.reinstate(removed);
        await refresh();
      };
    },
  };
}
