import type { TFunction } from 'i18next';
import type { SyncPhase, SyncProblem } from '../../store/sync';

/** What is wrong, and what to do. */
export function syncProblemText(t: TFunction, { kind, detail }: SyncProblem): string {
  switch (kind) {
    case 'offline':
      return t('The server cannot be reached from this page. Check the network and the address. If the address opens in a tab, the server does not allow this page by CORS: see below how to allow it.');
    case 'refused_login':
      return t('The server does not accept this user and password. Nextcloud wants an app password, made in its security settings.');
    case 'forbidden':
      return t('The server does not let this user write there ({{detail}}).', { detail });
    case 'not_found':
      return t('There is no such folder. The folder above it has to exist; the last one is made by itself.');
    case 'address':
      return t('This is not the address of a WebDAV folder ({{detail}}).', { detail });
    case 'full':
      return t('There is no room left in the folder. Nothing was lost: make room there, then sync again.');
    case 'changed':
      return t('The folder was changed while it was being written ({{detail}}). Sync again.', { detail });
    case 'no_permission':
      return t('The browser needs your permission for the folder again. Press “Sync now”.');
    case 'server':
      return t('The server answered with an error ({{detail}}). Try again later.', { detail });
    case 'wrong_passphrase':
      return t('This is not the passphrase that the folder was set up with.');
    case 'damaged':
      return t('The file {{detail}} is damaged. Restore it from the server’s own backup, or empty the folder: every device then writes what it has.', { detail });
    case 'newer_version':
      return t('The folder was written by a newer Tacit. Reload this page to get it.');
    case 'other_vault':
      return t('The folder was emptied or set up anew. Stop syncing here and connect it again; nothing on this device is lost.');
    case 'needs_passphrase':
      return t('Enter the passphrase to go on syncing: it was not kept on this device.');
    case 'storage':
      return detail;
  }
}

export function syncPhaseText(t: TFunction, phase: Extract<SyncPhase, { kind: 'running' }>): string {
  switch (phase.progress?.step) {
    case 'receiving':
      return t('Receiving what other devices wrote');
    case 'sending':
      return t('Sending what is new here');
    default:
      return t('Comparing');
  }
}
