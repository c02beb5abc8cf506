import { useEffect, useSyncExternalStore } from 'react';

/** Code that is fetched when something on screen first needs it; null until then. */
export interface LazyPart<Value> {
  readonly get: () => Value | null;
  /** Once; a failed attempt may be repeated, and what needs it does without meanwhile. */
  readonly load: () => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

export function lazyPart<Value>(fetchPart: () => Promise<Value>): LazyPart<Value> {
  let value: Value | null = null;
  let isLoading = false;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    load: () => {
      if (isLoading) return;
      isLoading = true;
      fetchPart().then(
        (part) => {
          value = part;
          listeners.forEach((listener) => listener());
        },
        (thrown: unknown) => {
          isLoading = false;
          console.warn('A part of the renderer could not be loaded', thrown);
        },
      );
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

/** The part, or null while it is not needed or not there yet. */
export function useLazyPart<Value>(part: LazyPart<Value>, isNeeded: boolean): Value | null {
  const value = useSyncExternalStore(part.subscribe, part.get);
  useEffect(() => {
    if (isNeeded) part.load();
  }, [part, isNeeded]);
  return isNeeded ? value : null;
}
