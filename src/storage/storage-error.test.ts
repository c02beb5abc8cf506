import { describe, expect, it } from 'vitest';
import { Dexie } from 'dexie';
import { guarded, StorageFailure, storageError, toStorageError } from './storage-error';

describe('toStorageError', () => {
  it.each([
    ['a bare DOMException', new DOMException('full', 'QuotaExceededError'), 'quota'],
    ['a Dexie error that wraps it', new Dexie.AbortError(new DOMException('full', 'QuotaExceededError')), 'quota'],
    ['a bulk error whose first failure is it', { name: 'BulkError', failures: [new DOMException('x', 'QuotaExceededError')] }, 'quota'],
    ['an abort that only names the quota', new DOMException('Quota exceeded.', 'AbortError'), 'quota'],
    ['a closed database', new Dexie.DatabaseClosedError('gone'), 'closed'],
    ['a raw closing connection', new DOMException('The database connection is closing.', 'InvalidStateError'), 'closed'],
    ['a backing store error', new DOMException('Internal error opening backing store', 'UnknownError'), 'corrupt'],
    ['no IndexedDB', new Dexie.MissingAPIError('none'), 'unavailable'],
    ['a newer version', new DOMException('newer', 'VersionError'), 'newer'],
    ['an abort for another reason', new DOMException('aborted', 'AbortError'), 'unknown'],
    ['a string', 'boom', 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('finds the kind of %s', (_name, thrown, kind) => {
    const error = toStorageError(thrown);
    expect(error.kind).toBe(kind);
    expect(error.advice).not.toBe('');
    expect(error.detail).not.toBe('');
  });

  it('survives a cycle of causes', () => {
    const first: { name: string; cause?: unknown } = { name: 'First' };
    first.cause = { name: 'Second', cause: first };
    expect(toStorageError(first)).toMatchObject({ kind: 'unknown', detail: 'First ← Second' });
  });

  it('passes a StorageFailure through guarded unchanged', async () => {
    const error = storageError('quota', 'x');
    await expect(guarded(() => Promise.reject(new StorageFailure(error)))).rejects.toMatchObject({ error });
  });
});
