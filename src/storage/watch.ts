import { liveQuery } from 'dexie';
import { toStorageError, type StorageError } from './storage-error';

/** Ends a watch. */
export type Unwatch = () => void;

export interface Watcher<Value> {
  /** Called with the current value, and again after every change, in this tab or another. */
  readonly onValue: (value: Value) => void;
  /** The watch has ended. A closed database says nothing here; it is told once, by `DatabaseEvents.onClosed`. */
  readonly onError?: (error: StorageError) => void;
}

/** Follows a query. Dexie tells other tabs of the origin over a BroadcastChannel (https://dexie.org/docs/liveQuery()). */
export function watch<Value>(query: () => Promise<Value>, watcher: Watcher<Value>): Unwatch {
  const subscription = liveQuery(query).subscribe({
    next: watcher.onValue,
    error: (thrown: unknown) => watcher.onError?.(toStorageError(thrown)),
  });
  return () => subscription.unsubscribe();
}
