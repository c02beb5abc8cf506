import { describe, expect, it } from 'vitest';
import { EngineFailure } from '../protocol/failure';
import { LruCache } from './lru-cache';
import { SerialQueue } from './serial-queue';

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('SerialQueue', () => {
  it('never runs two jobs at once and keeps their order', async () => {
    const queue = new SerialQueue();
    const events: string[] = [];
    const job = (name: string) => async () => {
      events.push(`${name} starts`);
      await pause();
      events.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => queue.run(job(name))));
    expect(events).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
    expect(queue.idle).toBe(true);
  });

  it('survives a job that fails', async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error('boom')));
    const next = queue.run(() => Promise.resolve('fine'));
    await expect(failed).rejects.toThrow('boom');
    await expect(next).resolves.toBe('fine');
  });

  it('survives a job that throws before it returns a promise', async () => {
    const queue = new SerialQueue();
    await expect(queue.run(() => { throw new Error('at once'); })).rejects.toThrow('at once');
    await expect(queue.run(() => Promise.resolve(1))).resolves.toBe(1);
  });

  it('never starts a job whose caller gave up while it waited', async () => {
    const queue = new SerialQueue();
    const controller = new AbortController();
    let started = false;
    const first = queue.run(pause);
    const second = queue.run(() => { started = true; return Promise.resolve(); }, controller.signal);
    controller.abort();
    await first;
    await expect(second).rejects.toBeInstanceOf(EngineFailure);
    expect(started).toBe(false);
  });
});

describe('LruCache', () => {
  it('forgets what was used longest ago', () => {
    const cache = new LruCache<string, number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });
});
