/** How safe and how full the browser's storage is. Source: Storage Standard, https://storage.spec.whatwg.org/. */
export interface StorageHealth {
  /** True: the browser will not evict the data by itself. Null: the browser cannot say. */
  readonly persisted: boolean | null;
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  /** WebKit deletes script-written data after seven days without use unless the app is installed. */
  readonly evictionNote: 'safe' | 'may_be_evicted' | 'unknown';
}

/** The part of `navigator.storage` used here; absent on insecure origins. */
export type StorageManagerLike = Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>;

/** Never throws: what a browser cannot tell is null. */
export async function storageHealth(manager: StorageManagerLike | undefined = globalThis.navigator?.storage): Promise<StorageHealth> {
  const persisted = await attempt(() => manager?.persisted());
  const estimate = await attempt(() => manager?.estimate());
  return {
    persisted,
    usageBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    evictionNote: persisted === null ? 'unknown' : persisted ? 'safe' : 'may_be_evicted',
  };
}

/** Asks the browser to keep the data; some ask the user, some decide by use. Null when it cannot be asked. Never throws. */
export function requestPersistence(manager: StorageManagerLike | undefined = globalThis.navigator?.storage): Promise<boolean | null> {
  return attempt(() => manager?.persist());
}

async function attempt<Value>(ask: () => Promise<Value> | undefined): Promise<Value | null> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}
