import { Workbox } from 'workbox-window';
import type { OfflineReply, OfflineRequest, OfflineResult } from '../protocol/offline';

/** What the app shows or decides; none of it happens unbidden. */
export interface PwaEvents {
  /** A new version is ready; show it, and call `applyUpdate` when the user agrees. May be called again for a later version. */
  readonly onUpdateAvailable: () => void;
  /** The app itself now starts offline; large files are another matter, see `warm`. */
  readonly onOfflineReady: () => void;
  /** Another tab took the new version: this page still runs the old code and should offer a reload. */
  readonly onUpdatedElsewhere: () => void;
  /** Asked before the one reload that makes a first visit cross-origin isolated: true only if nothing would be lost. */
  readonly mayReload: () => boolean;
  /** Service workers do not work here (private window, insecure origin); the app runs, online only. */
  readonly onUnavailable: (detail: string) => void;
}

/** The platform behind an interface, for tests. */
export interface PwaPlatform {
  readonly createWorkbox: (scriptUrl: string) => WorkboxLike;
  readonly serviceWorkers: ServiceWorkersLike | undefined;
  readonly isIsolated: () => boolean;
  readonly reload: () => void;
  /** Survives the reload, not the tab. */
  readonly session: Pick<Storage, 'getItem' | 'setItem'>;
  readonly onVisible: (listener: () => void) => void;
  readonly now: () => number;
}

export interface WorkboxLike {
  addEventListener(type: 'waiting', listener: () => void): void;
  addEventListener(type: 'activated', listener: (event: { readonly isUpdate?: boolean }) => void): void;
  register(options: { readonly immediate: boolean }): Promise<unknown>;
  update(): Promise<void>;
  messageSkipWaiting(): void;
}

export interface ServiceWorkersLike {
  readonly controller: { postMessage(request: OfflineRequest, transfer: Transferable[]): void } | null;
  addEventListener(type: 'controllerchange', listener: () => void): void;
}

export interface Pwa {
  /** Lets the waiting version take over, then reloads this page. Call only on the user's word. */
  applyUpdate(): void;
  /** Fetches large files for offline use; names as in OfflineRequest. Null when no service worker is in control. */
  warm(files: readonly string[], onProgress?: (done: number, total: number) => void): Promise<OfflineResult | null>;
  /** Which of these files are there offline. Null when no service worker is in control. */
  status(files: readonly string[]): Promise<OfflineResult | null>;
}

const RELOADED_KEY = 'tacit-isolation-reload';
const UPDATE_INTERVAL_MS = 60 * 60 * 1000;

/** Registers the service worker and wires its life to the app. Never throws: without one the app works online. */
export function startPwa(scriptUrl: string, events: PwaEvents, platform: PwaPlatform = browserPlatform()): Pwa {
  const { serviceWorkers } = platform;
  if (serviceWorkers === undefined) {
    events.onUnavailable('This browser or address has no service workers.');
    return { applyUpdate: platform.reload, warm: async () => null, status: async () => null };
  }
  const workbox = platform.createWorkbox(scriptUrl);
  const state = { hadController: serviceWorkers.controller !== null, applying: false };
  workbox.addEventListener('waiting', events.onUpdateAvailable);
  workbox.addEventListener('activated', (event) => {
    if (event.isUpdate !== true) events.onOfflineReady();
  });
  serviceWorkers.addEventListener('controllerchange', () => {
    if (state.applying) platform.reload();
    else if (state.hadController) events.onUpdatedElsewhere();
    else isolateOnce(platform, events);
    state.hadController = true;
  });
  if (state.hadController) isolateOnce(platform, events);
  workbox.register({ immediate: true }).catch((thrown: unknown) => events.onUnavailable(String(thrown)));
  checkForUpdates(workbox, platform);
  return {
    applyUpdate: () => {
      state.applying = true;
      workbox.messageSkipWaiting();
    },
    warm: (files, onProgress) => ask(serviceWorkers, { type: 'WARM', files }, onProgress),
    status: (files) => ask(serviceWorkers, { type: 'STATUS', files }),
  };
}

/**
 * The service worker adds the isolation headers, so the page that installed it lacks them until it is loaded again. At most one reload
 * per tab, and none where the mark cannot be kept, or it might loop.
 */
function isolateOnce(platform: PwaPlatform, events: PwaEvents): void {
  if (platform.isIsolated()) return;
  try {
    if (platform.session.getItem(RELOADED_KEY) !== null || !events.mayReload()) return;
    platform.session.setItem(RELOADED_KEY, '1');
  } catch {
    return;
  }
  platform.reload();
}

/** Long-lived tabs look for a new version when they come back into view, at most once an hour. */
function checkForUpdates(workbox: WorkboxLike, platform: PwaPlatform): void {
  let last = platform.now();
  platform.onVisible(() => {
    if (platform.now() - last < UPDATE_INTERVAL_MS) return;
    last = platform.now();
    // Offline; the next time will do.
    workbox.update().catch(() => undefined);
  });
}

function ask(
  serviceWorkers: ServiceWorkersLike,
  request: OfflineRequest,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<OfflineResult | null> {
  const { controller } = serviceWorkers;
  if (controller === null) return Promise.resolve(null);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }: MessageEvent<OfflineReply>) => {
      if (data.type === 'PROGRESS') return onProgress(data.done, data.total);
      port1.close();
      resolve(data.result);
    });
    port1.start();
    controller.postMessage(request, [port2]);
  });
}

function browserPlatform(): PwaPlatform {
  return {
    createWorkbox: (scriptUrl) => new Workbox(scriptUrl),
    serviceWorkers: navigator.serviceWorker,
    isIsolated: () => globalThis.crossOriginIsolated,
    reload: () => location.reload(),
    session: {
      getItem: (key) => sessionStorage.getItem(key),
      setItem: (key, value) => sessionStorage.setItem(key, value),
    },
    onVisible: (listener) =>
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') listener();
      }),
    now: () => Date.now(),
  };
}
