import * as v from 'valibot';
import type { Connection } from '../../core/connection';
import { phrase, type Phrase } from '../../core/phrase';
import { err, ok, type Result } from '../../core/result';
import { PRIMARY_KEY, openResponseIds, perTable, TABLE_NAMES, type TableName, type Tables } from '../rows';
import { ROW_SCHEMAS } from '../row-schemas';
import { SCHEMA_VERSION, SCHEMA_VERSIONS, upgradeRow, type SchemaVersion } from '../schema';
import {
  BACKUP_FORMAT_VERSION,
  BACKUP_HEAD_SCHEMA,
  BACKUP_SCHEMA,
  secretsLine,
  sha256Hex,
  tableHeading,
  type Backup,
  type BackupError,
  type BackupFile,
  type BackupRows,
  type BackupSecrets,
  type SecretsByConnection,
} from './format';
import { decryptSecrets } from './secrets';
import { decodeValue } from './values';

/**
 * Reads a backup and validates all of it: JSON, format, version, checksum, every row. Nothing is stored. Without a passphrase an
 * encrypted backup is read with its keys left out (`keys: 'locked'`). Rows of older schema versions are upgraded.
 */
export async function readBackup(
  file: Blob | string,
  passphrase: string | null,
  versions: readonly SchemaVersion[] = SCHEMA_VERSIONS,
): Promise<Result<Backup, BackupError>> {
  const parsed = parseFile(await parseJson(file));
  if (!parsed.ok) return parsed;
  const checksum = await checksumOf(parsed.value);
  if (checksum !== parsed.value.checksum.toLowerCase()) return err({ kind: 'checksum_mismatch' });
  const rows = readRows(parsed.value, versions);
  if (!rows.ok) return rows;
  const keys = await readKeys(parsed.value.secrets, passphrase);
  if (!keys.ok) return keys;
  return ok({
    createdAt: parsed.value.createdAt,
    counts: perTable((name) => rows.value[name].length),
    keys: keys.value.state,
    rows: { ...rows.value, connections: withKeys(rows.value.connections, keys.value.entries) },
  });
}

