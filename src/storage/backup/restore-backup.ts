import type { Connection } from '../../core/connection';
import type { TacitDatabase } from '../database';
import { PRIMARY_KEY, TABLE_NAMES, type TableName, type Tables } from '../rows';
import { guarded } from '../storage-error';
import { SYNC_OWN_TABLES } from '../sync/records';
import type { Backup } from './format';
import { fillKey, ROW_MERGES } from './merge-rows';

/** `replace`: this browser then holds what the backup holds. `merge`: the union; see merge-rows.ts for rows on both sides. */
export type RestoreMode = 'replace' | 'merge';

const CHUNK_ROWS = 500;

/**
 * Stores a backup in one transaction: on any failure nothing has changed. A connection for which the backup has no key keeps the one
 * this browser has for the same address. Afterwards the adaptation should be compared with the log (`pendingPreferences`).
 * Rejects with StorageFailure.
 */
export function restoreBackup(database: TacitDatabase, backup: Backup, mode: RestoreMode): Promise<void> {
  return guarded(() =>
    database.transaction('rw', [...TABLE_NAMES, ...SYNC_OWN_TABLES], async () => {
      if (mode === 'replace') for (const name of SYNC_OWN_TABLES) await database.table(name).clear();
      const known = await database.connections.toArray();
      const rows = { ...backup.rows, connections: backup.rows.connections.map((connection) => keepKnownKey(connection, known)) };
      for (const name of TABLE_NAMES) {
        if (mode === 'replace') await database.table(name).clear();
        await putRows(database, name, rows[name], mode);
      }
    }),
  );
}

async function putRows<Name extends TableName>(
  database: TacitDatabase,
  name: Name,
  rows: readonly Tables[Name][],
  mode: RestoreMode,
): Promise<void> {
  const table = database.table<Tables[Name], string>(name);
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = rows.slice(start, start + CHUNK_ROWS);
    await table.bulkPut(mode === 'replace' ? chunk : await merged(database, name, chunk));
  }
}

async function merged<Name extends TableName>(database: TacitDatabase, name: Name, incoming: readonly Tables[Name][]): Promise<Tables[Name][]> {
  const merge = ROW_MERGES[name];
  const keys = incoming.map((row) => keyOf(name, row));
  const local = await database.table<Tables[Name], string>(name).bulkGet(keys);
  return incoming.map((row, index) => {
    const known = local[index];
    return known === undefined ? row : merge(known, row);
  });
}

function keyOf(name: TableName, row: object): string {
  return String(Object.entries(row).find(([property]) => property === PRIMARY_KEY[name])?.[1]);
}

function keepKnownKey(connection: Connection, known: readonly Connection[]): Connection {
  const local = known.find((candidate) => candidate.id === connection.id);
  const hasSecret = connection.apiKey !== '' || Object.keys(connection.headers).length > 0;
  return local === undefined || hasSecret ? connection : fillKey(connection, local);
}
