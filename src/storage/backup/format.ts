import * as v from 'valibot';
import type { TableName, Tables } from '../rows';

/**
 * A backup is one JSON file:
 * `{format, formatVersion, schemaVersion, createdAt, counts, checksum, secrets, tables: {name: rows}}`.
 * `checksum` is the SHA-256 (hex) of the rows and secrets as written by `checksumLines`, so it holds whatever the white space.
 */
export const BACKUP_FORMAT = 'tacit-backup';
export const BACKUP_FORMAT_VERSION = 1;

/** API keys and headers by connection id, kept apart from the connections' rows. */
export const SECRETS_SCHEMA = v.record(v.string(), v.object({ apiKey: v.string(), headers: v.record(v.string(), v.string()) }));

export type SecretsByConnection = v.InferOutput<typeof SECRETS_SCHEMA>;

/** More would let a hostile file hang the browser. */
const MAX_ITERATIONS = 10_000_000;

const secrets = v.variant('kind', [
  v.object({ kind: v.literal('plain'), entries: SECRETS_SCHEMA }),
  v.object({
    kind: v.literal('encrypted'),
    kdf: v.literal('PBKDF2-SHA-256'),
    iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ITERATIONS)),
    salt: v.string(),
    cipher: v.literal('AES-256-GCM'),
    iv: v.string(),
    ciphertext: v.string(),
  }),
]);

export type BackupSecrets = v.InferOutput<typeof secrets>;
export type EncryptedSecrets = Extract<BackupSecrets, { kind: 'encrypted' }>;

/** Read before anything else, so that a newer file is told from a broken one. */
export const BACKUP_HEAD_SCHEMA = v.object({
  format: v.literal(BACKUP_FORMAT),
  formatVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

export const BACKUP_SCHEMA = v.object({
  ...BACKUP_HEAD_SCHEMA.entries,
  createdAt: v.number(),
  counts: v.record(v.string(), v.number()),
  checksum: v.string(),
  secrets: v.nullable(secrets),
  tables: v.record(v.string(), v.array(v.unknown())),
});

export type BackupFile = v.InferOutput<typeof BACKUP_SCHEMA>;

export type BackupRows = { readonly [Name in TableName]: readonly Tables[Name][] };

/** A backup that was read and found whole: every row is valid. */
export interface Backup {
  readonly createdAt: number;
  readonly counts: Readonly<Record<TableName, number>>;
  /** `locked`: encrypted, and no passphrase was given; everything else can be restored. */
  readonly keys: 'absent' | 'locked' | 'included';
  readonly rows: BackupRows;
}

export type BackupError =
  | { readonly kind: 'not_json'; readonly detail: string }
  | { readonly kind: 'not_backup'; readonly detail: string }
  | { readonly kind: 'newer_version'; readonly found: string; readonly known: string }
  | { readonly kind: 'checksum_mismatch' }
  | {
      readonly kind: 'row_invalid';
      readonly table: string;
      /** Position in the table, from 0. */
      readonly index: number;
      readonly key: string | null;
      readonly path: string;
      readonly detail: string;
    }
  | { readonly kind: 'passphrase_wrong' };

/** One sentence for a person. */
export function describeBackupError(error: BackupError): string {
  switch (error.kind) {
    case 'not_json':
      return `This file is not JSON, or was cut off on the way: ${error.detail}. Choose the file as it was downloaded.`;
    case 'not_backup':
      return `This JSON file is not a Tacit backup: ${error.detail}.`;
    case 'newer_version':
      return `This backup was made by a newer Tacit (${error.found}; this one reads up to ${error.known}). Update Tacit, then restore.`;
    case 'checksum_mismatch':
      return 'This backup was changed or damaged after it was made: its checksum does not fit. Nothing was restored.';
    case 'row_invalid':
      return `Row ${error.index + 1} of "${error.table}"${error.key === null ? '' : ` (${error.key})`} is invalid at ${error.path}: ${error.detail}. Nothing was restored.`;
    case 'passphrase_wrong':
      return 'The passphrase does not open the keys in this backup. Try again, or restore without keys.';
  }
}

/** SHA-256 as lower-case hex. */
export async function sha256Hex(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the checksum covers, in pieces: for each table its name and one line per row, then the secrets. */
export function tableHeading(name: string): string {
  return `#${name}\n`;
}

export function secretsLine(content: BackupSecrets | null): string {
  return `#secrets\n${JSON.stringify(content)}\n`;
}
