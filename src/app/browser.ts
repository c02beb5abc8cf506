import type { LanguagePlace } from './i18n/follow-language';
import type { Network } from './store/offline';
import type { Clock } from './store/platform';
import type { AddressBar } from './store/route';

/** Time, ids and chance from the browser. */
export function browserClock(): Clock {
  return {
    now: () => Date.now(),
    newId: createIds(() => Date.now(), () => crypto.getRandomValues(new Uint32Array(2))),
    newSeed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    onNextFrame,
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** `<time in base 36><random>`: sorts by time, also within a millisecond or when the clock stands still or goes back. */
export function createIds(now: () => number, random: () => Uint32Array): () => string {
  let last = 0;
  return () => {
    last = Math.max(now(), last + 1);
    const tail = [...random()].map((word) => word.toString(36).padStart(7, '0')).join('');
    return `${last.toString(36).padStart(9, '0')}${tail}`;
  };
}

/** A hidden tab paints no frames; a timer keeps its text coming. */
function onNextFrame(callback: () => void): () => void {
  if (document.visibilityState === 'hidden') {
    const timer = setTimeout(callback, 100);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
}

export function browserAddress(): AddressBar {
  return {
    read: () => location.hash,
    push: (hash) => history.pushState(null, '', hash),
    replace: (hash) => history.replaceState(null, '', hash),
    subscribe: (listener) => {
      window.addEventListener('popstate', listener);
      window.addEventListener('hashchange', listener);
      return () => {
        window.removeEventListener('popstate', listener);
        window.removeEventListener('hashchange', listener);
      };
    },
  };
}

/** Whether the user has done anything since the page was loaded: from then on a reload would take something away. */
export function watchForTouch(): () => boolean {
  let touched = false;
  for (const name of ['pointerdown', 'keydown'] as const) window.addEventListener(name, () => (touched = true), { once: true, capture: true });
  return () => touched;
}

export function browserNetwork(): Network {
  return {
    isOnline: () => navigator.onLine,
    onChange: (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
    },
    reload: () => location.reload(),
  };
}

let heldInstallOffer: Event | null = null;

/** The browser makes its install offer once, perhaps before the part of the app that shows it is loaded. Call at start-up. */
export function holdInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    heldInstallOffer = event;
  });
}

/** Listens for an event of the window; an install offer that was already made counts as well. */
export function onInstallEvent(type: 'beforeinstallprompt' | 'appinstalled', listener: (event: Event) => void): void {
  window.addEventListener(type, listener);
  if (type === 'beforeinstallprompt' && heldInstallOffer !== null) listener(heldInstallOffer);
}

/** Where the app's language comes from and is declared. */
export function browserLanguage(): LanguagePlace {
  return {
    systemLanguages: () => navigator.languages,
    declare: (language) => {
      document.documentElement.lang = language;
    },
  };
}
