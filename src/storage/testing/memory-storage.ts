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

  /** Every row there is, by table, of all databases: what would be on disk. */
  async rows(): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const tables: Record<string, readonly unknown[]> = {};
    for (const { name = '' } of await this.indexedDB.databases()) {
      const database = await settled(this.indexedDB.open(name));
      for (const table of database.objectStoreNames) tables[table] = await settled(database.transaction(table).objectStore(table).getAll());
      database.close();
    }
    return tables;
  }

  environment(): Pick<StorageEnvironment, 'factory' | 'locks'> {
    return { factory: { indexedDB: this.indexedDB, IDBKeyRange }, locks: createMemoryLocks(this.heldLocks) };
  }
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB gave no reason')));
  });
}
