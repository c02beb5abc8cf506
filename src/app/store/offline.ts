import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OfflineResult } from '../../protocol/offline';
import type { Pwa, PwaEvents } from '../pwa';

export interface OfflineState {
  readonly online: boolean;
  /** `available`: waits for the user's word. `elsewhere`: another tab took it, and this page still runs the old code. */
  readonly update: 'none' | 'available' | 'elsewhere';
  /** The app itself starts without a network; whether the models do is asked with `status`. */
  readonly offlineReady: boolean;
  /** Why there is no service worker; null while nothing speaks against one. */
  readonly unavailable: string | null;
}

export interface OfflineSlice {
  readonly store: StoreApi<OfflineState>;
  /** Registers the service worker and follows the network. `mayReload`: nothing would be lost. */
  start(mayReload: () => boolean): void;
  /** Only on the user's word: takes the new version and reloads. */
  applyUpdate(): void;
  /** Fetches large files for use offline; names as in OfflineRequest. Null without a service worker. */
  warm(files: readonly string[], onProgress?: (done: number, total: number) => void): Promise<OfflineResult | null>;
  status(files: readonly string[]): Promise<OfflineResult | null>;
}

export interface OfflineParts {
  /** Null where there is no built service worker: in development and tests. */
  readonly startPwa: ((events: PwaEvents) => Pwa) | null;
  readonly network: Network;
}

export interface Network {
  isOnline(): boolean;
  onChange(listener: () => void): void;
  reload(): void;
}

export function createOfflineSlice({ startPwa, network }: OfflineParts): OfflineSlice {
  const store = createStore<OfflineState>(() => ({ online: network.isOnline(), update: 'none', offlineReady: false, unavailable: null }));
  let pwa: Pwa | null = null;
  return {
    store,
    start: (mayReload) => {
      network.onChange(() => store.setState({ online: network.isOnline() }));
      if (pwa || !startPwa) return;
      pwa = startPwa({
        mayReload,
        onUpdateAvailable: () => store.setState({ update: 'available' }),
        onUpdatedElsewhere: () => store.setState({ update: 'elsewhere' }),
        onOfflineReady: () => store.setState({ offlineReady: true }),
        onUnavailable: (unavailable) => store.setState({ unavailable }),
      });
    },
    applyUpdate: () => (pwa && store.getState().update === 'available' ? pwa.applyUpdate() : network.reload()),
    warm: async (files, onProgress) => (await pwa?.warm(files, onProgress)) ?? null,
    status: async (files) => (await pwa?.status(files)) ?? null,
  };
}
