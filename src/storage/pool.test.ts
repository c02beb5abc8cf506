import { NO_SETUP } from '../core/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_RULES } from '../core/routing';
import { parseSetting, SETTINGS } from './settings-schema';
import { requestPersistence, storageHealth } from './persistence';
import { MemoryProfile } from './testing/memory-storage';
import { sampleConnection, sampleModel } from './testing/samples';
import type { TacitStorage } from './storage';
import { openDatabase } from './database';

let profile: MemoryProfile;
let storage: TacitStorage;

beforeEach(async () => {
  profile = new MemoryProfile();
  storage = await profile.open();
});

afterEach(() => storage.close());

function countOne(tab: TacitStorage) {
  return tab.settings.update('comparisonUsage', (usage) => ({ day: '2026-11-02', count: usage.count + 1, recentGains: usage.recentGains }));
}

describe('models', () => {
  it('take a new list from the server and keep what was learned and chosen', async () => {
    await storage.models.saveMany([sampleModel('home/a', 'home', { enabled: false, addedAt: 3 }), sampleModel('home/gone'), sampleModel('far/x', 'far')]);
    const renamed = sampleModel('home/a', 'home', { fingerprint: null, descriptionEmbedding: null, addedAt: 99 });
    await storage.models.replaceOfConnection('home', [{ ...renamed, card: { ...renamed.card, name: 'A new name' } }, sampleModel('home/b')]);
    expect((await storage.models.list()).map((model) => model.id).toSorted()).toEqual(['far/x', 'home/a', 'home/b']);
    const kept = await storage.models.get('home/a');
    expect(kept).toMatchObject({ enabled: false, addedAt: 3, card: { name: 'A new name' }, fingerprint: { count: 4 } });
    expect(kept?.descriptionEmbedding?.vector).toEqual(sampleModel('home/a').descriptionEmbedding?.vector);
  });

  it('drop an embedding that no longer fits the description', async () => {
    const model = sampleModel('home/a');
    await storage.models.save(model);
    await storage.models.updateCard('home/a', { ...model.card, description: 'Now a poet.' });
    expect((await storage.models.get('home/a'))?.descriptionEmbedding).toBeNull();
    expect(await storage.models.updateCard('missing', model.card)).toBeNull();
  });

  it('go with their connection', async () => {
    await storage.connections.save(sampleConnection('home'));
    await storage.models.saveMany([sampleModel('home/a'), sampleModel('catalogue', null)]);
    await storage.connections.remove('home');
    expect(await storage.connections.list()).toEqual([]);
    expect((await storage.models.list()).map((model) => model.id)).toEqual(['catalogue']);
  });
});

