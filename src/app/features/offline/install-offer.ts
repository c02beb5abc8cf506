import { createStore, type StoreApi } from 'zustand/vanilla';

export interface InstallState {
  /** The browser would install the app now, and the user has not put the hint aside. */
  readonly canInstall: boolean;
}

/** Chromium's event (https://wicg.github.io/manifest-incubations/#installation-prompts); other browsers install from a menu. */
export interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

/** The window as far as it matters here. */
export interface InstallWindow {
  readonly on: (type: 'beforeinstallprompt' | 'appinstalled', listener: (event: Event) => void) => void;
  /** Outlives the tab; may throw where storage is denied. */
  readonly memory: () => Pick<Storage, 'getItem' | 'setItem'>;
}

export interface InstallOffer {
  readonly store: StoreApi<InstallState>;
  install(): Promise<void>;
  /** For good. */
  putAside(): void;
}

const ASIDE_KEY = 'tacit-install-aside';

/** Holds the browser's offer back until the user wants it. Call once. */
export function watchInstallOffer(browser: InstallWindow): InstallOffer {
  const store = createStore<InstallState>(() => ({ canInstall: false }));
  let offer: InstallPromptEvent | null = null;
  browser.on('beforeinstallprompt', (event) => {
    if (!isInstallPrompt(event)) return;
    event.preventDefault();
    offer = event;
    store.setState({ canInstall: !wasPutAside(browser) });
  });
  browser.on('appinstalled', () => store.setState({ canInstall: false }));
  return {
    store,
    install: async () => {
      const current = offer;
      // The browser's event can be used once.
      offer = null;
      store.setState({ canInstall: false });
      await current?.prompt();
    },
    putAside: () => {
      store.setState({ canInstall: false });
      attempt(() => browser.memory().setItem(ASIDE_KEY, '1'));
    },
  };
}

function isInstallPrompt(event: Event): event is InstallPromptEvent {
  return 'prompt' in event && typeof event.prompt === 'function';
}

function wasPutAside({ memory }: InstallWindow): boolean {
  return attempt(() => memory().getItem(ASIDE_KEY)) != null;
}

/** Without storage the hint comes back with the next visit; nothing else depends on it. */
function attempt<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch {
    return null;
  }
}
