import * as v from 'valibot';
import { phrase, type Phrase, type Words } from '../../core/phrase';
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
  | { readonly kind: 'not_backup'; readonly detail: Words }
  | { readonly kind: 'newer_version'; readonly found: Words; readonly known: Words }
  | { readonly kind: 'checksum_mismatch' }
  | {
      readonly kind: 'row_invalid';
      readonly table: string;
      /** Position in the table, from 0. */
      readonly index: number;
      readonly key: string | null;
      readonly path: Words;
      readonly detail: Words;
    }
  | { readonly kind: 'passphrase_wrong' };

/** One or two sentences for a person. */
export function backupErrorPhrase(error: BackupError): Phrase {
  switch (error.kind) {
    case 'not_json':
      return phrase('This file is not JSON, or was cut off on the way: {{detail}}. Choose the file as it was downloaded.', { detail: error.detail });
    case 'not_backup':
      return phrase('This JSON file is not a Tacit backup: {{detail}}.', { detail: error.detail });
    case 'newer_version':
      return phrase('This backup was made by a newer Tacit ({{found}}; this one reads up to {{known}}). Update Tacit, then restore.', { found: error.found, known: error.known });
    case 'checksum_mismatch':
      return phrase('This backup was changed or damaged after it was made: its checksum does not fit. Nothing was restored.');
    case 'row_invalid': {
      const { index, table, key, path, detail } = error;
      const row = key === null ? `${index + 1}` : `${index + 1} (${key})`;
      return phrase('Row {{row}} of "{{table}}" is invalid at {{path}}: {{detail}}. Nothing was restored.', { row, table, path, detail });
    }
    case 'passphrase_wrong':
      return phrase('The passphrase does not open the keys in this backup. Try again, or restore without keys.');
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