async function parseJson(file: Blob | string): Promise<Result<unknown, BackupError>> {
  try {
    const json: unknown = JSON.parse(typeof file === 'string' ? file : await file.text());
    return ok(json);
  } catch (thrown) {
    return err({ kind: 'not_json', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function parseFile(json: Result<unknown, BackupError>): Result<BackupFile, BackupError> {
  if (!json.ok) return json;
  const head = v.safeParse(BACKUP_HEAD_SCHEMA, json.value);
  if (!head.success) return err({ kind: 'not_backup', detail: issueText(head.issues[0]) });
  const { formatVersion, schemaVersion } = head.output;
  if (formatVersion > BACKUP_FORMAT_VERSION || schemaVersion > SCHEMA_VERSION) {
    const found = versionsPhrase(formatVersion, schemaVersion);
    return err({ kind: 'newer_version', found, known: versionsPhrase(BACKUP_FORMAT_VERSION, SCHEMA_VERSION) });
  }
  const file = v.safeParse(BACKUP_SCHEMA, json.value);
  if (!file.success) return err({ kind: 'not_backup', detail: issueText(file.issues[0]) });
  const missing = TABLE_NAMES.find((name) => file.output.tables[name] === undefined);
  if (missing !== undefined && schemaVersion === SCHEMA_VERSION) return err({ kind: 'not_backup', detail: phrase('the table "{{table}}" is missing', { table: missing }) });
  return ok(file.output);
}

function versionsPhrase(format: number, schema: number): Phrase {
  return phrase('format {{format}}, schema {{schema}}', { format, schema });
}

/** JSON.stringify of what JSON.parse gave is what was written, so the rows' own text need not be kept. */
async function checksumOf(file: BackupFile): Promise<string> {
  const pieces = Object.entries(file.tables).map(
    ([name, rows]) => new Blob([tableHeading(name), ...rows.map((row) => `${JSON.stringify(row)}\n`)]),
  );
  return sha256Hex(await new Blob([...pieces, secretsLine(file.secrets)]).arrayBuffer());
}

function readRows(file: BackupFile, versions: readonly SchemaVersion[]): Result<BackupRows, BackupError> {
  const failures: BackupError[] = [];
  const read = <Name extends TableName>(name: Name): readonly Tables[Name][] => {
    if (failures.length > 0) return [];
    const rows = readTable(name, file.tables[name] ?? [], file.schemaVersion, versions);
    if (rows.ok) return rows.value;
    failures.push(rows.error);
    return [];
  };
  const rows: BackupRows = {
    conversations: read('conversations'),
    folders: read('folders'),
    turns: read('turns').map((turn) => ({ ...turn, openResponseIds: openResponseIds(turn.responses) })),
    decisions: read('decisions'),
    preferences: read('preferences'),
    adaptation: read('adaptation'),
    models: read('models'),
    connections: read('connections'),
    settings: read('settings'),
    drafts: read('drafts'),
    expenses: read('expenses'),
    attachments: read('attachments'),
    presets: read('presets'),
  };
  const [failure] = failures;
  return failure === undefined ? ok(rows) : err(failure);
}

function readTable<Name extends TableName>(
  name: Name,
  raw: readonly unknown[],
  fromVersion: number,
  versions: readonly SchemaVersion[],
): Result<readonly Tables[Name][], BackupError> {
  const schema: v.GenericSchema<Tables[Name]> = ROW_SCHEMAS[name];
  const keys = new Set<string>();
  const rows: Tables[Name][] = [];
  for (const [index, encoded] of raw.entries()) {
    const row = upgraded(decodeValue(encoded), name, fromVersion, versions);
    const key = primaryKey(name, row);
    if (!v.is(schema, row)) {
      const [issue] = v.safeParse(schema, row).issues ?? [];
      const path = (issue && v.getDotPath(issue)) ?? phrase('the top');
      return err({ kind: 'row_invalid', table: name, index, key, path, detail: issue?.message ?? phrase('Not a row of this table') });
    }
    if (key !== null && keys.has(key)) {
      return err({ kind: 'row_invalid', table: name, index, key, path: PRIMARY_KEY[name], detail: phrase('There are two rows with this key') });
    }
    if (key !== null) keys.add(key);
    rows.push(row);
  }
  return ok(rows);
}

function upgraded(row: unknown, table: TableName, fromVersion: number, versions: readonly SchemaVersion[]): unknown {
  return v.is(RECORD, row) ? upgradeRow(versions, table, row, fromVersion) : row;
}

const RECORD = v.record(v.string(), v.unknown());

function primaryKey(table: TableName, row: unknown): string | null {
  const key = v.is(RECORD, row) ? row[PRIMARY_KEY[table]] : undefined;
  return typeof key === 'string' ? key : null;
}

interface ReadKeys {
  readonly state: Backup['keys'];
  readonly entries: SecretsByConnection;
}

async function readKeys(secrets: BackupSecrets | null, passphrase: string | null): Promise<Result<ReadKeys, BackupError>> {
  if (secrets === null) return ok({ state: 'absent', entries: {} });
  if (secrets.kind === 'plain') return ok({ state: 'included', entries: secrets.entries });
  if (passphrase === null) return ok({ state: 'locked', entries: {} });
  const opened = await decryptSecrets(secrets, passphrase);
  return opened.ok ? ok({ state: 'included', entries: opened.value }) : opened;
}

function withKeys(connections: readonly Connection[], entries: SecretsByConnection): readonly Connection[] {
  return connections.map((connection) => {
    const secret = Object.hasOwn(entries, connection.id) ? entries[connection.id] : undefined;
    return secret === undefined ? connection : { ...connection, ...secret };
  });
}

function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `"${path}": ${issue.message}`;
}
