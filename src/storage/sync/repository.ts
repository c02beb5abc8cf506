import type { TacitDatabase } from '../database';
import type { Locks } from '../locks';
import { guarded } from '../storage-error';
import type { SyncSecrets } from './records';
import type { SyncRemote } from './remote';
import type { SyncRun } from './run';
import type { SyncOutcome } from './sync';
import type { Vault } from './vault';

const NO_SECRETS: Omit<SyncSecrets, 'id' | 'kind'> = { password: '', folder: null, vault: null };

/** Syncing with storage that the user owns; run.ts tells how it works. The work itself is loaded when there is some. */
export class SyncRepository {
  constructor(
    private readonly database: TacitDatabase,
    private readonly locks: Locks,
    private readonly now: () => number,
  ) {}

  /** Opens the vault in a folder, or makes one. Rejects with VaultFailure or RemoteFailure. */
  async openVault(remote: SyncRemote, passphrase: string, signal: AbortSignal): Promise<Vault> {
    const { openVault } = await import('./vault');
    return openVault(remote, passphrase, signal);
  }

  /** One round; of two tabs the second waits. Rejects with RemoteFailure, VaultFailure, StorageFailure or the signal's reason. */
  async run(run: Omit<SyncRun, 'database' | 'now'>): Promise<SyncOutcome> {
    const release = await this.locks.hold('tacit-sync', run.signal);
    if (release === null) throw run.signal.reason;
    try {
      const { syncOnce } = await import('./sync');
      return await syncOnce({ ...run, database: this.database, now: this.now });
    } finally {
      release();
    }
  }

  /** Reads the other devices' files once more at the next round. Rejects with StorageFailure. */
  reread(): Promise<void> {
    return guarded(async () => (await import('./state')).rereadPeers(this.database));
  }

  /** What is kept of the password, the folder and the key. Rejects with StorageFailure. */
  secrets(): Promise<Omit<SyncSecrets, 'id' | 'kind'>> {
    return guarded(async () => {
      const stored = await this.database.syncState.get('secrets');
      return stored?.kind === 'secrets' ? stored : NO_SECRETS;
    });
  }

  saveSecrets(secrets: Omit<SyncSecrets, 'id' | 'kind'>): Promise<void> {
    return guarded(async () => {
      await this.database.syncState.put({ ...secrets, id: 'secrets', kind: 'secrets' });
    });
  }

  /** Forgets folder, key and what was synced. Everything stays here and there. Rejects with StorageFailure. */
  forget(): Promise<void> {
    const { syncMarks, syncState } = this.database;
    return guarded(() =>
      this.database.transaction('rw', syncMarks, syncState, async () => {
        await syncMarks.clear();
        await syncState.clear();
      }),
    );
  }
}
