import { backupErrorPhrase, type Backup } from '../../../storage/backup/format';
import type { RestoreMode } from '../../../storage/backup/restore-backup';
import type { KeyExport, WrittenBackup } from '../../../storage/backup/write-backup';
import type { TableName } from '../../../storage/rows';
import { listedText, t, translate } from '../../i18n';
import type { App } from '../../store/app';

/** Everything as one file; the date goes into settings. Rejects with StorageFailure. */
export async function createBackup(app: App, keys: KeyExport): Promise<WrittenBackup> {
  const backup = await app.platform.storage.exportBackup(keys);
  await app.settings.set('lastBackupAt', app.platform.clock.now());
  return backup;
}

export type ReadFile = { readonly ok: true; readonly backup: Backup } | { readonly ok: false; readonly problem: string };

/** Reads a file and checks all of it; nothing is stored. `problem` is a sentence. */
export async function readBackupFile(app: App, file: Blob | string, passphrase: string | null): Promise<ReadFile> {
  const read = await app.platform.storage.readBackup(file, passphrase);
  return read.ok ? { ok: true, backup: read.value } : { ok: false, problem: translate(backupErrorPhrase(read.error)) };
}

/** Stores what the file holds and learns it. All or nothing. Rejects with StorageFailure. */
export async function restore(app: App, backup: Backup, mode: RestoreMode): Promise<void> {
  await app.platform.storage.restoreBackup(backup, mode);
  await reload(app);
}

/** Deletes everything that Tacit keeps on this device. Rejects with StorageFailure. */
export async function eraseEverything(app: App): Promise<void> {
  await app.memory.forgetAll();
  await app.platform.storage.erase();
  await reload(app);
}

/** Most slices follow the database by themselves; the pool has to be there before the log is compared with what was learned. */
async function reload(app: App): Promise<void> {
  await app.pool.saveModels([]);
  await app.chat.open(null);
  await app.memory.catchUp();
}

/** "3 chats, 12 prompts, 40 picks"; null when it holds none of these. */
export function contentText({ conversations, turns, preferences, connections, models }: Readonly<Record<TableName, number>>): string | null {
  const parts = [
    ...(conversations > 0 ? [t('{{count}} chats', { count: conversations })] : []),
    ...(turns > 0 ? [t('{{count}} prompts', { count: turns })] : []),
    ...(preferences > 0 ? [t('{{count}} picks', { count: preferences })] : []),
    ...(connections > 0 ? [t('{{count}} connections', { count: connections })] : []),
    ...(models > 0 ? [t('{{count}} models', { count: models })] : []),
  ];
  return parts.length > 0 ? listedText(parts) : null;
}

const WEAK_BELOW = 10;

/** What is wrong with a new passphrase; null when it will do. */
export function passphraseProblem(passphrase: string, repeated: string): string | null {
  if (passphrase.length < WEAK_BELOW) return t('Use at least {{number}} characters: whoever finds the file can try passphrases for as long as they like.', { number: WEAK_BELOW });
  return passphrase === repeated ? null : t('The two do not agree.');
}

/** "4.2 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return t('{{number}} bytes', { number: bytes });
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
