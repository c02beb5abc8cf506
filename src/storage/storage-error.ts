import { mark } from '../core/phrase';

/**
 * Storage failures as plain data. Sources of the names: the Indexed Database API 3.0 (exceptions) and Dexie's error reference
 * (https://dexie.org/docs/DexieErrors/DexieError).
 */
export type StorageErrorKind = 'quota' | 'blocked' | 'closed' | 'newer' | 'corrupt' | 'unavailable' | 'unknown';

export interface StorageError {
  readonly kind: StorageErrorKind;
  /** What happened, for a person; English, as a key for translation. */
  readonly message: string;
  /** What the person can do next; likewise. */
  readonly advice: string;
  /** The platform's own words, for a bug report. */
  readonly detail: string;
}

/** What every repository rejects with. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';

  constructor(readonly error: StorageError) {
    super(`${error.message} ${error.advice} (${error.detail})`);
  }
}

const WORDS: Readonly<Record<StorageErrorKind, { readonly message: string; readonly advice: string }>> = {
  quota: {
    message: mark('The browser has no room left for Tacit.'),
    advice: mark('Save a backup, then delete old conversations or free disk space. What is on screen is not lost until you close the tab.'),
  },
  blocked: {
    message: mark('Another tab with an older Tacit holds the data.'),
    advice: mark('Close the other Tacit tabs; this one goes on by itself.'),
  },
  closed: {
    message: mark('The connection to the stored data was closed, because Tacit was updated in another tab or the site data was cleared.'),
    advice: mark('Copy any unsaved text, then reload this tab.'),
  },
  newer: {
    message: mark('The stored data was written by a newer version of Tacit.'),
    advice: mark('Reload to get the newest version. Nothing was changed.'),
  },
  corrupt: {
    message: mark('The browser could not read its stored data.'),
    advice: mark('Restart the browser. If it stays, restore your last backup in Settings.'),
  },
  unavailable: {
    message: mark('This browser does not let Tacit store data here.'),
    advice: mark('Leave private browsing or allow site data for this address, then reload.'),
  },
  unknown: {
    message: mark('Something unexpected went wrong while storing data.'),
    advice: mark('Try again. If it stays, save a backup and reload.'),
  },
};

const KIND_OF_NAME: Readonly<Record<string, StorageErrorKind>> = {
  QuotaExceededError: 'quota',
  NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR: 'quota',
  DatabaseClosedError: 'closed',
  VersionError: 'newer',
  UnknownError: 'corrupt',
  NotReadableError: 'corrupt',
  MissingAPIError: 'unavailable',
  SecurityError: 'unavailable',
};

/** Builds the plain error of a known kind. */
export function storageError(kind: StorageErrorKind, detail: string): StorageError {
  return { kind, ...WORDS[kind], detail };
}

/** Finds the first known cause in an error and what it wraps (Dexie's `inner`, `failures`, the standard `cause`). Never throws. */
export function toStorageError(thrown: unknown): StorageError {
  if (thrown instanceof StorageFailure) return thrown.error;
  const causes = causeChain(thrown);
  const detail = causes.map(describe).join(' ← ') || String(thrown);
  for (const cause of causes) {
    const kind = kindOf(cause);
    if (kind !== undefined) return storageError(kind, detail);
  }
  return storageError('unknown', detail);
}

/** Runs storage work; whatever it throws comes out as a StorageFailure. Not to be nested inside a transaction. */
export async function guarded<Value>(work: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    throw new StorageFailure(toStorageError(thrown));
  }
}

const MAX_CHAIN = 8;

function causeChain(thrown: unknown): readonly object[] {
  const chain: object[] = [];
  const queue: unknown[] = [thrown];
  while (queue.length > 0 && chain.length < MAX_CHAIN) {
    const next = queue.shift();
    if (typeof next !== 'object' || next === null || chain.includes(next)) continue;
    chain.push(next);
    if ('inner' in next) queue.push(next.inner);
    if ('cause' in next) queue.push(next.cause);
    if ('failures' in next && Array.isArray(next.failures)) queue.push(next.failures[0]);
  }
  return chain;
}

function kindOf(cause: object): StorageErrorKind | undefined {
  const name = 'name' in cause ? String(cause.name) : '';
  const known = KIND_OF_NAME[name];
  if (known !== undefined) return known;
  // Browsers abort the whole transaction when the disk is full and name only the reason in the text.
  if (name === 'AbortError' && /quota/i.test(describe(cause))) return 'quota';
  if (name === 'InvalidStateError' && /clos/i.test(describe(cause))) return 'closed';
  return undefined;
}

function describe(cause: object): string {
  const name = 'name' in cause ? String(cause.name) : 'Error';
  const message = 'message' in cause ? String(cause.message) : '';
  return message === '' ? name : `${name}: ${message.split('\n')[0] ?? ''}`;
}
