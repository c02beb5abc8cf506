import * as v from 'valibot';
import type { Vault } from './vault';
import type { Version } from './versions';

/** Tables that travel, in the order they are merged in. What is learned is replayed from the log; drafts and caches stay where they are. */
export const SYNC_TABLES = ['conversations', 'turns', 'decisions', 'attachments', 'preferences', 'expenses', 'presets', 'models', 'connections', 'settings', 'connectionKeys'] as const;

export type SyncTableName = (typeof SYNC_TABLES)[number];

/** A row in the form that travels: plain JSON values (see backup/values.ts). */
export type SyncRow = Readonly<Record<string, unknown>>;

/** One version of one row; `row` null = deleted. */
export interface SyncRecord extends Version {
  readonly table: SyncTableName;
  readonly key: string;
  readonly row: SyncRow | null;
  /** Of a turn or attachment: its conversation. Of a tombstone only when it went with its whole chat. */
  readonly parent: string | null;
}

/** What this device remembers of a row's version; `hash` null = deleted. */
export interface SyncMark extends Version {
  readonly table: SyncTableName;
  readonly key: string;
  readonly hash: string | null;
  /** As in SyncRecord. */
  readonly parent: string | null;
  /** 1: made here and not yet published; an index needs a number. */
  readonly pending: 0 | 1;
}

/**
 * Tables that only syncing uses. They are emptied together with the rest: rows that are missing because everything was erased or replaced here
 * must not look as if they had been deleted one by one.
 */
export const SYNC_OWN_TABLES = ['syncMarks', 'syncState'] as const;

/** What this device remembers of syncing itself. None of it is in a backup. */
export type SyncStateRow = SelfState | PeerState | SyncSecrets;

export interface SelfState {
  readonly id: 'self';
  readonly kind: 'self';
  readonly deviceId: string;
  readonly clock: number;
  /** Whose files these are; in another vault everything is published anew. */
  readonly vaultId: string | null;
  readonly nextSegment: number;
  /** Files of this device that its index names. */
  readonly segments: readonly string[];
  /** Of the index as this device wrote it last. */
  readonly nonce: string | null;
}

export interface PeerState {
  /** `peer:<device>` */
  readonly id: string;
  readonly kind: 'peer';
  readonly deviceId: string;
  readonly name: string;
  /** Of its index when it was read last. */
  readonly tag: string | null;
  /** Its files that were taken in. */
  readonly segments: readonly string[];
  readonly updatedAt: number;
}

/** Kept only if the user wants this device to sync by itself. The key cannot be taken out of the browser. */
export interface SyncSecrets {
  readonly id: 'secrets';
  readonly kind: 'secrets';
  readonly password: string;
  readonly folder: FileSystemDirectoryHandle | null;
  readonly vault: Vault | null;
}

const record = v.object({
  table: v.string(),
  key: v.string(),
  clock: v.pipe(v.number(), v.integer(), v.minValue(0)),
  device: v.pipe(v.string(), v.nonEmpty()),
  history: v.array(v.string()),
  row: v.nullable(v.record(v.string(), v.unknown())),
  parent: v.nullable(v.string()),
});

export const SEGMENT_SCHEMA = v.object({ schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)), records: v.array(record) });

export const INDEX_SCHEMA = v.object({
  deviceId: v.string(),
  deviceName: v.string(),
  updatedAt: v.number(),
  /** Changes with every write, so that a copied browser profile is noticed. */
  nonce: v.string(),
  segments: v.array(v.string()),
});

export type DeviceIndex = v.InferOutput<typeof INDEX_SCHEMA>;

export function isSyncTable(name: string): name is SyncTableName {
  return SYNC_TABLES.some((table) => table === name);
}
