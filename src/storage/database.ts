import { Dexie, type Table } from 'dexie';
import { declareSchema, latestVersion, SCHEMA_VERSIONS, type SchemaVersion } from './schema';
import type { Tables } from './rows';
import type { SyncMark, SyncStateRow } from './sync/records';
import { storageError, StorageFailure, toStorageError, type StorageError } from './storage-error';

export const DATABASE_NAME = 'tacit';

/** Dexie keeps versions times ten on disk, so that minor steps are possible. */
const DEXIE_VERSION_FACTOR = 10;

/** What the app wants to know about the life of its connection. */
export interface DatabaseEvents {
  /** An older tab keeps the upgrade waiting; opening goes on when it closes. */
  readonly onBlocked?: (error: StorageError) => void;
  /** This tab let go of the data, so that a newer version (or an erase) can go on; every later call fails with `closed`. */
  readonly onClosed?: (error: StorageError) => void;
}

export interface DatabaseEnvironment {
  readonly name?: string;
  readonly schema?: readonly SchemaVersion[];
  /** Another IndexedDB than the browser's own. */
  readonly factory?: { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange };
}

/** The tables, typed. Only this folder sees it. */
export class TacitDatabase extends Dexie {
  declare readonly conversations: Table<Tables['conversations'], string>;
  declare readonly folders: Table<Tables['folders'], string>;
  declare readonly turns: Table<Tables['turns'], string>;
  declare readonly decisions: Table<Tables['decisions'], string>;
  declare readonly preferences: Table<Tables['preferences'], string>;
  declare readonly adaptation: Table<Tables['adaptation'], string>;
  declare readonly models: Table<Tables['models'], string>;
  declare readonly connections: Table<Tables['connections'], string>;
  declare readonly settings: Table<Tables['settings'], string>;
  declare readonly drafts: Table<Tables['drafts'], string>;
  declare readonly expenses: Table<Tables['expenses'], string>;
  declare readonly attachments: Table<Tables['attachments'], string>;
  declare readonly presets: Table<Tables['presets'], string>;
  declare readonly syncMarks: Table<SyncMark, [string, string]>;
  declare readonly syncState: Table<SyncStateRow, string>;

  /** True after `leave`: the closing was meant. */
  hasLeft = false;

  constructor(environment: DatabaseEnvironment = {}) {
    super(environment.name ?? DATABASE_NAME, { autoOpen: false, ...environment.factory });
    declareSchema(this, environment.schema ?? SCHEMA_VERSIONS);
  }

  /** Closes for good; every later call fails with `closed`. */
  leave(): void {
    this.hasLeft = true;
    this.close({ disableAutoOpen: true });
  }
}

/**
 * Opens the database, upgrading it if needed. Rejects with StorageFailure; kind `newer` when a later Tacit wrote it
 * (Dexie would open it, and this version would then write rows the later one does not understand).
 */
export async function openDatabase(environment: DatabaseEnvironment = {}, events: DatabaseEvents = {}): Promise<TacitDatabase> {
  const database = new TacitDatabase(environment);
  database.on('blocked', () => events.onBlocked?.(storageError('blocked', 'IndexedDB open request blocked.')));
  try {
    await database.open();
  } catch (thrown) {
    database.leave();
    throw new StorageFailure(toStorageError(thrown));
  }
  const onDisk = database.backendDB().version / DEXIE_VERSION_FACTOR;
  const known = latestVersion(environment.schema ?? SCHEMA_VERSIONS);
  if (onDisk > known) {
    database.leave();
    throw new StorageFailure(storageError('newer', `Stored version ${onDisk}, known version ${known}.`));
  }
  listen(database, events);
  return database;
}

function listen(database: TacitDatabase, events: DatabaseEvents): void {
  database.on('versionchange', () => {
    database.leave();
    events.onClosed?.(storageError('closed', 'Version change in another tab.'));
    return false;
  });
  // Fires also when the browser itself closes the connection, for instance because site data was cleared.
  database.on('close', () => {
    if (!database.hasLeft) events.onClosed?.(storageError('closed', 'IndexedDB connection lost.'));
  });
}
