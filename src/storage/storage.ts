import { AdaptationRepository } from './adaptation';
import { AttachmentRepository } from './attachments';
import type { Backup, BackupError } from './backup/format';
import type { RestoreMode } from './backup/restore-backup';
import type { KeyExport, WrittenBackup } from './backup/write-backup';
import { watchChanges, type TableChange } from './changes';
import { ConnectionRepository } from './connections';
import { ConversationRepository } from './conversations';
import { openDatabase, type DatabaseEnvironment, type DatabaseEvents, type TacitDatabase } from './database';
import { DraftRepository } from './drafts';
import { ExpenseRepository } from './expenses';
import { FolderRepository } from './folders';
import type { ImportableChat, ImportedChats } from './import-chats';
import { createLocks, type Locks } from './locks';
import { ModelRepository } from './models';
import { PreferenceRepository } from './preferences';
import { PresetRepository } from './presets';
import { ProgressWriter, type ProgressWriterOptions } from './progress-writer';
import { recoverInterrupted, type Recovery } from './recovery';
import { TABLE_NAMES, type TableName } from './rows';
import { SYNC_OWN_TABLES } from './sync/records';
import { SyncRepository } from './sync/repository';
import { SettingRepository } from './settings';
import { guarded } from './storage-error';
import { TurnRepository } from './turns';
import type { Unwatch } from './watch';
import type { Result } from '../core/result';

export interface StorageEnvironment extends DatabaseEnvironment {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly locks?: Locks;
}

/** Everything Tacit keeps on the device. Built once, in the app's composition. What is rarely asked for (backup, import, sync) is loaded then. */
export class TacitStorage {
  readonly conversations: ConversationRepository;
  readonly folders: FolderRepository;
  readonly turns: TurnRepository;
  readonly preferences: PreferenceRepository;
  readonly adaptation: AdaptationRepository;
  readonly models: ModelRepository;
  readonly connections: ConnectionRepository;
  readonly settings: SettingRepository;
  readonly drafts: DraftRepository;
  readonly expenses: ExpenseRepository;
  readonly attachments: AttachmentRepository;
  readonly presets: PresetRepository;
  readonly sync: SyncRepository;
  private readonly closing = new AbortController();

  private constructor(
    private readonly database: TacitDatabase,
    private readonly locks: Locks,
    private readonly now: () => number,
  ) {
    this.conversations = new ConversationRepository(database);
    this.folders = new FolderRepository(database);
    this.turns = new TurnRepository(database);
    this.preferences = new PreferenceRepository(database);
    this.adaptation = new AdaptationRepository(database);
    this.models = new ModelRepository(database);
    this.connections = new ConnectionRepository(database);
    this.settings = new SettingRepository(database);
    this.drafts = new DraftRepository(database);
    this.sync = new SyncRepository(database, locks, now);
    this.expenses = new ExpenseRepository(database);
    this.attachments = new AttachmentRepository(database);
    this.presets = new PresetRepository(database);
  }

  /** Opens or creates the database. Rejects with StorageFailure. */
  static async open(environment: StorageEnvironment, events: DatabaseEvents = {}): Promise<TacitStorage> {
    const database = await openDatabase(environment, events);
    return new TacitStorage(database, environment.locks ?? createLocks(), environment.now);
  }

  /** Call at start-up: closes responses that a dead tab left streaming. Those of living tabs are watched until `close`. */
  recoverInterrupted(): Promise<Recovery> {
    return recoverInterrupted(this.turns, this.locks, this.now, this.closing.signal);
  }

  /** For one response that is about to stream. */
  startProgress(options: Omit<ProgressWriterOptions, 'turns' | 'locks'>): Promise<ProgressWriter> {
    return ProgressWriter.start({ ...options, turns: this.turns, locks: this.locks });
  }

  /** Follows a table by the keys of what changed. */
  watchChanges(table: TableName, onChange: (change: TableChange) => void): Unwatch {
    return watchChanges(this.database, table, onChange);
  }

  /** Everything as one file. Rejects with StorageFailure. */
  async exportBackup(keys: KeyExport): Promise<WrittenBackup> {
    const { writeBackup } = await import('./backup/write-backup');
    return writeBackup(this.database, keys, this.now());
  }

  /** Chats alone, all branches, as one file that can be restored; null = all of them. Rejects with StorageFailure. */
  async exportChats(conversationIds: readonly string[] | null): Promise<WrittenBackup> {
    const { writeChats } = await import('./backup/write-backup');
    return writeChats(this.database, conversationIds, this.now());
  }

  /** Reads and validates a file without storing anything, for a preview before `restoreBackup`. */
  async readBackup(file: Blob | string, passphrase: string | null = null): Promise<Result<Backup, BackupError>> {
    const { readBackup } = await import('./backup/read-backup');
    return readBackup(file, passphrase);
  }

  /** All or nothing. Rejects with StorageFailure. */
  async restoreBackup(backup: Backup, mode: RestoreMode): Promise<void> {
    const { restoreBackup } = await import('./backup/restore-backup');
    return restoreBackup(this.database, backup, mode);
  }

  /** Adds chats from elsewhere; those that are here only get what is new in them. All or nothing. Rejects with StorageFailure. */
  async importChats(chats: readonly ImportableChat[]): Promise<ImportedChats> {
    const { importChats } = await import('./import-chats');
    return importChats(this.database, chats);
  }

  /** Takes chats away that an unfinished import had added. Rejects with StorageFailure. */
  async removeImported(conversationIds: readonly string[]): Promise<void> {
    const { removeImported } = await import('./import-chats');
    return removeImported(this.database, conversationIds);
  }

  /** Deletes everything stored, in one transaction. */
  erase(): Promise<void> {
    return guarded(() =>
      this.database.transaction('rw', [...TABLE_NAMES, ...SYNC_OWN_TABLES], async () => {
        for (const name of [...TABLE_NAMES, ...SYNC_OWN_TABLES]) await this.database.table(name).clear();
      }),
    );
  }

  close(): void {
    this.closing.abort();
    this.database.leave();
  }
}