describe('settings', () => {
  it('have defaults, and keep what is set', async () => {
    expect(await storage.settings.get('theme')).toBe('system');
    await storage.settings.set('constraints', { ...NO_RULES, connectionIds: ['home'], localOnly: true });
    storage.close();
    storage = await profile.open();
    const all = await storage.settings.all();
    expect(all.constraints).toEqual({ ...NO_RULES, connectionIds: ['home'], localOnly: true });
    expect(Object.keys(all).toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
  });

  it('of rules stored before there were as many have no rule where none is stored', () => {
    expect(parseSetting('constraints', { localOnly: true, maxCostUsd: 0.01 })).toEqual({ ...NO_RULES, localOnly: true, maxCostUsd: 0.01 });
  });

  it('of comparisons counted before their worth was remembered know of no prompt', () => {
    expect(parseSetting('comparisonUsage', { day: '2026-11-02', count: 2 })).toEqual({ day: '2026-11-02', count: 2, recentGains: [] });
  });

  it('fall back to the default when what is stored makes no sense', async () => {
    const database = await openDatabase(profile.environment());
    await database.settings.bulkPut([
      { key: 'theme', value: 'purple' },
      { key: 'comparison', value: { enabled: true, perDay: -4, epsilon: 0 } },
      { key: 'unheard-of', value: 1 },
    ]);
    database.close();
    const all = await storage.settings.all();
    expect(all.theme).toBe('system');
    expect(all.comparison).toEqual(SETTINGS.comparison.fallback);
    expect(all).not.toHaveProperty('unheard-of');
  });

  it('count together from two tabs', async () => {
    const other = await profile.open();
    await Promise.all([countOne(storage), countOne(other), countOne(storage), countOne(other)]);
    expect(await storage.settings.get('comparisonUsage')).toEqual({ day: '2026-11-02', count: 4, recentGains: [] });
    other.close();
  });
});

describe('drafts', () => {
  it('survive a reload and vanish when emptied', async () => {
    await storage.drafts.save({ id: 'new', text: 'Dear', attachments: [], setup: NO_SETUP, updatedAt: 1 });
    storage.close();
    storage = await profile.open();
    expect((await storage.drafts.get('new'))?.text).toBe('Dear');
    await storage.drafts.save({ id: 'new', text: '', attachments: [], setup: NO_SETUP, updatedAt: 2 });
    expect(await storage.drafts.get('new')).toBeNull();
  });
});

describe('failures of the platform', () => {
  it('come out of every repository as quota, and change nothing', async () => {
    const database = await openDatabase(profile.environment());
    const store = Object.getPrototypeOf(database.backendDB().transaction('turns', 'readwrite').objectStore('turns'));
    database.close();
    const put = vi.spyOn(store, 'put').mockImplementation(() => {
      throw new DOMException('The current transaction exceeded its quota limitations.', 'QuotaExceededError');
    });
    try {
      const failure = await storage.settings.set('theme', 'dark').catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ name: 'StorageFailure', error: { kind: 'quota', advice: expect.stringMatching(/backup/) } });
      await expect(storage.connections.save(sampleConnection('a'))).rejects.toMatchObject({ error: { kind: 'quota' } });
      await expect(storage.models.saveMany([sampleModel('m'), sampleModel('n')])).rejects.toMatchObject({ error: { kind: 'quota' } });
    } finally {
      put.mockRestore();
    }
    expect(await storage.settings.get('theme')).toBe('system');
    expect(await storage.models.list()).toEqual([]);
  });

  it('come out as closed after the tab let go of the data', async () => {
    storage.close();
    await expect(storage.turns.list('c')).rejects.toMatchObject({ error: { kind: 'closed' } });
    await expect(storage.settings.set('theme', 'dark')).rejects.toMatchObject({ error: { kind: 'closed' } });
  });

  it('erases everything on request', async () => {
    await storage.connections.save(sampleConnection('a'));
    await storage.settings.set('theme', 'dark');
    await storage.erase();
    expect(await storage.connections.list()).toEqual([]);
    expect(await storage.settings.get('theme')).toBe('system');
  });
});

describe('persistence', () => {
  it('reports what the browser says', async () => {
    const manager = { persisted: async () => true, persist: async () => true, estimate: async () => ({ usage: 10, quota: 100 }) };
    expect(await storageHealth(manager)).toEqual({ persisted: true, usageBytes: 10, quotaBytes: 100, evictionNote: 'safe' });
    expect(await storageHealth({ ...manager, persisted: async () => false })).toMatchObject({ evictionNote: 'may_be_evicted' });
    expect(await requestPersistence(manager)).toBe(true);
  });

  it('does without a browser that cannot say', async () => {
    const broken = {
      persisted: () => Promise.reject(new TypeError('insecure')),
      persist: () => Promise.reject(new TypeError('insecure')),
      estimate: () => Promise.reject(new TypeError('insecure')),
    };
    expect(await storageHealth(broken)).toEqual({ persisted: null, usageBytes: null, quotaBytes: null, evictionNote: 'unknown' });
    expect(await requestPersistence(broken)).toBeNull();
  });
});
