import { describe, expect, it } from 'vitest';
import type { SettingRepository } from '../../storage/settings';
import { createSettingsSlice, DEFAULT_SETTINGS, type SettingValues } from './settings';

/** A disk whose reads and writes end when the test says so. */
function slowDisk() {
  let stored: SettingValues = DEFAULT_SETTINGS;
  let onValue: (values: SettingValues) => void = () => undefined;
  const reads: (() => void)[] = [];
  const writes: (() => void)[] = [];
  const repository: Pick<SettingRepository, 'all' | 'watchAll' | 'set'> = {
    all: () => {
      const values = stored;
      return new Promise((resolve) => reads.push(() => resolve(values)));
    },
    watchAll: (watcher) => {
      onValue = watcher.onValue;
      return () => undefined;
    },
    set: (key, value) =>
      new Promise((resolve) =>
        writes.push(() => {
          stored = { ...stored, [key]: value };
          resolve();
        }),
      ),
  };
  const settle = async (calls: (() => void)[]) => {
    calls.splice(0).forEach((end) => end());
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    settings: createSettingsSlice(repository as SettingRepository),
    report: (values: SettingValues) => onValue(values),
    otherTab: (change: Partial<SettingValues>) => (stored = { ...stored, ...change }),
    endReads: () => settle(reads),
    endWrites: () => settle(writes),
  };
}

async function loaded() {
  const disk = slowDisk();
  const loading = disk.settings.load();
  await disk.endReads();
  await loading;
  return { ...disk, shown: () => disk.settings.store.getState() };
}

describe('settings', () => {
  it('are not taken back by a report that was read before they were saved', async () => {
    const disk = await loaded();
    void disk.settings.set('whenLate', 'default');
    await disk.endWrites();
    disk.report(DEFAULT_SETTINGS);
    await disk.endReads();
    expect(disk.shown().whenLate).toBe('default');
  });

  it('are not taken back by a read that began before they were changed', async () => {
    const disk = await loaded();
    disk.report(DEFAULT_SETTINGS);
    void disk.settings.set('whenLate', 'default');
    await disk.endWrites();
    await disk.endReads();
    expect(disk.shown().whenLate).toBe('default');
    await disk.endReads();
    expect(disk.shown().whenLate).toBe('default');
  });

  it('follow another tab, also one that saved while this one did', async () => {
    const disk = await loaded();
    disk.otherTab({ theme: 'dark' });
    disk.report(DEFAULT_SETTINGS);
    await disk.endReads();
    expect(disk.shown().theme).toBe('dark');
    void disk.settings.set('whenLate', 'default');
    disk.otherTab({ titles: 'model' });
    disk.report(DEFAULT_SETTINGS);
    await disk.endWrites();
    await disk.endReads();
    expect(disk.shown()).toMatchObject({ whenLate: 'default', titles: 'model' });
  });
});
