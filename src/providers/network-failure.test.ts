import { describe, expect, it } from 'vitest';
import { createLanguageModel, listModels } from './create-language-model';
import type { ProviderEnvironment } from './environment';
import type { Connection } from './language-model';
import { CORS_REFUSED, LOCAL_NETWORK_DENIED } from './details';
import { connectionTo, environmentWith, errorOf, HELLO, readAll, sseResponse } from './test-support';

const OLLAMA = 'http://localhost:11434/v1';
const OPENAI = 'https://api.openai.com/v1';

/** A server that answers `no-cors` requests and refuses all others, as the browser shows a missing CORS header. */
function alive(_url: string, init: RequestInit): Promise<Response> {
  return init.mode === 'no-cors' ? Promise.resolve(new Response(null)) : Promise.reject(new TypeError('Failed to fetch'));
}

async function failure(baseUrl: string, environment: Partial<ProviderEnvironment>, overrides: Partial<Connection> = {}) {
  const connection = connectionTo('openai-compatible', { baseUrl, ...overrides });
  return listModels(connection, new AbortController().signal, environmentWith(environment)).then(() => expect.unreachable(), errorOf);
}

describe('a fetch that rejects', () => {
  it('is "unreachable" when nothing answers', async () => {
    expect(await failure(OLLAMA, {})).toEqual({ kind: 'unreachable', detail: 'Failed to fetch', local: true });
    expect(await failure('https://llm.example/v1', {})).toEqual({ kind: 'unreachable', detail: 'Failed to fetch', local: false });
  });

  it('is CORS when the server answers a request that needs no permission', async () => {
    expect(await failure(OLLAMA, { fetch: alive })).toEqual({ kind: 'cors_or_network', detail: CORS_REFUSED, local: true });
  });

  it('is a wrong key at a server known to hide its 401', async () => {
    expect(await failure(OPENAI, { fetch: alive })).toEqual({ kind: 'wrong_key', status: null });
    expect(await failure(OPENAI, { fetch: alive }, { apiKey: '' })).toMatchObject({ kind: 'cors_or_network' });
  });

  it('is told by the service worker where a failed probe of the page proves nothing', async () => {
    const asked: string[] = [];
    const told = (answer: boolean | null, permission: 'granted' | 'prompt' = 'granted') => ({
      failedProbeMeansDown: false,
      localNetworkPermission: () => Promise.resolve(permission),
      reaches: (url: string) => (asked.push(url), Promise.resolve(answer)),
    });
    expect(await failure(OLLAMA, told(true))).toEqual({ kind: 'cors_or_network', detail: CORS_REFUSED, local: true });
    expect(await failure(OLLAMA, told(false))).toEqual({ kind: 'unreachable', detail: 'Failed to fetch', local: true });
    expect(await failure(OLLAMA, told(null))).toEqual({ kind: 'cors_or_network', detail: 'Failed to fetch', local: true });
    expect(await failure(OLLAMA, told(false, 'prompt'))).toMatchObject({ kind: 'cors_or_network' });
    expect(new Set(asked)).toEqual(new Set(['http://localhost:11434/v1/models']));
    await failure(OPENAI, told(true));
    expect(asked).toHaveLength(4);
  });

  it('stays undecided where a failed probe proves nothing', async () => {
    expect(await failure(OLLAMA, { failedProbeMeansDown: false })).toEqual({ kind: 'cors_or_network', detail: 'Failed to fetch', local: true });
  });

  it('is "offline" without a network, but not for this machine', async () => {
    expect(await failure(OPENAI, { isOnline: () => false })).toEqual({ kind: 'offline' });
    expect((await failure(OLLAMA, { isOnline: () => false })).kind).toBe('unreachable');
  });

  it('is the permission when the browser denies it, asked for the right space', async () => {
    const asked: string[] = [];
    const localNetworkPermission = (space: string) => {
      asked.push(space);
      return Promise.resolve('denied' as const);
    };
    expect(await failure(OLLAMA, { fetch: alive, localNetworkPermission })).toEqual({ kind: 'cors_or_network', detail: LOCAL_NETWORK_DENIED, local: true });
    expect(await failure('http://192.168.1.5:11434/v1', { fetch: alive, localNetworkPermission })).toMatchObject({ detail: LOCAL_NETWORK_DENIED });
    expect(await failure('https://llm.example/v1', { fetch: alive, localNetworkPermission })).toMatchObject({ detail: CORS_REFUSED });
    expect(asked).toEqual(['loopback', 'local']);
  });

  it('never sends the key with the probe', async () => {
    const probes: RequestInit[] = [];
    const fetch = (url: string, init: RequestInit) => {
      if (init.mode === 'no-cors') probes.push(init);
      return alive(url, init);
    };
    await failure(OPENAI, { fetch });
    expect(probes).toHaveLength(1);
    expect(JSON.stringify(probes)).not.toContain('sk-secret');
    expect(probes[0]?.credentials).toBe('omit');
  });

  it('streams fail in the same words', async () => {
    const model = await createLanguageModel(connectionTo('anthropic', { baseUrl: 'http://localhost:9/v1' }), environmentWith({ fetch: alive }));
    expect((await readAll(model)).error).toEqual({ kind: 'cors_or_network', detail: CORS_REFUSED, local: true });
  });
});

