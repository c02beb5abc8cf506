import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createMemoryLocks } from '../locks';
import type { DatabaseEvents } from '../database';
import { TacitStorage, type StorageEnvironment } from '../storage';

/** One browser profile in memory: what several tabs share. For tests. */
export class MemoryProfile {
  readonly indexedDB: IDBFactory = new IDBFactory();
  private readonly heldLocks = new Map<string, (() => void)[]>();

  constructor() {
    // liveQuery runs only where Dexie found an IndexedDB of its own at load; Node has none.
    Dexie.dependencies.indexedDB = this.indexedDB;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  }

  /** Opens a tab on the profile. `locks` of one profile exclude each other across its tabs. */
  open(environment: Partial<StorageEnvironment> = {}, events: DatabaseEvents = {}): Promise<TacitStorage> {
    return TacitStorage.open({ now: () => 0, ...environment, ...this.environment() }, events);
  }

  environment(): Pick<StorageEnvironment, 'factory' | 'locks'> {
    return { factory: { indexedDB: this.indexedDB, IDBKeyRange }, locks: createMemoryLocks(this.heldLocks) };
  }
}
