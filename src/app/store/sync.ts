import { createStore, type StoreApi } from 'zustand/vanilla';
import { RemoteFailure, type RemoteErrorKind } from '../../storage/sync/remote';
import type { SyncProgress } from '../../storage/sync/run';
import type { SyncOutcome } from '../../storage/sync/sync';
import type { Vault } from '../../storage/sync/vault';
import { VaultFailure, type VaultErrorKind } from '../../storage/sync/vault-failure';
import type { SyncRepository } from '../../storage/sync/repository';
import type { WebDavAddress } from '../../storage/sync/webdav-remote';
import type { MemorySlice } from './memory';
import type { Clock } from './platform';
import type { SettingsSlice, SettingValues } from './settings';
import type { SyncPlatform } from './sync-storage';

export type SyncProblemKind = RemoteErrorKind | VaultErrorKind | 'needs_passphrase' | 'storage';

export interface SyncProblem {
  readonly kind: SyncProblemKind;
  readonly detail: string;
}

export type SyncPhase = { readonly kind: 'idle' } | { readonly kind: 'running'; readonly progress: SyncProgress | null } | { readonly kind: 'failed'; readonly problem: SyncProblem };

export interface SyncState {
  readonly phase: SyncPhase;
  /** Of the last round of this visit. */
  readonly outcome: SyncOutcome | null;
}

/** Where to sync to. */
export type SyncPlace = ({ readonly kind: 'webdav' } & WebDavAddress) | { readonly kind: 'folder'; readonly handle: FileSystemDirectoryHandle };

export interface SyncPlan {
  readonly place: SyncPlace;
  readonly passphrase: string;
  /** Keeps password and key on this device, so that it syncs by itself. */
  readonly remember: boolean;
  readonly withKeys: boolean;
}

export interface SyncSlice {
  readonly store: StoreApi<SyncState>;
  /** Begins to sync by itself, if that is set up. */
  start(): void;
  /** Opens or makes the vault and syncs once. Null when it worked; nothing is set up otherwise. */
  connect(plan: SyncPlan): Promise<SyncProblem | null>;
  /** `asked`: the user pressed the button, so the browser may ask for permission. */
  syncNow(asked: boolean): Promise<void>;
  /** With a key that was not kept. */
  unlock(passphrase: string, password: string): Promise<SyncProblem | null>;
  change(options: Partial<Pick<SettingValues['sync'], 'everyMinutes' | 'onFocus' | 'withKeys'>>): Promise<void>;
  stop(): void;
  disconnect(): Promise<void>;
}

export interface SyncParts {
  readonly repository: SyncRepository;
  readonly platform: SyncPlatform;
  readonly settings: SettingsSlice;
  readonly memory: MemorySlice;
  readonly clock: Clock;
}

/** Coming back to the page twice within this is once. */
const FOCUS_PAUSE_MS = 30_000;

interface Open {
  readonly place: SyncPlace;
  readonly vault: Vault;
}

