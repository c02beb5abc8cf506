import { Dexie } from 'dexie';
import type { Connection } from '../../core/connection';
import type { TacitDatabase } from '../database';
import { perTable, TABLE_NAMES, type TableName } from '../rows';
import { SCHEMA_VERSION } from '../schema';
import { guarded } from '../storage-error';
import {
  BACKUP_FORMAT,
  BACKUP_FORMAT_VERSION,
  secretsLine,
  sha256Hex,
  tableHeading,
  type BackupSecrets,
  type SecretsByConnection,
} from './format';
import { encryptSecrets } from './secrets';
import { encodeValue } from './values';

/** Whether API keys and custom headers go into the file. */
export type KeyExport = { readonly kind: 'none' } | { readonly kind: 'plain' } | { readonly kind: 'encrypted'; readonly passphrase: string };

export interface WrittenBackup {
  readonly blob: Blob;
  readonly counts: Readonly<Record<TableName, number>>;
  /** `tacit-backup-YYYY-MM-DD.json` */
  readonly fileName: string;
}

/** A table on its way into the file: Blobs, so that the browser may keep them off the heap. */
interface TableText {
  readonly name: TableName;
  readonly count: number;
  readonly json: Blob;
  /** What the checksum covers. */
  readonly lines: Blob;
}

const CHUNK_ROWS = 500;
/** Files are large: a few at a time are in memory. */
const CHUNK_FILES = 4;

/** Writes everything as of one moment. Rejects with StorageFailure. */
export async function writeBackup(database: TacitDatabase, keys: KeyExport, createdAt: number): Promise<WrittenBackup> {
  const { tables, connections } = await guarded(() => readAll(database));
  return toFile(tables, await exportSecrets(connections, keys), createdAt, `tacit-backup-${dayOf(createdAt)}.json`);
}

/**
 * Writes chats alone, in the same format: a backup whose other tables are empty. Restoring it merges the chats in. Null = all of them.
 * Rejects with StorageFailure.
 */
export async function writeChats(database: TacitDatabase, conversationIds: readonly string[] | null, createdAt: number): Promise<WrittenBackup> {
  const tables = await guarded(() => readChats(database, conversationIds));
  return toFile(tables, null, createdAt, `tacit-chats-${dayOf(createdAt)}.json`);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

async function toFile(tables: readonly TableText[], secrets: BackupSecrets | null, createdAt: number, fileName: string): Promise<WrittenBackup> {
  const checksum = await checksumOf(tables, secrets);
  const counts = perTable((name) => tables.find((table) => table.name === name)?.count ?? 0);
  const head = { format: BACKUP_FORMAT, formatVersion: BACKUP_FORMAT_VERSION, schemaVersion: SCHEMA_VERSION, createdAt, counts, checksum, secrets };
  const body = tables.flatMap((table, index) => [index === 0 ? '\n' : ',\n', `"${table.name}":[`, table.json, ']']);
  const blob = new Blob([JSON.stringify(head).slice(0, -1), ',"tables":{', ...body, '\n}}\n'], { type: 'application/json' });
  return { blob, counts, fileName };
}

/** One read transaction over all tables: writes of other tabs wait or come after. */
function readAll(database: TacitDatabase): Promise<{ tables: readonly TableText[]; connections: readonly Connection[] }> {
  return database.transaction('r', [...TABLE_NAMES], async () => {
    const connections = await database.connections.toArray();
    const tables: TableText[] = [];
    for (const name of TABLE_NAMES) {
      tables.push(name === 'connections' ? toText(name, connections.map(withoutSecrets), true) : await readTable(database, name));
    }
    return { tables, connections };
  });
}

/** Tables whose rows belong to a conversation. */
const CHAT_TABLES: ReadonlySet<TableName> = new Set(['conversations', 'turns', 'decisions', 'attachments']);

function readChats(database: TacitDatabase, conversationIds: readonly string[] | null): Promise<readonly TableText[]> {
  return database.transaction('r', [...TABLE_NAMES], async () => {
    const only = await keysOfChats(database, conversationIds);
    const tables: TableText[] = [];
    for (const name of TABLE_NAMES) {
      if (!CHAT_TABLES.has(name)) tables.push(toText(name, [], true));
      else tables.push(await readTable(database, name, only(name)));
    }
    return tables;
  });
}

/** For each table of chats the keys of its rows; null = all. */
async function keysOfChats(database: TacitDatabase, conversationIds: readonly string[] | null): Promise<(name: TableName) => readonly string[] | null> {
  if (conversationIds === null) return () => null;
  const ranges = conversationIds.map((id): [unknown, unknown] => [[id, Dexie.minKey], [id, Dexie.maxKey]]);
  const turnIds = await database.turns.where('[conversationId+createdAt]').inAnyRange(ranges).primaryKeys();
  const attachmentIds = await database.attachments.where('ownerId').anyOf(conversationIds).primaryKeys();
  return (name) => (name === 'conversations' ? conversationIds : name === 'attachments' ? attachmentIds : turnIds);
}

async function readTable(database: TacitDatabase, name: TableName, only: readonly string[] | null = null): Promise<TableText> {
  const table = database.table<unknown, string>(name);
  const all = await table.toCollection().primaryKeys();
  const wanted = only === null ? null : new Set(only);
  const keys = wanted === null ? all : all.filter((key) => wanted.has(key));
  const pieces: TableText[] = [];
  const chunk = name === 'attachments' ? CHUNK_FILES : CHUNK_ROWS;
  for (let start = 0; start < keys.length; start += chunk) {
    const rows = await table.bulkGet(keys.slice(start, start + chunk));
    pieces.push(toText(name, rows, start === 0));
  }
  return {
    name,
    count: keys.length,
    json: new Blob(pieces.map((piece) => piece.json)),
    lines: new Blob(pieces.map((piece) => piece.lines)),
  };
}

function toText(name: TableName, values: readonly unknown[], first: boolean): TableText {
  const rows = values.map((row) => JSON.stringify(encodeValue(row)));
  return {
    name,
    count: rows.length,
    json: new Blob(rows.length === 0 ? [] : [first ? '\n' : ',\n', rows.join(',\n')]),
    lines: new Blob(rows.map((row) => `${row}\n`)),
  };
}

async function checksumOf(tables: readonly TableText[], secrets: BackupSecrets | null): Promise<string> {
  const pieces = tables.flatMap((table) => [tableHeading(table.name), table.lines]);
  return sha256Hex(await new Blob([...pieces, secretsLine(secrets)]).arrayBuffer());
}

function withoutSecrets(connection: Connection): Connection {
  return { ...connection, apiKey: '', headers: {} };
}

async function exportSecrets(connections: readonly Connection[], keys: KeyExport): Promise<BackupSecrets | null> {
  if (keys.kind === 'none') return null;
  const entries: SecretsByConnection = Object.fromEntries(
    connections.map(({ id, apiKey, headers }) => [id, { apiKey, headers: { ...headers } }]),
  );
  return keys.kind === 'plain' ? { kind: 'plain', entries: { ...entries } } : encryptSecrets(entries, keys.passphrase);
}
