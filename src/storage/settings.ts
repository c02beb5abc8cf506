import type { TacitDatabase } from './database';
import { isSettingKey, parseSetting, SETTINGS, type SettingKey, type SettingValue, type SettingValues } from './settings-schema';
import type { StoredSetting } from './rows';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** Typed settings; see settings-schema.ts for keys and defaults. Every method rejects with StorageFailure. */
export class SettingRepository {
  constructor(private readonly database: TacitDatabase) {}

  get<Key extends SettingKey>(key: Key): Promise<SettingValue<Key>> {
    return guarded(() => this.read(key));
  }

  all(): Promise<SettingValues> {
    return guarded(() => this.readAll());
  }

  watchAll(watcher: Watcher<SettingValues>): Unwatch {
    return watch(() => this.readAll(), watcher);
  }

  set<Key extends SettingKey>(key: Key, value: SettingValue<Key>): Promise<void> {
    return guarded(async () => {
      await this.database.settings.put({ key, value });
    });
  }

  /** Changes a setting as it is on disk now, so that two tabs count together. Resolves to the new value. */
  update<Key extends SettingKey>(key: Key, change: (value: SettingValue<Key>) => SettingValue<Key>): Promise<SettingValue<Key>> {
    const { settings } = this.database;
    return guarded(() =>
      this.database.transaction('rw', settings, async () => {
        const value = change(await this.read(key));
        await settings.put({ key, value });
        return value;
      }),
    );
  }

  private async read<Key extends SettingKey>(key: Key): Promise<SettingValue<Key>> {
    return parseSetting(key, (await this.database.settings.get(key))?.value);
  }

  private async readAll(): Promise<SettingValues> {
    return settingValues(await this.database.settings.toArray());
  }
}

function settingValues(rows: readonly StoredSetting[]): SettingValues {
  const stored = new Map(rows.map((row) => [row.key, row.value]));
  const entries = Object.keys(SETTINGS).filter(isSettingKey).map((key) => [key, parseSetting(key, stored.get(key))]);
  return Object.fromEntries(entries);
}