/** The one request of a short chat with a system prompt. */
async function sent(kind: Connection['kind'], overrides: Partial<Connection> = {}, environment: Partial<ProviderEnvironment> = {}) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = (url: string, init: RequestInit) => {
    requests.push({ url, init });
    return Promise.resolve(sseResponse(''));
  };
  const model = await createLanguageModel(connectionTo(kind, overrides), environmentWith({ fetch, ...environment }));
  const system = { role: 'system', content: 'Be brief.' } as const;
  await readAll(model, { ...HELLO, messages: [system, ...HELLO.messages], maxOutputTokens: 50 });
  const [request] = requests;
  if (requests.length !== 1 || request === undefined) throw new Error(`${requests.length} requests instead of one`);
  const body: unknown = JSON.parse(String(request.init.body));
  return { ...request, body, headers: Object.fromEntries(new Headers(request.init.headers)) };
}

describe('what a request carries', () => {
  it('OpenAI-compatible: no user-agent, usage asked for', async () => {
    const { url, headers, body } = await sent('openai-compatible');
    expect(url).toBe('https://llm.example/v1/chat/completions');
    expect(headers).toEqual({ authorization: 'Bearer sk-secret-123', 'content-type': 'application/json' });
    expect(body).toEqual({
      model: 'gpt-5-mini',
      max_tokens: 50,
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello' }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('OpenAI and Mistral each get the fields they accept', async () => {
    const openai = await sent('openai-compatible', { baseUrl: OPENAI });
    expect(openai.body).toMatchObject({ max_completion_tokens: 50 });
    expect(openai.body).not.toHaveProperty('max_tokens');
    const mistral = await sent('openai-compatible', { baseUrl: 'https://api.mistral.ai/v1' });
    expect(mistral.body).toMatchObject({ max_tokens: 50 });
    expect(mistral.body).not.toHaveProperty('stream_options');
  });

  it('no key, no authorization header', async () => {
    expect((await sent('openai-compatible', { apiKey: '' })).headers).toEqual({ 'content-type': 'application/json' });
  });

  it('Anthropic: the header for pages', async () => {
    const { url, headers, body } = await sent('anthropic');
    expect(url).toBe('https://llm.example/v1/messages');
    expect(headers).toEqual({
      'anthropic-dangerous-direct-browser-access': 'true',
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
      'x-api-key': 'sk-secret-123',
    });
    expect(body).toMatchObject({ stream: true, max_tokens: 50, system: [{ type: 'text', text: 'Be brief.' }] });
  });

  it('Google: only the headers that Gemini allows, and the key not in the address', async () => {
    const { url, headers } = await sent('google');
    expect(url).toBe('https://llm.example/v1beta/models/gpt-5-mini:streamGenerateContent?alt=sse');
    expect(headers).toEqual({ 'content-type': 'application/json', 'x-goog-api-key': 'sk-secret-123' });
  });

  it("the user's own headers, no cookies, no referrer, no redirects", async () => {
    const { headers, init } = await sent('openai-compatible', { headers: { 'X-Team': 'blue' } });
    expect(headers['x-team']).toBe('blue');
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual', cache: 'no-store' });
  });

  it.each([
    [OLLAMA, true, 'loopback'],
    ['http://192.168.1.5:11434/v1', true, 'local'],
    ['http://nas:11434/v1', true, undefined],
    ['https://llm.example/v1', true, undefined],
    [OLLAMA, false, undefined],
  ])('the address space of %s where supported is %s: %s', async (baseUrl, supportsTargetAddressSpace, expected) => {
    const { init } = await sent('openai-compatible', { baseUrl }, { supportsTargetAddressSpace });
    expect('targetAddressSpace' in init ? init.targetAddressSpace : undefined).toBe(expected);
  });
});
