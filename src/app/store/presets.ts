import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Preset } from '../../core/conversation';
import type { PresetRepository } from '../../storage/presets';

export interface PresetsSlice {
  /** By name. */
  readonly store: StoreApi<{ readonly list: readonly Preset[] }>;
  /** Reads once, then follows changes, those of other tabs included. */
  load(): Promise<void>;
  save(preset: Preset): Promise<void>;
  /** Chats made from it keep what it said. Resolves to the undo. */
  remove(presetId: string): Promise<() => Promise<void>>;
  nameOf(presetId: string | null): string | null;
}

export function createPresetsSlice(presets: PresetRepository): PresetsSlice {
  const store = createStore<{ readonly list: readonly Preset[] }>(() => ({ list: [] }));
  const refresh = async () => store.setState({ list: await presets.list() });
  const find = (presetId: string | null) => store.getState().list.find(({ id }) => id === presetId) ?? null;
  const save = async (preset: Preset) => {
    await presets.save(preset);
    await refresh();
  };
  return {
    store,
    save,
    load: async () => {
      await refresh();
      presets.watchAll({ onValue: (list) => store.setState({ list }) });
    },
    remove: async (presetId) => {
      const removed = find(presetId);
      await presets.remove(presetId);
      await refresh();
      return async () => {
        if (removed) await save(removed);
      };
    },
    nameOf: (presetId) => find(presetId)?.name ?? null,
  };
}
