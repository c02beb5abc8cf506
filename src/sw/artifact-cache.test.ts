import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ArtifactCache, type CacheLike } from './artifact-cache';
import { splitManifest, type Artifact } from './artifacts';

const SCOPE = 'https://host.example/sw.js';

class MemoryCache implements CacheLike {
  readonly entries = new Map<string, string>();
  full = false;

  async match(key: RequestInfo | URL): Promise<Response | undefined> {
    const text = this.entries.get(String(key));
    return text === undefined ? undefined : new Response(text);
  }

  async put(key: RequestInfo | URL, response: Response): Promise<void> {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.entries.set(String(key), await response.text());
  }

  async delete(key: RequestInfo | URL): Promise<boolean> {
    return this.entries.delete(String(key));
  }

  async keys(): Promise<readonly Request[]> {
    return [...this.entries.keys()].map((key) => new Request(key));
  }
}

function build(revision: string): readonly Artifact[] {
  return splitManifest(
    [
      { url: 'models/router.onnx', revision },
      { url: 'models/encoder/tokenizer.json', revision: 't1' },
    ],
    SCOPE,
  ).artifacts;
}

const ROUTER = 'https://host.example/models/router.onnx';
let store: MemoryCache;
const network = vi.fn<(request: Request) => Promise<Response>>();

function cacheOf(artifacts: readonly Artifact[]): ArtifactCache {
  return new ArtifactCache(artifacts, SCOPE, async () => store, network);
}

async function get(artifacts: readonly Artifact[], init: RequestInit = {}): Promise<string> {
  const [router] = artifacts;
  if (router === undefined) throw new Error('no artifact');
  return (await cacheOf(artifacts).respond(router, new Request(ROUTER, init))).text();
}

beforeEach(() => {
  store = new MemoryCache();
  network.mockReset();
  network.mockImplementation(async (request) => new Response(`from network: ${request.url}`));
});

describe('the artifact cache', () => {
  it('fetches once, then answers without the network', async () => {
    await get(build('r1'));
    network.mockRejectedValue(new TypeError('offline'));
    expect(await get(build('r1'))).toBe(`from network: ${ROUTER}`);
    expect(network).toHaveBeenCalledTimes(1);
  });

  it.each(['reload', 'no-store'] as const)('goes to the network for %s, and keeps what comes', async (mode) => {
    store.entries.set(`${ROUTER}?revision=r1`, 'corrupt');
    expect(await get(build('r1'), { cache: mode })).toBe(`from network: ${ROUTER}`);
    expect(await get(build('r1'))).toBe(`from network: ${ROUTER}`);
    expect(network).toHaveBeenCalledTimes(1);
  });

  it('never keeps an error page', async () => {
    network.mockResolvedValue(new Response('gone', { status: 404 }));
    expect(await get(build('r1'))).toBe('gone');
    expect(store.entries.size).toBe(0);
  });

  it('answers although there is no room to keep the file', async () => {
    store.full = true;
    expect(await get(build('r1'))).toBe(`from network: ${ROUTER}`);
  });
});

describe('warming', () => {
  it('brings in what is missing, reports progress, and names mistakes', async () => {
    const cache = cacheOf(build('r1'));
    const progress: string[] = [];
    network.mockImplementation(async (request) => (request.url === ROUTER ? new Response('weights') : new Response('', { status: 503 })));
    const result = await cache.warm(['models/router.onnx', 'tokenizer.json', 'typo.onnx'], (done, total) => progress.push(`${done}/${total}`));
    expect(result).toEqual({
      cached: ['models/router.onnx'],
      missing: [{ file: 'tokenizer.json', detail: 'The server answered 503' }],
      unknown: ['typo.onnx'],
    });
    expect(progress).toEqual(['0/3', '1/3', '2/3', '3/3']);
    expect(network.mock.calls.every(([request]) => request.cache === 'no-cache')).toBe(true);
  });

  it('goes on where a broken-off attempt ended', async () => {
    network.mockRejectedValueOnce(new TypeError('offline'));
    const files = ['router.onnx', 'tokenizer.json'];
    expect((await cacheOf(build('r1')).warm(files, vi.fn())).missing).toEqual([{ file: 'router.onnx', detail: 'offline' }]);
    network.mockClear();
    expect((await cacheOf(build('r1')).warm(files, vi.fn())).missing).toEqual([]);
    expect(network).toHaveBeenCalledTimes(1);
  });
});

describe('an update of the weights', () => {
  it('brings the new ones while the old version still has its own, and drops those when it takes over', async () => {
    await get(build('r1'));
    const next = cacheOf(build('r2'));
    network.mockResolvedValue(new Response('new weights'));
    await next.carryOver();
    expect(await get(build('r1'))).toBe(`from network: ${ROUTER}`);
    expect([...store.entries.keys()]).toEqual([`${ROUTER}?revision=r1`, `${ROUTER}?revision=r2`]);
    await next.removeOutdated();
    expect([...store.entries]).toEqual([[`${ROUTER}?revision=r2`, 'new weights']]);
  });

  it('is not held up by a network that fails', async () => {
    await get(build('r1'));
    network.mockRejectedValue(new TypeError('offline'));
    await cacheOf(build('r2')).carryOver();
    expect(store.entries.size).toBe(1);
  });
});
