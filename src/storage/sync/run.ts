import type { TacitDatabase } from '../database';
import type { SyncRemote } from './remote';
import type { Vault } from './vault';

/**
 * Syncing through a folder that the user owns, without a server that knows anything.
 *
 * Each device writes its own files only, so two never write to the same one: segments (`<device>-<n>.seg`) with the rows that it changed since
 * the last time, and an index (`<device>.index`) that names them and is written last. A device reads the others' indexes and takes in the
 * segments it has not seen; after many of them it writes everything it has into fresh ones and drops the old. Each row carries a version
 * (versions.ts), a deleted one a tombstone; what was made at the same time on two devices is merged without dropping either side (merge.ts), so
 * segments may be read in any order and any number of times. All of it is encrypted with a key from the passphrase (vault.ts); the names of
 * the files tell how many devices there are and how much they wrote, and nothing else.
 */
export interface SyncRun {
  readonly database: TacitDatabase;
  readonly remote: SyncRemote;
  readonly vault: Vault;
  readonly deviceName: string;
  /** API keys travel, too. */
  readonly withKeys: boolean;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SyncProgress) => void;
}

export interface SyncProgress {
  readonly step: 'comparing' | 'receiving' | 'sending';
  readonly done: number;
  readonly total: number;
}
