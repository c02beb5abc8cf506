import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inEnglish } from '../../src/core/__fixtures__/in-english';
import { createLanguageModel, listModels } from '../../src/providers/create-language-model';
import { browserEnvironment, DEFAULT_LIMITS } from '../../src/providers/environment';
import type { Connection, StreamRequest } from '../../src/providers/language-model';
import { connectionTo, readAll } from '../../src/providers/test-support';
import { startReplayServer, type ReplayFailure, type ReplayServer } from './index.mjs';

/** The real AI SDK over real sockets, all three kinds, every failure. */

let server: ReplayServer;
beforeAll(async () => void (server = await startReplayServer({ msPerChunk: 0 })));
afterAll(() => server.close());
beforeEach(() => {
  server.control.reset();
  server.control.clearLog();
});

const KINDS = ['openai-compatible', 'anthropic', 'google'] as const;
const PATHS = { 'openai-compatible': '/v1', anthropic: '/anthropic/v1', google: '/google/v1beta' };
const SKY: StreamRequest = { model: 'terse-mini', messages: [{ role: 'user', content: 'Why is the sky blue?' }], maxOutputTokens: 200 };
const ANSWER = 'Air scatters blue light far more than red, so blue reaches your eyes from every direction.';

function connectionOf(kind: Connection['kind'], overrides: Partial<Connection> = {}): Connection {
  return connectionTo(kind, { baseUrl: server.url + PATHS[kind], ...overrides });
}

/** Short only where the wait is what is tested: the machine may be busy. */
function waitFor(failure: ReplayFailure | null, kind: ReplayFailure['kind']) {
  const milliseconds = failure?.kind === kind ? 1000 : 15_000;
  return { local: milliseconds, remote: milliseconds };
}

async function ask(kind: Connection['kind'], failure: ReplayFailure | null, request = SKY) {
  if (failure !== null) server.control.fail({ failure });
  const limits = { ...DEFAULT_LIMITS, idleMs: waitFor(failure, 'stall'), firstByteMs: waitFor(failure, 'silent'), maxStreamBytes: 2 ** 20, maxLineBytes: 2 ** 18 };
  return readAll(await createLanguageModel(connectionOf(kind), browserEnvironment(limits)), request);
}

it('the OpenAI-compatible list has context and prices', async () => {
  const models = await listModels(connectionOf('openai-compatible'), new AbortController().signal);
  expect(models[1]).toEqual({ id: 'thorough-large', name: 'Thorough Large', contextTokens: 200_000, priceInUsdPerMTok: 3, priceOutUsdPerMTok: 15 });
});

describe.each(KINDS)('%s', (kind) => {
  it('streams the whole answer with model and usage', async () => {
    const { parts, text, error } = await ask(kind, null);
    expect(error).toBeNull();
    expect(text).toBe(ANSWER);
    expect(parts[0]).toEqual({ type: 'start', responseModel: 'terse-mini' });
    expect(parts.at(-1)).toEqual({ type: 'end', finishReason: 'stop', usage: { inputTokens: 5, outputTokens: 23, estimated: false } });
    expect(parts.length).toBeGreaterThan(10);
    expect(server.control.log()).toMatchObject([{ model: 'terse-mini', prompt: 'Why is the sky blue?', outcome: 'done' }]);
  });

  it('lists the models', async () => {
    const models = await listModels(connectionOf(kind), new AbortController().signal);
    expect(models.map(({ id }) => id)).toEqual(server.modelIds);
    expect(models[0]?.name).toBe('Terse Mini');
  });

  it.each<[string, ReplayFailure, object]>([
    ['401', { kind: 'status', status: 401 }, { kind: 'wrong_key', status: 401 }],
    ['402', { kind: 'status', status: 402 }, { kind: 'no_credit', status: 402 }],
    ['404', { kind: 'status', status: 404 }, { kind: 'model_missing', model: 'terse-mini' }],
    ['429 with a time', { kind: 'status', status: 429, retryAfterSeconds: 17 }, { kind: 'rate_limited', retryAfterSeconds: 17 }],
    ['429', { kind: 'status', status: 429 }, { kind: 'rate_limited', retryAfterSeconds: null }],
    ['500', { kind: 'status', status: 500 }, { kind: 'server_error', status: 500 }],
    ['HTML', { kind: 'html' }, { kind: 'bad_response', detail: 'The server sent a web page instead of an answer.' }],
    ['an HTML 502', { kind: 'html', status: 502 }, { kind: 'server_error', status: 502, detail: 'an HTML page titled "Sign in to the network"' }],
    ['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/' }, { kind: 'bad_response', detail: expect.stringContaining('redirects') }],
    ['silence', { kind: 'silent' }, { kind: 'unreachable', detail: expect.stringContaining('did not answer'), local: true }],
  ])('%s: asked once, nothing received', async (_name, failure, expected) => {
    const { text, error } = await ask(kind, failure);
    expect(inEnglish(error)).toMatchObject(expected);
    expect(text).toBe('');
    expect(server.control.log()).toHaveLength(1);
  });

  it.each<[string, ReplayFailure, string]>([
    ['dies', { kind: 'die', afterChunks: 4 }, 'stream_cut'],
    ['ends too early', { kind: 'cut', afterChunks: 4 }, 'stream_cut'],
    ['stalls', { kind: 'stall', afterChunks: 4 }, 'stream_cut'],
    ['sends no JSON', { kind: 'malformed', afterChunks: 4 }, 'bad_response'],
    ['reports an error', { kind: 'error_chunk', afterChunks: 4 }, 'server_error'],
  ])('%s: what came before is kept', async (_name, failure, expected) => {
    const { text, error } = await ask(kind, failure);
    expect(error?.kind).toBe(expected);
    expect(text).toBe('Air scatters blue light ');
  });

  it.each<[string, ReplayFailure]>([
    ['a huge line', { kind: 'huge_line', bytes: 2 ** 26 }],
    ['no end', { kind: 'endless' }],
  ])('%s is stopped, and the server notices', async (_name, failure) => {
    const { error } = await ask(kind, failure);
    expect(inEnglish(error)).toMatchObject({ kind: 'bad_response', detail: expect.stringContaining('longer than') });
    await expect.poll(() => server.control.log()[0]?.outcome).toBe('aborted');
  });

  it('a slow stream is no failure', async () => {
    const { text, error } = await ask(kind, { kind: 'slow', msPerChunk: 20 });
    expect([text, error]).toEqual([ANSWER, null]);
  });

  it('stopping closes the connection', async () => {
    server.control.fail({ failure: { kind: 'slow', msPerChunk: 30 } });
    const model = await createLanguageModel(connectionOf(kind));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const { text, error } = await readAll(model, SKY, stop.signal);
    expect(error).toEqual({ kind: 'cancelled' });
    expect(ANSWER.startsWith(text) && text !== ANSWER).toBe(true);
    await expect.poll(() => server.control.log()[0]?.outcome).toBe('aborted');
  });

  it('a dead server is unreachable', async () => {
    const gone = await startReplayServer();
    await gone.close();
    const model = await createLanguageModel(connectionTo(kind, { baseUrl: gone.url + PATHS[kind] }));
    expect((await readAll(model)).error).toMatchObject({ kind: 'unreachable', local: true, detail: expect.stringContaining('ECONNREFUSED') });
  });
});
