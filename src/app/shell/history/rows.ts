import type { Conversation, Folder } from '../../../core/conversation';

/** By when a chat was last used; `month` is any moment in it. */
export type DateGroup =
  | { readonly kind: 'today' | 'yesterday' | 'week' | 'month30' }
  | { readonly kind: 'month'; readonly at: number };

/** One line of the history, in the order of the screen. */
export type HistoryRow =
  | { readonly kind: 'pinned'; readonly key: string }
  | { readonly kind: 'folder'; readonly key: string; readonly folder: Folder; readonly count: number }
  | { readonly kind: 'date'; readonly key: string; readonly group: DateGroup }
  | { readonly kind: 'chat'; readonly key: string; readonly conversation: Conversation; readonly inFolder: boolean };

const DAY_MS = 86_400_000;

/**
 * Pinned chats first, then the folders with what is in the open ones, then everything else by date. A pinned chat stands with the pinned ones only; one
 * whose folder is gone stands by its date. `list` is newest first.
 */
export function historyRows(list: readonly Conversation[], folders: readonly Folder[], now: number): readonly HistoryRow[] {
  const known = new Set(folders.map((folder) => folder.id));
  const pinned = list.filter((chat) => chat.pinnedAt !== null).toSorted((left, right) => (right.pinnedAt ?? 0) - (left.pinnedAt ?? 0));
  const others = list.filter((chat) => chat.pinnedAt === null);
  const isIn = (folder: Folder) => (chat: Conversation) => chat.folderId === folder.id;
  const loose = others.filter((chat) => chat.folderId === null || !known.has(chat.folderId));
  return [
    ...(pinned.length > 0 ? [{ kind: 'pinned', key: 'pinned' } as const] : []),
    ...pinned.map((conversation) => chatRow(conversation, false)),
    ...folders.flatMap((folder) => folderRows(folder, others.filter(isIn(folder)))),
    ...datedRows(loose, now),
  ];
}

function chatRow(conversation: Conversation, inFolder: boolean): HistoryRow {
  return { kind: 'chat', key: conversation.id, conversation, inFolder };
}

function folderRows(folder: Folder, chats: readonly Conversation[]): readonly HistoryRow[] {
  const heading: HistoryRow = { kind: 'folder', key: `folder-${folder.id}`, folder, count: chats.length };
  return folder.open ? [heading, ...chats.map((chat) => chatRow(chat, true))] : [heading];
}

function datedRows(chats: readonly Conversation[], now: number): readonly HistoryRow[] {
  const groupOf = dateGroups(now);
  let last = '';
  return chats.flatMap((chat) => {
    const group = groupOf(chat.updatedAt);
    const key = group.kind === 'month' ? `date-${monthOf(group.at)}` : `date-${group.kind}`;
    if (key === last) return [chatRow(chat, false)];
    last = key;
    return [{ kind: 'date', key, group } as const, chatRow(chat, false)];
  });
}

/** By local calendar days, which are not always 24 hours long. */
export function dateGroups(now: number): (at: number) => DateGroup {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const yesterday = new Date(midnight - DAY_MS / 2).setHours(0, 0, 0, 0);
  return (at) => {
    if (at >= midnight) return { kind: 'today' };
    if (at >= yesterday) return { kind: 'yesterday' };
    if (at >= midnight - 6 * DAY_MS) return { kind: 'week' };
    return at >= midnight - 29 * DAY_MS ? { kind: 'month30' } : { kind: 'month', at };
  };
}

function monthOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}`;
}
