import type { Dexie, Transaction } from 'dexie';
import { NO_SETUP } from '../core/conversation';

/** Changes one row of a table to the next version's shape. Pure: it serves both the database upgrade and the restore of older backups. */
export type RowUpgrade = (row: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** One step of the schema. A released step is never edited; a change is a new step at the end. */
export interface SchemaVersion {
  readonly version: number;
  /** Dexie's index syntax (https://dexie.org/docs/Version/Version.stores()), only the tables that change; null drops a table. */
  readonly stores: Readonly<Record<string, string | null>>;
  /** Per table, how rows of the version before become rows of this one. */
  readonly upgradeRow?: Readonly<Record<string, RowUpgrade>>;
}

export const SCHEMA_VERSIONS: readonly SchemaVersion[] = [
  {
    version: 1,
    stores: {
      conversations: 'id, updatedAt',
      turns: 'id, [conversationId+createdAt], *openResponseIds',
      decisions: 'turnId',
      preferences: 'id, [createdAt+id], conversationId',
      adaptation: 'artifactVersion',
      models: 'id, connectionId',
      connections: 'id',
      settings: 'key',
      drafts: 'id',
    },
  },
  {
    version: 2,
    stores: { expenses: 'id, at', attachments: 'id, ownerId', presets: 'id', folders: 'id', syncMarks: '[table+key], table, pending', syncState: 'id' },
    upgradeRow: {
      conversations: (row) => ({ ...row, limits: null, systemPrompt: '', presetId: null, pinnedAt: null, folderId: null, deletedAt: null }),
      turns: (row) => ({ ...row, attachments: [], responses: rowsOf(row.responses).map((response) => ({ ...response, standIn: null })) }),
      drafts: (row) => ({ ...row, attachments: [], setup: { ...NO_SETUP } }),
      decisions: (row) => ({ ...row, decision: withWishScores(rowOf(row.decision)) }),
      models: (row) => ({ ...row, card: { ...rowOf(row.card), tools: null } }),
    },
  },
  // What a failure says may be a phrase from here on, which the code before could not show. Sentences stay as they are.
  { version: 3, stores: {} },
  // A change of taste is suspected at several picks at once. Fingerprints begin afresh: prompts are clustered otherwise, and what a prompt asked
  // for had been laid to the model.
  {
    version: 4,
    stores: {},
    upgradeRow: {
      adaptation: (row) => ({ ...row, drift: withoutCusum(rowOf(row.drift)) }),
      models: (row) => ({ ...row, fingerprint: null }),
    },
  },
];

/** The state is replayed from the log with the next router; until then nothing is suspected. */
function withoutCusum({ cusum: _cusum, cusumSincePickId: _since, ...drift }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...drift, changes: [] };
}

/** Which part of a score came from wishes was not kept; it is taken as none. */
function withWishScores(decision: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...decision, ranking: rowsOf(decision.ranking).map((candidate) => ({ ...candidate, wishScore: 0 })) };
}

function rowsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(rowOf) : [];
}

function rowOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The newest version in a list of steps. */
export function latestVersion(versions: readonly SchemaVersion[]): number {
  return versions.reduce((latest, step) => Math.max(latest, step.version), 0);
}

export const SCHEMA_VERSION = latestVersion(SCHEMA_VERSIONS);

/** Declares every step on a database, with its row upgrades. An upgrade that throws aborts as a whole: the old data stays. */
export function declareSchema(database: Dexie, versions: readonly SchemaVersion[]): void {
  for (const step of versions) {
    const declared = database.version(step.version).stores({ ...step.stores });
    const upgrades = Object.entries(step.upgradeRow ?? {});
    if (upgrades.length > 0) declared.upgrade((transaction) => upgradeTables(transaction, upgrades));
  }
}

async function upgradeTables(transaction: Transaction, upgrades: readonly (readonly [string, RowUpgrade])[]): Promise<void> {
  for (const [table, upgrade] of upgrades) {
    await transaction
      .table(table)
      .toCollection()
      .modify((row: Record<string, unknown>, reference: { value: unknown }) => {
        reference.value = upgrade(row);
      });
  }
}

/** Brings one row from an older schema version to the newest; a row of the newest version comes back as it is. */
export function upgradeRow(
  versions: readonly SchemaVersion[],
  table: string,
  row: Readonly<Record<string, unknown>>,
  fromVersion: number,
): Readonly<Record<string, unknown>> {
  return versions
    .filter((step) => step.version > fromVersion)
    .toSorted((left, right) => left.version - right.version)
    .reduce<Readonly<Record<string, unknown>>>((current, step) => step.upgradeRow?.[table]?.(current) ?? current, row);
}