export function createSyncSlice({ repository, platform, settings, memory, clock }: SyncParts): SyncSlice {
  const store = createStore<SyncState>(() => ({ phase: { kind: 'idle' }, outcome: null }));
  const options = () => settings.store.getState().sync;
  /** Held for this visit, kept or not. */
  let open: Open | null = null;
  let running: AbortController | null = null;
  let cancelTimer: () => void = () => undefined;
  let lastRoundAt = 0;

  const remoteOf = (place: SyncPlace) => (place.kind === 'webdav' ? platform.webdav(place) : platform.folder(place.handle));

  const kept = async (): Promise<Open | null> => {
    const { mode, url, user } = options();
    const { password, folder, vault } = await repository.secrets();
    if (vault === null || mode === 'off') return null;
    if (mode === 'webdav') return { place: { kind: 'webdav', url, user, password }, vault };
    return folder === null ? null : { place: { kind: 'folder', handle: folder }, vault };
  };

  const round = async (current: Open, signal: AbortSignal): Promise<void> => {
    const outcome = await repository.run({
      remote: await remoteOf(current.place),
      vault: current.vault,
      deviceName: platform.deviceName,
      withKeys: options().withKeys,
      signal,
      onProgress: (progress) => store.setState({ phase: { kind: 'running', progress } }),
    });
    if (outcome.received > 0) await memory.catchUp();
    await settings.change('sync', (sync) => ({ ...sync, lastSyncedAt: clock.now() }));
    store.setState({ outcome });
  };

  /** Runs alone; what fails is shown, and returned. */
  const attempt = async (work: (signal: AbortSignal) => Promise<void>): Promise<SyncProblem | null> => {
    const controller = new AbortController();
    running?.abort();
    running = controller;
    store.setState({ phase: { kind: 'running', progress: null } });
    const problem = await work(controller.signal).then(() => null, problemOf);
    const isStopped = controller.signal.aborted;
    if (running === controller) {
      running = null;
      lastRoundAt = clock.now();
      store.setState({ phase: problem === null || isStopped ? { kind: 'idle' } : { kind: 'failed', problem } });
    }
    return problem;
  };

  const syncNow = async (asked: boolean): Promise<void> => {
    if (options().mode === 'off' || (running !== null && !asked)) return;
    await attempt(async (signal) => {
      open ??= await kept();
      if (open === null) throw new NeedsPassphrase();
      const { place } = open;
      if (place.kind === 'folder' && !(await platform.mayUse(place.handle, asked))) throw new RemoteFailure('no_permission', place.handle.name);
      await round(open, signal);
    });
  };

  const schedule = () => {
    cancelTimer();
    const { mode, everyMinutes } = options();
    if (mode === 'off' || everyMinutes === 0) return;
    cancelTimer = clock.after(everyMinutes * 60_000, () => void syncNow(false).finally(schedule));
  };

  const keep = async ({ place, remember }: Pick<SyncPlan, 'place' | 'remember'>, vault: Vault) => {
    const folder = place.kind === 'folder' ? place.handle : null;
    const password = remember && place.kind === 'webdav' ? place.password : '';
    await repository.saveSecrets({ password, folder, vault: remember ? vault : null });
  };

  return {
    store,
    start: () => {
      platform.onFocus(() => {
        if (options().onFocus && clock.now() - lastRoundAt > FOCUS_PAUSE_MS) void syncNow(false);
      });
      schedule();
      if (options().mode !== 'off') void syncNow(false);
    },
    connect: (plan) =>
      attempt(async (signal) => {
        const { place, withKeys } = plan;
        const vault = await repository.openVault(await remoteOf(place), plan.passphrase, signal);
        await repository.forget();
        await keep(plan, vault);
        open = { place, vault };
        const address = place.kind === 'webdav' ? { url: place.url, user: place.user } : { url: '', user: '' };
        await settings.change('sync', (sync) => ({ ...sync, ...address, mode: place.kind, withKeys, lastSyncedAt: null }));
        await round(open, signal);
        schedule();
      }),
    syncNow,
    unlock: (passphrase, password) =>
      attempt(async (signal) => {
        const { mode, url, user } = options();
        const { folder } = await repository.secrets();
        const place: SyncPlace | null = mode === 'webdav' ? { kind: 'webdav', url, user, password } : folder && { kind: 'folder', handle: folder };
        if (place === null) throw new RemoteFailure('not_found', '');
        if (place.kind === 'folder' && !(await platform.mayUse(place.handle, true))) throw new RemoteFailure('no_permission', place.handle.name);
        open = { place, vault: await repository.openVault(await remoteOf(place), passphrase, signal) };
        await round(open, signal);
      }),
    change: async (changes) => {
      const before = options();
      await settings.change('sync', (sync) => ({ ...sync, ...changes }));
      if (changes.withKeys === true && !before.withKeys) await repository.reread();
      schedule();
    },
    stop: () => running?.abort(),
    disconnect: async () => {
      running?.abort();
      cancelTimer();
      open = null;
      await repository.forget();
      await settings.change('sync', (sync) => ({ ...sync, mode: 'off', url: '', user: '', withKeys: false, lastSyncedAt: null }));
      store.setState({ phase: { kind: 'idle' }, outcome: null });
    },
  };
}

/** The key was not kept on this device. */
class NeedsPassphrase extends Error {}

function problemOf(thrown: unknown): SyncProblem {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof RemoteFailure) return { kind: thrown.kind, detail: thrown.detail };
  if (thrown instanceof VaultFailure) return { kind: thrown.kind, detail: thrown.file };
  return { kind: thrown instanceof NeedsPassphrase ? 'needs_passphrase' : 'storage', detail };
}
