import type { Conversation, Folder } from '../../../core/conversation';

/** What the rows' menus ask the list to open. */
export interface RowActions {
  readonly rename: (conversation: Conversation) => void;
  readonly move: (conversation: Conversation) => void;
  readonly renameFolder: (folder: Folder) => void;
}
