/**
 * Tells whether another tab is still at work on something: a lock that its holder's tab loses when it closes, reloads or crashes.
 * Source: Web Locks API, https://www.w3.org/TR/web-locks/.
 */
export interface Locks {
  /** Takes the lock now; null when someone holds it. Call the result to let go. */
  tryHold(name: string): Promise<(() => void) | null>;
  /** Waits for the lock; null when the signal aborted the wait. */
  hold(name: string, signal: AbortSignal): Promise<(() => void) | null>;
}

/** The part of `navigator.locks` used here. */
export interface LockManagerLike {
  request(name: string, options: LockOptions, granted: (lock: Lock | null) => Promise<void> | undefined): Promise<unknown>;
}

/** The browser's locks, or, where it has none (an insecure origin), locks that know this tab only. */
export function createLocks(manager: LockManagerLike | undefined = globalThis.navigator?.locks): Locks {
  return manager === undefined ? createMemoryLocks() : new WebLocks(manager);
}

class WebLocks implements Locks {
  constructor(private readonly manager: LockManagerLike) {}

  tryHold(name: string): Promise<(() => void) | null> {
    return this.request(name, { ifAvailable: true });
  }

  async hold(name: string, signal: AbortSignal): Promise<(() => void) | null> {
    try {
      return await this.request(name, { signal });
    } catch (thrown) {
      if (signal.aborted) return null;
      throw thrown;
    }
  }

  private request(name: string, options: LockOptions): Promise<(() => void) | null> {
    return new Promise((resolve, reject) => {
      const granted = (lock: Lock | null): Promise<void> | undefined => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(() => release()));
      };
      this.manager.request(name, options, granted).catch(reject);
    });
  }
}

/** Twin of the browser's locks inside one process. Pass one `shared` map to several to play several tabs. */
export function createMemoryLocks(shared: Map<string, (() => void)[]> = new Map()): Locks {
  const release = (name: string): (() => void) => {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = shared.get(name)?.shift();
      if (next === undefined) shared.delete(name);
      else next();
    };
  };
  return {
    async tryHold(name) {
      if (shared.has(name)) return null;
      shared.set(name, []);
      return release(name);
    },
    hold(name, signal) {
      if (signal.aborted) return Promise.resolve(null);
      const waiting = shared.get(name);
      if (waiting === undefined) {
        shared.set(name, []);
        return Promise.resolve(release(name));
      }
      return new Promise((resolve) => {
        const granted = (): void => resolve(release(name));
        waiting.push(granted);
        signal.addEventListener('abort', () => {
          const index = waiting.indexOf(granted);
          if (index < 0) return;
          waiting.splice(index, 1);
          resolve(null);
        });
      });
    },
  };
}
