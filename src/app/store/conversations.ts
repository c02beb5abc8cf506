import { createStore, type StoreApi } from 'zustand/vanilla';
import { newConversation, TEMPORARY_ID, type Conversation, type Folder } from '../../core/conversation';
import { titleFromPrompt } from '../../core/title';
import type { ConversationRepository } from '../../storage/conversations';
import type { FolderRepository } from '../../storage/folders';
import { t } from '../i18n';
import type { Clock } from './platform';

export interface ConversationsState {
  readonly loaded: boolean;
  /** Newest first; without those being deleted. */
  readonly list: readonly Conversation[];
  /** The one that is on screen and in memory only; it is in no list. */
  readonly temporary: Conversation | null;
  /** In the order they were made. */
  readonly folders: readonly Folder[];
}

export interface ConversationsSlice {
  readonly store: StoreApi<ConversationsState>;
  /** Reads once, then follows changes, those of other tabs included. */
  load(): Promise<void>;
  find(conversationId: string): Conversation | null;
  /** As `find`, from the disk where there is more than what is shown. */
  read(conversationId: string): Promise<Conversation | null>;
  beginTemporary(): void;
  endTemporary(): void;
  /** Shows a conversation that was stored together with a turn, before the disk tells of it. */
  adopt(conversation: Conversation): void;
  /** Changes a conversation as it is on disk now. */
  update(conversationId: string, change: (conversation: Conversation) => Conversation): Promise<void>;
  rename(conversationId: string, title: string): Promise<void>;
  pin(conversationId: string, pinned: boolean): Promise<void>;
  /** Into a folder, or out of it for null. */
  move(conversationId: string, folderId: string | null): Promise<void>;
  /** Takes it out of the list at once; it is gone for good, with its turns, after `UNDO_MS`. What was learned from it stays. */
  remove(conversationId: string): Promise<void>;
  /** Undoes a removal that is not final yet. */
  restore(conversationId: string): Promise<void>;
  /** Removals that a closed tab left open: each gets its time for an undo again, and is then final. */
  resumeRemovals(): Promise<readonly Conversation[]>;
  /** A folder of this name; null when the name is empty. */
  createFolder(name: string): Promise<Folder | null>;
  renameFolder(folderId: string, name: string): Promise<void>;
  setFolderOpen(folderId: string, open: boolean): Promise<void>;
  /** Its conversations stay. */
  removeFolder(folderId: string): Promise<void>;
}

export interface ConversationsParts {
  readonly conversations: ConversationRepository;
  readonly folders: FolderRepository;
  readonly clock: Pick<Clock, 'now' | 'newId' | 'after'>;
}

/** How long a removal can be undone. */
export const UNDO_MS = 8000;

/** A title by rule, from the first prompt. */
export function titleFrom(prompt: string): string {
  return titleFromPrompt(prompt) || t('New chat');
}

export function createConversationsSlice({ conversations, folders, clock }: ConversationsParts): ConversationsSlice {
  const store = createStore<ConversationsState>(() => ({ loaded: false, list: [], temporary: null, folders: [] }));
  const show = (list: readonly Conversation[]) => store.setState({ loaded: true, list });
  const showFolders = (list: readonly Folder[]) => store.setState({ folders: list.toSorted((left, right) => left.createdAt - right.createdAt) });
  const refresh = async () => show(await conversations.list());
  const refreshFolders = async () => showFolders(await folders.list());

  const update: ConversationsSlice['update'] = async (conversationId, change) => {
    if (conversationId === TEMPORARY_ID) return store.setState(({ temporary }) => ({ temporary: temporary && change(temporary) }));
    await conversations.update(conversationId, change);
    await refresh();
  };

  const find: ConversationsSlice['find'] = (conversationId) => {
    const { list, temporary } = store.getState();
    return conversationId === TEMPORARY_ID ? temporary : (list.find((conversation) => conversation.id === conversationId) ?? null);
  };

  const changeFolder = async (folderId: string, change: (folder: Folder) => Folder) => {
    await folders.update(folderId, change);
    await refreshFolders();
  };

  /** The purge itself sees whether the removal was undone meanwhile, here or in another tab. */
  const finishLater = (conversationId: string) =>
    clock.after(UNDO_MS, () => {
      conversations.purge(conversationId, 'keep').catch((thrown: unknown) => console.warn('A deleted chat is still on disk; the next start tries again', thrown));
    });

  return {
    store,
    update,
    adopt: (conversation) => {
      const others = store.getState().list.filter((other) => other.id !== conversation.id);
      show([conversation, ...others].toSorted((left, right) => right.updatedAt - left.updatedAt));
    },
    load: async () => {
      await Promise.all([refresh(), refreshFolders()]);
      conversations.watchAll({ onValue: show });
      folders.watchAll({ onValue: showFolders });
    },
    find,
    read: async (conversationId) => (conversationId === TEMPORARY_ID ? find(conversationId) : conversations.get(conversationId)),
    beginTemporary: () => store.setState({ temporary: newConversation({ id: TEMPORARY_ID, title: t('Temporary chat'), createdAt: clock.now() }) }),
    endTemporary: () => store.setState({ temporary: null }),
    rename: async (conversationId, title) => {
      const tidy = title.trim();
      if (tidy !== '') await update(conversationId, (conversation) => ({ ...conversation, title: tidy }));
    },
    pin: (conversationId, pinned) => update(conversationId, (conversation) => ({ ...conversation, pinnedAt: pinned ? clock.now() : null })),
    move: (conversationId, folderId) => update(conversationId, (conversation) => ({ ...conversation, folderId })),
    remove: async (conversationId) => {
      await conversations.discard(conversationId, clock.now());
      await refresh();
      finishLater(conversationId);
    },
    restore: async (conversationId) => {
      await conversations.restore(conversationId);
      await refresh();
    },
    resumeRemovals: async () => {
      const open = await conversations.listDiscarded();
      for (const { id } of open) finishLater(id);
      return open;
    },
    createFolder: async (name) => {
      const tidy = name.trim();
      if (tidy === '') return null;
      const folder: Folder = { id: clock.newId(), name: tidy, createdAt: clock.now(), open: true };
      await folders.save(folder);
      await refreshFolders();
      return folder;
    },
    renameFolder: async (folderId, name) => {
      const tidy = name.trim();
      if (tidy !== '') await changeFolder(folderId, (folder) => ({ ...folder, name: tidy }));
    },
    setFolderOpen: (folderId, open) => changeFolder(folderId, (folder) => ({ ...folder, open })),
    removeFolder: async (folderId) => {
      await folders.remove(folderId);
      await Promise.all([refresh(), refreshFolders()]);
    },
  };
}
