import * as v from 'valibot';
import type { Connection } from '../../core/connection';
import { textHash } from '../../core/text-hash';
import { fillKey } from '../backup/merge-rows';
import { decodeValue, encodeValue } from '../backup/values';
import type { TacitDatabase } from '../database';
import { ROW_SCHEMAS } from '../row-schemas';
import { SCHEMA_VERSIONS, upgradeRow } from '../schema';
import type { SettingKey } from '../settings-schema';
import type { SyncRow, SyncTableName } from './records';

/** A row as it is here: `busy` while an answer in it streams; it travels when that has ended. */
export type LocalRow = { readonly kind: 'row'; readonly row: SyncRow } | { readonly kind: 'absent' } | { readonly kind: 'busy' };

export type StoredRow = Readonly<Record<string, unknown>>;

/** Settings of this device or of this moment. Everything else is the person's and travels. */
const STAYS_HERE: ReadonlySet<string> = new Set<SettingKey>(['device', 'theme', 'comparisonUsage', 'lastConversationId', 'lastBackupAt', 'persistenceAskedAt', 'sync']);

/** The table of the database behind a travelling one. */
function baseTable(table: SyncTableName): Exclude<SyncTableName, 'connectionKeys'> {
  return table === 'connectionKeys' ? 'connections' : table;
}

/** Every key that may travel. */
export async function keysOf(database: TacitDatabase, table: SyncTableName): Promise<readonly string[]> {
  const keys = await database.table<StoredRow, string>(baseTable(table)).toCollection().primaryKeys();
  return table === 'settings' ? keys.filter((key) => !STAYS_HERE.has(key)) : keys;
}

export async function readRows(database: TacitDatabase, table: SyncTableName, keys: readonly string[]): Promise<readonly LocalRow[]> {
  const rows = await database.table<StoredRow, string>(baseTable(table)).bulkGet([...keys]);
  return rows.map((row) => (row === undefined ? { kind: 'absent' } : outgoing(table, row)));
}

/** The part of a row that travels. Keys and headers of connections go in rows of their own, and only if the user wants them to. */
function outgoing(table: SyncTableName, row: StoredRow): LocalRow {
  if (table === 'turns') {
    const { openResponseIds, ...rest } = row;
    return Array.isArray(openResponseIds) && openResponseIds.length > 0 ? { kind: 'busy' } : plain(rest);
  }
  if (table === 'models') return plain({ ...row, descriptionEmbedding: null });
  if (table === 'connections') return plain({ ...row, apiKey: '', headers: {} });
  if (table !== 'connectionKeys') return plain(row);
  const { id, kind, baseUrl, apiKey, headers } = row;
  const isEmpty = apiKey === '' && Object.keys(Object(headers)).length === 0;
  return isEmpty ? { kind: 'absent' } : plain({ id, kind, baseUrl, apiKey, headers });
}

const ROW = v.record(v.string(), v.unknown());

function plain(row: StoredRow): LocalRow {
  // Undefined properties do not survive JSON, so they are left out before anything is compared.
  return { kind: 'row', row: v.parse(ROW, JSON.parse(JSON.stringify(encodeValue(row)))) };
}

/** Two rows with one hash hold the same, whatever the order of their properties. */
export function hashOf(row: SyncRow): string {
  return textHash(JSON.stringify(row, sortedKeys));
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const KEYS_SCHEMA = v.object({
  id: v.string(),
  kind: v.picklist(['openai-compatible', 'anthropic', 'google']),
  baseUrl: v.string(),
  apiKey: v.string(),
  headers: v.record(v.string(), v.string()),
});

/** A row from elsewhere, brought to this version's shape; null when it is none. */
export function acceptRow(table: SyncTableName, row: SyncRow, schemaVersion: number): SyncRow | null {
  if (table === 'connectionKeys') return v.is(KEYS_SCHEMA, row) ? row : null;
  if (table === 'settings' && STAYS_HERE.has(String(row['key']))) return null;
  const upgraded = upgradeRow(SCHEMA_VERSIONS, table, decoded(row), schemaVersion);
  const full = table === 'turns' ? { ...upgraded, openResponseIds: [] } : upgraded;
  return v.is(ROW_SCHEMAS[table], full) ? plainRow(upgraded) : null;
}

function plainRow(row: StoredRow): SyncRow | null {
  const local = plain(row);
  return local.kind === 'row' ? local.row : null;
}

function decoded(row: SyncRow): StoredRow {
  return v.parse(ROW, decodeValue(row));
}

/** Stores a row from elsewhere, keeping what never travels; null deletes. */
export async function writeRow(database: TacitDatabase, table: SyncTableName, key: string, row: SyncRow | null): Promise<void> {
  if (table === 'connectionKeys') return writeKeys(database, key, row);
  const target = database.table<StoredRow, string>(table);
  if (row === null) return target.delete(key);
  const incoming = decoded(row);
  const local = await target.get(key);
  await target.put(completed(table, incoming, local));
}

function completed(table: SyncTableName, incoming: StoredRow, local: StoredRow | undefined): StoredRow {
  if (table === 'turns') return { ...incoming, openResponseIds: [] };
  if (table === 'models') return { ...incoming, descriptionEmbedding: sameDescription(incoming, local) ? local?.['descriptionEmbedding'] : null };
  if (table === 'connections' && v.is(ROW_SCHEMAS.connections, incoming) && v.is(ROW_SCHEMAS.connections, local)) return { ...fillKey(incoming, local) };
  return incoming;
}

function sameDescription(incoming: StoredRow, local: StoredRow | undefined): boolean {
  return local !== undefined && JSON.stringify(local['card']) === JSON.stringify(incoming['card']);
}

/** A key only ever joins the connection it was made for; it is never taken away from here. */
async function writeKeys(database: TacitDatabase, key: string, row: SyncRow | null): Promise<void> {
  const connection = await database.connections.get(key);
  if (connection === undefined || row === null || !v.is(KEYS_SCHEMA, row)) return;
  const other: Connection = { ...connection, kind: row.kind, baseUrl: row.baseUrl, apiKey: row.apiKey, headers: row.headers };
  await database.connections.put(fillKey(connection, other));
}
