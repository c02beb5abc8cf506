import type { SyncPlatform } from './store/sync-storage';

/** What syncing needs of the browser. The File System Access API is in Chromium only; the types of the standard library do not know it yet. */
export function browserSync(): SyncPlatform {
  return {
    canPickFolder: 'showDirectoryPicker' in window,
    deviceName: deviceName(),
    pickFolder: async () => {
      try {
        const picked: unknown = await call(window, 'showDirectoryPicker', { id: 'tacit-sync', mode: 'readwrite' });
        return picked instanceof FileSystemDirectoryHandle ? picked : null;
      } catch (thrown) {
        if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
        throw thrown;
      }
    },
    mayUse: async (folder, ask) => {
      const state: unknown = await call(folder, 'queryPermission', { mode: 'readwrite' });
      if (state === undefined || state === 'granted') return true;
      return ask && (await call(folder, 'requestPermission', { mode: 'readwrite' })) === 'granted';
    },
    webdav: async (address) => new (await import('../storage/sync/webdav-remote')).WebDavRemote(address),
    folder: async (handle) => new (await import('../storage/sync/folder-remote')).FolderRemote(handle),
    onFocus: (listener) => {
      window.addEventListener('focus', listener);
      document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener());
    },
  };
}

/** Calls a method that may be missing; then undefined. */
async function call(target: object, method: string, argument: object): Promise<unknown> {
  const found: unknown = Reflect.get(target, method);
  return typeof found === 'function' ? Reflect.apply(found, target, [argument]) : undefined;
}

/** How this device is called on the others: "Chrome (Linux)". */
function deviceName(): string {
  const agent = navigator.userAgent;
  const browser = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((name) => agent.includes(name)) ?? 'Browser';
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) => agent.includes(name));
  return `${browser === 'Edg' ? 'Edge' : browser}${system === undefined ? '' : ` (${system})`}`;
}
