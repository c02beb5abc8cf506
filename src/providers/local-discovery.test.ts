import { describe, expect, it } from 'vitest';
import type { ProviderEnvironment } from './environment';
import { LOCAL_PRESETS, lookForLocalServers } from './local-discovery';
import { environmentWith } from './test-support';

const SIGNAL = new AbortController().signal;

/** Answers by port; a port that is missing has nobody. */
function machine(ports: Readonly<Record<string, () => Promise<Response>>>, part: Partial<ProviderEnvironment> = {}): ProviderEnvironment {
  return environmentWith({
    fetch: (url, init) => {
      const answer = ports[new URL(url).port];
      if (init.mode === 'no-cors') return answer === undefined ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(new Response(null));
      return answer?.() ?? Promise.reject(new TypeError('Failed to fetch'));
    },
    ...part,
  });
}

const json = (value: unknown, status = 200) => () => Promise.resolve(new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } }));
const refused = () => Promise.reject(new TypeError('Failed to fetch'));

async function kinds(environment: ProviderEnvironment) {
  const looked = await lookForLocalServers(SIGNAL, environment);
  return looked.kind === 'denied' ? 'denied' : Object.fromEntries(looked.findings.map(({ preset, kind }) => [preset.id, kind]));
}

describe('looking for models on this machine', () => {
  it('knows the four programs by their usual ports', () => {
    expect(LOCAL_PRESETS.map(({ id, baseUrl }) => [id, new URL(baseUrl).port])).toEqual([['ollama', '11434'], ['lm-studio', '1234'], ['llama-cpp', '8080'], ['vllm', '8000']]);
  });

  it('tells what is there, what refuses, what wants a key and what is something else', async () => {
    const environment = machine({
      '11434': refused,
      '1234': json({ object: 'list', data: [{ id: 'qwen3-8b', object: 'model' }] }),
      '8080': () => Promise.resolve(new Response('<!doctype html><title>Router</title>', { headers: { 'content-type': 'text/html' } })),
      '8000': json({ error: 'Unauthorized' }, 401),
    });
    expect(await kinds(environment)).toEqual({ ollama: 'refuses', 'lm-studio': 'found', 'llama-cpp': 'absent', vllm: 'wants_key' });
    const looked = await lookForLocalServers(SIGNAL, environment);
    expect(looked.kind === 'looked' && looked.findings[1]).toMatchObject({ models: [{ id: 'qwen3-8b' }] });
  });

  it('finds nobody on an empty machine, and says when it cannot tell', async () => {
    expect(await kinds(machine({}))).toEqual({ ollama: 'absent', 'lm-studio': 'absent', 'llama-cpp': 'absent', vllm: 'absent' });
    expect(await kinds(machine({}, { failedProbeMeansDown: false }))).toEqual({ ollama: 'unclear', 'lm-studio': 'unclear', 'llama-cpp': 'unclear', vllm: 'unclear' });
    expect(await kinds(machine({ '11434': refused }, { failedProbeMeansDown: false, reaches: (url) => Promise.resolve(url.includes(':11434')) }))).toMatchObject({ ollama: 'refuses', vllm: 'absent' });
  });

  it('does not look where the browser forbids it, nor take a refusal given meanwhile for empty ports', async () => {
    const asked: string[] = [];
    const fetch = (url: string) => (asked.push(url), refused());
    expect(await kinds(environmentWith({ fetch, localNetworkPermission: () => Promise.resolve('denied') }))).toBe('denied');
    expect(asked).toEqual([]);
    let questions = 0;
    expect(await kinds(environmentWith({ fetch, localNetworkPermission: () => Promise.resolve((questions += 1) === 1 ? 'prompt' : 'denied') }))).toBe('denied');
  });

  it('gives up on a port that takes the call and says nothing', async () => {
    const waits: number[] = [];
    const silent = (_url: string, init: RequestInit) =>
      new Promise<Response>((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));
    const after = (milliseconds: number, action: () => void) => {
      waits.push(milliseconds);
      queueMicrotask(action);
      return () => undefined;
    };
    expect(await kinds(environmentWith({ fetch: silent, after }))).toMatchObject({ ollama: 'absent' });
    expect(Math.max(...waits)).toBeLessThanOrEqual(2_500);
  });

  it('tells the address space, and sends no key', async () => {
    const seen: RequestInit[] = [];
    const fetch = (_url: string, init: RequestInit) => (seen.push(init), json({ data: [] })());
    await lookForLocalServers(SIGNAL, environmentWith({ fetch, supportsTargetAddressSpace: true }));
    expect(seen).toHaveLength(4);
    for (const init of seen) {
      expect(init).toMatchObject({ targetAddressSpace: 'loopback', credentials: 'omit' });
      expect([...new Headers(init.headers).keys()]).toEqual([]);
    }
  });
});
