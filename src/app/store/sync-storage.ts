import type { SyncRemote } from '../../storage/sync/remote';
import type { WebDavAddress } from '../../storage/sync/webdav-remote';

/** What syncing asks of the browser. */
export interface SyncPlatform {
  /** The browser can give access to a folder. */
  readonly canPickFolder: boolean;
  readonly deviceName: string;
  /** Null when the user thought better of it. */
  pickFolder(): Promise<FileSystemDirectoryHandle | null>;
  /** Whether the folder may be used; with `ask` the browser may ask the user, which it does only after a click. */
  mayUse(folder: FileSystemDirectoryHandle, ask: boolean): Promise<boolean>;
  webdav(address: WebDavAddress): Promise<SyncRemote>;
  folder(handle: FileSystemDirectoryHandle): Promise<SyncRemote>;
  /** The user came back to the page. */
  onFocus(listener: () => void): void;
}
