import { describe, expect, it } from 'vitest';
import { createLocks, createMemoryLocks, type LockManagerLike, type Locks } from './locks';

/** Enough of the platform's LockManager to hold it to its contract. */
class FakeLockManager implements LockManagerLike {
  private readonly queues = new Map<string, (() => void)[]>();

  async request(name: string, options: LockOptions, granted: (lock: Lock | null) => Promise<void> | undefined): Promise<void> {
    const queue = this.queues.get(name);
    if (queue !== undefined) {
      if (options.ifAvailable === true) return granted(null);
      await this.wait(queue, options.signal);
    }
    this.queues.set(name, queue ?? []);
    await granted({ name, mode: 'exclusive' });
    const next = this.queues.get(name)?.shift();
    if (next === undefined) this.queues.delete(name);
    else next();
  }

  private wait(queue: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      queue.push(resolve);
      signal?.addEventListener('abort', () => {
        queue.splice(queue.indexOf(resolve), 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }
}

const KINDS: readonly (readonly [string, () => Locks])[] = [
  ['the platform', () => createLocks(new FakeLockManager())],
  ['memory', () => createMemoryLocks()],
];

describe.each(KINDS)('locks of %s', (_name, create) => {
  it('exclude, wait in line, and are free after release', async () => {
    const locks = create();
    const release = await locks.tryHold('a');
    expect(await locks.tryHold('a')).toBeNull();
    expect(await locks.tryHold('b')).not.toBeNull();
    const order: string[] = [];
    const waiting = locks.hold('a', new AbortController().signal).then((next) => {
      order.push('granted');
      return next;
    });
    await Promise.resolve();
    order.push('released');
    release?.();
    const next = await waiting;
    expect(order).toEqual(['released', 'granted']);
    expect(await locks.tryHold('a')).toBeNull();
    next?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await locks.tryHold('a')).not.toBeNull();
  });

  it('end a wait that is aborted, without taking the lock', async () => {
    const locks = create();
    const release = await locks.tryHold('a');
    const abort = new AbortController();
    const waiting = locks.hold('a', abort.signal);
    abort.abort();
    expect(await waiting).toBeNull();
    release?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await locks.tryHold('a')).not.toBeNull();
  });
});
