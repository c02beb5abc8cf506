import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReplayServer, type ReplayServer } from './index.mjs';

let server: ReplayServer;
beforeAll(async () => void (server = await startReplayServer({ msPerChunk: 0 })));
afterAll(() => server.close());
beforeEach(() => {
  server.control.reset();
  server.control.clearLog();
});

const HELLO = { model: 'terse-mini', stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content: 'Why is the sky blue?' }] };

function chat(body: unknown, path = '/v1/chat/completions', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

function command(path: string, method: string, body?: unknown): Promise<Response> {
  return fetch(server.url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

function events(sse: string): string[] {
  return sse.split(/\r?\n/).filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
}

function textOf(sse: string): string {
  const chunks: { choices: { delta?: { content?: string } }[] }[] = events(sse).filter((data) => data !== '[DONE]').map((data) => JSON.parse(data));
  return chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');
}

/** Asks as the third message of a chat. */
async function ask(content: unknown) {
  const messages = [{ role: 'user', content: 'What is 17 * 24?' }, { role: 'assistant', content: '408' }, { role: 'user', content }];
  const response = await chat({ ...HELLO, messages });
  return { match: response.headers.get('x-replay-match'), text: textOf(await response.text()) };
}

describe('answers', () => {
  it('streams words, a finish reason, usage in the last chunk, and [DONE]', async () => {
    const response = await chat(HELLO);
    expect(response.headers.get('content-type')).toMatch(/text\/event-stream/);
    expect(response.headers.get('x-replay-match')).toBe('exact');
    const sse = await response.text();
    const data = events(sse);
    expect(textOf(sse)).toBe('Air scatters blue light far more than red, so blue reaches your eyes from every direction.');
    expect(data.at(-1)).toBe('[DONE]');
    expect(JSON.parse(data.at(-2) ?? '')).toMatchObject({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 23, total_tokens: 28 } });
    expect(JSON.parse(data.at(-3) ?? '')).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
    expect(data.length).toBeGreaterThan(15);
  });

  it('answers whole without stream', async () => {
    const whole: unknown = await (await chat({ ...HELLO, stream: false })).json();
    expect(whole).toMatchObject({ model: 'terse-mini', choices: [{ message: { role: 'assistant', content: expect.stringMatching(/^Air scatters/) }, finish_reason: 'stop' }] });
  });

  it('has five models of different length for all of its prompts', async () => {
    const list: unknown = await (await fetch(`${server.url}/v1/models`)).json();
    expect(list).toMatchObject({ object: 'list', data: server.modelIds.map((id) => ({ id, object: 'model' })) });
    const lengths = await Promise.all(server.modelIds.map(async (model) => textOf(await (await chat({ ...HELLO, model })).text()).length));
    const length = Object.fromEntries(server.modelIds.map((id, index) => [id, lengths[index]]));
    expect(length['thorough-large']).toBeGreaterThan(8 * (length['terse-mini'] ?? Infinity));
  });

  it('takes the last user message, reworded prompts, parts, and makes up the rest by rule, always the same', async () => {
    expect((await ask('WHY is the sky blue')).match).toBe('exact');
    expect(await ask([{ type: 'text', text: 'why is the evening sky blue?' }])).toEqual({ match: 'nearest', text: expect.stringMatching(/^Air scatters/) });
    const first = await ask('Which laptop suits a violin maker in Cremona?');
    expect(first).toEqual({ match: 'fallback', text: expect.stringMatching(/laptop suits violin maker/i) });
    expect(await ask('Which laptop suits a violin maker in Cremona?')).toEqual(first);
    expect((await ask('')).text).not.toBe('');
  });

  it('allows any page and any header', async () => {
    const preflight = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: { origin: 'https://tacit.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect((await chat(HELLO)).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('says what is wrong with a request', async () => {
    expect((await chat({ ...HELLO, model: 'gpt-9' })).status).toBe(404);
    expect((await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await fetch(`${server.url}/v2/models`)).status).toBe(404);
    expect((await chat({})).status).toBe(404);
  });
});

describe('control', () => {
  it('fails the next request only, or as often as asked, or one model', async () => {
    await command('/__control', 'POST', { failure: { kind: 'status', status: 500 } });
    expect([(await chat(HELLO)).status, (await chat(HELLO)).status]).toEqual([500, 200]);
    await command('/__control', 'POST', { failure: { kind: 'status', status: 429, retryAfterSeconds: 7 }, model: 'warm-chat', times: 2 });
    expect((await chat(HELLO)).status).toBe(200);
    const limited = await chat({ ...HELLO, model: 'warm-chat' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect([(await chat({ ...HELLO, model: 'warm-chat' })).status, (await chat({ ...HELLO, model: 'warm-chat' })).status]).toEqual([429, 200]);
  });

  it('until reset, and by endpoint', async () => {
    server.control.fail({ failure: { kind: 'status', status: 503 }, endpoint: 'models', times: null });
    for (let index = 0; index < 3; index++) expect((await fetch(`${server.url}/v1/models`)).status).toBe(503);
    expect((await chat(HELLO)).status).toBe(200);
    await command('/__control', 'DELETE');
    expect((await fetch(`${server.url}/v1/models`)).status).toBe(200);
  });

  it('refuses rules that would test nothing', async () => {
    for (const rule of [{}, { failure: { kind: 'explode' } }, { failure: { kind: 'die' } }, { failure: { kind: 'endless' }, times: 0 }, { failure: { kind: 'endless' }, endpoint: 'all' }]) {
      expect((await command('/__control', 'POST', rule)).status).toBe(400);
    }
    expect((await chat(HELLO)).status).toBe(200);
  });

  it('hides CORS headers of a 401, and of everything', async () => {
    server.control.fail({ failure: { kind: 'opaque_401' } });
    const opaque = await chat(HELLO);
    expect([opaque.status, opaque.headers.get('access-control-allow-origin')]).toEqual([401, null]);
    server.control.fail({ failure: { kind: 'no_cors' }, endpoint: 'any' });
    for (const method of ['GET', 'OPTIONS']) expect((await fetch(`${server.url}/v1/models`, { method })).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('logs what it received, and who left', async () => {
    await chat(HELLO, '/v1/chat/completions', { authorization: 'Bearer sk-1' }).then((response) => response.text());
    server.control.fail({ failure: { kind: 'slow', msPerChunk: 1000 } });
    const stop = new AbortController();
    const slow = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(HELLO), signal: stop.signal });
    stop.abort();
    await slow.text().catch(() => undefined);
    await expect.poll(() => server.control.log().map(({ outcome }) => outcome)).toEqual(['done', 'aborted']);
    const log: unknown = await (await command('/__log', 'GET')).json();
    expect(log).toMatchObject([{ method: 'POST', path: '/v1/chat/completions', model: 'terse-mini', prompt: 'Why is the sky blue?', match: 'exact', headers: { authorization: 'Bearer sk-1' } }, {}]);
    await command('/__log', 'DELETE');
    expect(server.control.log()).toEqual([]);
  });

  it('can ask for a key', async () => {
    const locked = await startReplayServer({ key: 'sk-right', msPerChunk: 0 });
    try {
      const withKey = (key: string) => fetch(`${locked.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
      expect([(await withKey('sk-wrong')).status, (await withKey('sk-right')).status]).toEqual([401, 200]);
    } finally {
      await locked.close();
    }
  });
});
