import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SettingRepository } from '../../storage/settings';
import { isSettingKey, SETTINGS, type SettingKey, type SettingValue, type SettingValues } from '../../storage/settings-schema';

export type { SettingKey, SettingValue, SettingValues } from '../../storage/settings-schema';

export interface SettingsSlice {
  readonly store: StoreApi<SettingValues>;
  /** Reads once, then follows changes of other tabs. */
  load(): Promise<void>;
  /** Applied at once and saved behind. */
  set<Key extends SettingKey>(key: Key, value: SettingValue<Key>): Promise<void>;
  /** Changes a setting as it is on disk now, so that two tabs count together. */
  change<Key extends SettingKey>(key: Key, change: (value: SettingValue<Key>) => SettingValue<Key>): Promise<void>;
}

export const DEFAULT_SETTINGS: SettingValues = {
  theme: SETTINGS.theme.fallback,
  language: SETTINGS.language.fallback,
  comparison: SETTINGS.comparison.fallback,
  comparisonUsage: SETTINGS.comparisonUsage.fallback,
  utility: SETTINGS.utility.fallback,
  constraints: SETTINGS.constraints.fallback,
  defaultModelId: SETTINGS.defaultModelId.fallback,
  whenLate: SETTINGS.whenLate.fallback,
  whenProviderFails: SETTINGS.whenProviderFails.fallback,
  whenUnsure: SETTINGS.whenUnsure.fallback,
  budgets: SETTINGS.budgets.fallback,
  quiz: SETTINGS.quiz.fallback,
  device: SETTINGS.device.fallback,
  titles: SETTINGS.titles.fallback,
  lastConversationId: SETTINGS.lastConversationId.fallback,
  lastBackupAt: SETTINGS.lastBackupAt.fallback,
  imports: SETTINGS.imports.fallback,
  persistenceAskedAt: SETTINGS.persistenceAskedAt.fallback,
  sync: SETTINGS.sync.fallback,
};

/** Settings that did not change keep their identity, so that nothing that depends on them is done again. */
function keepUnchanged(shown: SettingValues, values: SettingValues): SettingValues {
  const changed = Object.entries(values).filter(([key, value]) => isSettingKey(key) && JSON.stringify(value) !== JSON.stringify(shown[key]));
  return changed.length === 0 ? shown : { ...shown, ...Object.fromEntries(changed) };
}

export function createSettingsSlice(settings: SettingRepository): SettingsSlice {
  const store = createStore<SettingValues>(() => DEFAULT_SETTINGS);
  let saving = 0;
  let changes = 0;
  /** The disk told of something while a change of this tab was on its way. */
  let missed = false;

  const write = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    saving += 1;
    changes += 1;
    try {
      return await work();
    } finally {
      saving -= 1;
      if (missed) follow();
    }
  };

  /** What is on disk goes on screen unless a change of this tab is on its way or came between: then what was read is older than what is shown. */
  const catchUp = async (): Promise<void> => {
    missed = saving > 0;
    if (missed) return;
    const before = changes;
    const values = await settings.all();
    if (saving > 0 || changes !== before) return catchUp();
    store.setState((shown) => keepUnchanged(shown, values), true);
  };

  // Disk that cannot be read leaves on screen what is there; whoever needs the disk next says so.
  const follow = () => void catchUp().catch(() => undefined);

  return {
    store,
    change: async (key, change) => store.setState({ [key]: await write(() => settings.update(key, change)) }),
    load: async () => {
      store.setState(await settings.all(), true);
      // A reported value may be older than a change of this tab made since it was read: it is only a sign to read again.
      settings.watchAll({ onValue: follow });
    },
    set: async (key, value) => {
      store.setState({ [key]: value });
      await write(() => settings.set(key, value));
    },
  };
}
