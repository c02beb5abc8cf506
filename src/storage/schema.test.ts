import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, TacitDatabase } from './database';
import { SCHEMA_VERSIONS, upgradeRow, type SchemaVersion } from './schema';
import { StorageFailure, type StorageError } from './storage-error';
import { sampleConversation, samplePreference } from './testing/samples';

const NEXT: SchemaVersion = {
  version: SCHEMA_VERSIONS.length + 1,
  stores: { conversations: 'id, updatedAt, folder', folders: 'id' },
  upgradeRow: { conversations: (row) => ({ ...row, folder: `from-${String(row['title'])}` }) },
};

function newFactory() {
  return { indexedDB: new IDBFactory(), IDBKeyRange };
}

afterEach(() => vi.restoreAllMocks());

describe('the schema', () => {
  it('numbers its steps 1, 2, 3 … without a gap', () => {
    expect(SCHEMA_VERSIONS.map((step) => step.version)).toEqual(SCHEMA_VERSIONS.map((_step, index) => index + 1));
  });

  it('upgrades rows in place and leaves other tables alone', async () => {
    const factory = newFactory();
    const before = await openDatabase({ factory });
    await before.conversations.bulkPut([sampleConversation('a'), sampleConversation('b')]);
    await before.preferences.put(samplePreference('p'));
    before.close();

    const after = await openDatabase({ factory, schema: [...SCHEMA_VERSIONS, NEXT] });
    expect(await after.table('conversations').where('folder').equals('from-Chat b').primaryKeys()).toEqual(['b']);
    expect(await after.preferences.get('p')).toEqual(samplePreference('p'));
    expect(await after.table('folders').count()).toBe(0);
    after.close();
  });

  it('brings chats and models of the first version to the second', () => {
    const old = { id: 'm', card: { id: 'm', name: 'M' } };
    expect(upgradeRow(SCHEMA_VERSIONS, 'models', old, 1)).toMatchObject({ id: 'm', card: { id: 'm', name: 'M', tools: null } });
    expect(upgradeRow(SCHEMA_VERSIONS, 'conversations', { id: 'c', title: 'T' }, 1)).toMatchObject({ id: 'c', title: 'T', limits: null });
    expect(upgradeRow(SCHEMA_VERSIONS, 'turns', { id: 't', responses: [{ id: 'r', text: 'x' }] }, 1)).toMatchObject({
      id: 't',
      responses: [{ id: 'r', text: 'x', standIn: null }],
    });
  });

  it('lets fingerprints begin afresh, and forgets the old sum of suspicion', () => {
    expect(upgradeRow(SCHEMA_VERSIONS, 'models', { id: 'm', fingerprint: { count: 4 } }, 3)).toEqual({ id: 'm', fingerprint: null });
    expect(upgradeRow(SCHEMA_VERSIONS, 'adaptation', { drift: { cusum: 2, cusumSincePickId: 'p', changeAtPickId: 'q' } }, 3)['drift']).toEqual({ changes: [], changeAtPickId: 'q' });
  });

  it('keeps the old data whole when an upgrade fails half-way', async () => {
    const factory = newFactory();
    const before = await openDatabase({ factory });
    await before.conversations.bulkPut([sampleConversation('a'), sampleConversation('b')]);
    before.close();

    const failing: SchemaVersion = {
      ...NEXT,
      upgradeRow: {
        conversations: (row) => {
          if (row['id'] === 'b') throw new Error('cannot upgrade b');
          return { ...row, title: 'changed' };
        },
      },
    };
    await expect(openDatabase({ factory, schema: [...SCHEMA_VERSIONS, failing] })).rejects.toThrow(/cannot upgrade b/);

    const again = await openDatabase({ factory });
    expect(await again.conversations.toArray()).toEqual([sampleConversation('a'), sampleConversation('b')]);
    again.close();
  });

  it('refuses data of a newer version without touching it', async () => {
    const factory = newFactory();
    const newer = await openDatabase({ factory, schema: [...SCHEMA_VERSIONS, NEXT] });
    await newer.table('conversations').put({ ...sampleConversation('a'), folder: 'x' });
    newer.close();

    const failure = await openDatabase({ factory }).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(StorageFailure);
    expect(failure).toMatchObject({ error: { kind: 'newer' } });

    const again = await openDatabase({ factory, schema: [...SCHEMA_VERSIONS, NEXT] });
    expect(await again.table('conversations').get('a')).toMatchObject({ folder: 'x' });
    again.close();
  });

  it('upgrades one row by the same functions, across several steps', () => {
    const steps: SchemaVersion[] = [
      { version: 3, stores: {}, upgradeRow: { drafts: (row) => ({ ...row, log: `${String(row['log'])}3` }) } },
      { version: 2, stores: {}, upgradeRow: { drafts: (row) => ({ ...row, log: `${String(row['log'])}2` }) } },
    ];
    expect(upgradeRow(steps, 'drafts', { id: 'd', log: '1' }, 1)).toEqual({ id: 'd', log: '123' });
    expect(upgradeRow(steps, 'drafts', { id: 'd', log: '1' }, 2)).toEqual({ id: 'd', log: '13' });
    expect(upgradeRow(steps, 'turns', { id: 't' }, 1)).toEqual({ id: 't' });
  });
});

describe('an upgrade while another tab is open', () => {
  it('makes the older tab let go and tells its app', async () => {
    const factory = newFactory();
    const onClosed = vi.fn<(error: StorageError) => void>();
    const older = await openDatabase({ factory }, { onClosed });
    const newer = await openDatabase({ factory, schema: [...SCHEMA_VERSIONS, NEXT] });
    expect(onClosed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: 'closed' }));
    expect(older.isOpen()).toBe(false);
    await expect(older.conversations.count()).rejects.toThrow(Dexie.DatabaseClosedError);
    newer.close();
  });

  it('says that it is blocked by a tab that does not let go, and goes on when it does', async () => {
    const factory = newFactory();
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const stubborn = new TacitDatabase({ factory });
    stubborn.on('versionchange', () => false);
    await stubborn.open();
    const onBlocked = vi.fn<(error: StorageError) => void>(() => stubborn.close());
    const newer = await openDatabase({ factory, schema: [...SCHEMA_VERSIONS, NEXT] }, { onBlocked });
    expect(onBlocked).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: 'blocked' }));
    expect(newer.isOpen()).toBe(true);
    newer.close();
  });
});
