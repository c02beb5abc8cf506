import { describe, expect, it } from 'vitest';
import { reach } from './reach';

const URL_HERE = 'http://localhost:11434/v1/models';

describe('reaching an address of this machine', () => {
  it('is proven by any answer, and disproven by none', async () => {
    expect(await reach(URL_HERE, false, () => Promise.resolve(new Response(null, { status: 403 })))).toBe(true);
    expect(await reach(URL_HERE, false, () => Promise.reject(new TypeError('Failed to fetch')))).toBe(false);
  });

  it('proves nothing under an embedder policy, and then asks nobody', async () => {
    const asked: unknown[] = [];
    const fetch: typeof globalThis.fetch = (input) => (asked.push(input), Promise.resolve(new Response(null)));
    expect(await reach(URL_HERE, true, fetch)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('carries nothing of the user', async () => {
    const seen: (RequestInit | undefined)[] = [];
    await reach(URL_HERE, false, (_input, init) => (seen.push(init), Promise.resolve(new Response(null))));
    expect(seen[0]).toMatchObject({ mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' });
  });
});
