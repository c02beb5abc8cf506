import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../core/__fixtures__/in-english';
import { createLanguageModel } from './create-language-model';
import { DEFAULT_LIMITS, type ProviderEnvironment } from './environment';
import type { Connection } from './language-model';
import { bodyOf, connectionTo, environmentWith, HELLO, readAll, sseResponse } from './test-support';

function fixture(name: string): string {
  return readFileSync(new URL(`./__fixtures__/streams/${name}.sse`, import.meta.url), 'utf8');
}

async function read(kind: Connection['kind'], body: string | ReadableStream<Uint8Array>, overrides: Partial<ProviderEnvironment> = {}) {
  const environment = environmentWith({ fetch: () => Promise.resolve(sseResponse(body)), ...overrides });
  return readAll(await createLanguageModel(connectionTo(kind), environment));
}

describe('recorded streams that end well', () => {
  it('OpenAI', async () => {
    const { parts, text, error } = await read('openai-compatible', fixture('openai'));
    expect(error).toBeNull();
    expect(parts[0]).toEqual({ type: 'start', responseModel: 'gpt-5-mini-2025-08-07' });
    expect(text).toBe('Hello there 👋');
    expect(parts.at(-1)).toEqual({ type: 'end', finishReason: 'stop', usage: { inputTokens: 9, outputTokens: 4, estimated: false } });
  });

  it('a length limit, and no usage', async () => {
    const { parts } = await read('openai-compatible', fixture('openai-length'));
    expect(parts.at(-1)).toEqual({ type: 'end', finishReason: 'length', usage: null });
  });

  it('DeepSeek reasoning apart from text', async () => {
    const { text, reasoning, parts } = await read('openai-compatible', fixture('deepseek-reasoning'));
    expect(reasoning).toBe('9.11 or 9.8? 9.80 is more.');
    expect(text).toBe('9.8 is greater.');
    expect(parts.at(-1)).toMatchObject({ type: 'end', usage: { inputTokens: 12, outputTokens: 21 } });
  });

  it('Anthropic with thinking', async () => {
    const { parts, text, reasoning, error } = await read('anthropic', fixture('anthropic'));
    expect(error).toBeNull();
    expect(parts[0]).toEqual({ type: 'start', responseModel: 'claude-haiku-4-5-20251001' });
    expect([reasoning, text]).toEqual(['A greeting. ', 'Hello!']);
    expect(parts.at(-1)).toEqual({ type: 'end', finishReason: 'stop', usage: { inputTokens: 25, outputTokens: 15, estimated: false } });
  });

  it('Google with thoughts', async () => {
    const { parts, text, reasoning, error } = await read('google', fixture('google'));
    expect(error).toBeNull();
    expect(parts[0]).toEqual({ type: 'start', responseModel: 'gemini-2.5-flash' });
    expect([reasoning, text]).toEqual(['The user greets. ', 'Hello there']);
    expect(parts.at(-1)).toEqual({ type: 'end', finishReason: 'stop', usage: { inputTokens: 4, outputTokens: 26, estimated: false } });
  });

  it('a blocked prompt ends as content-filter', async () => {
    const { parts, error } = await read('google', fixture('google-blocked'));
    expect(error).toBeNull();
    expect(parts.at(-1)).toMatchObject({ type: 'end', finishReason: 'content-filter' });
  });

  it('bytes split anywhere, also inside a character', async () => {
    const bytes = new TextEncoder().encode(fixture('openai'));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.slice(index * 7, index * 7 + 7));
    const { text, error } = await read('openai-compatible', bodyOf(...pieces));
    expect([text, error]).toEqual(['Hello there 👋', null]);
  });
});

describe('recorded streams that fail keep what came before', () => {
  it.each([
    ['openai-compatible', 'openrouter-error', 'Half an ans', { kind: 'server_error', status: 502, detail: 'Provider disconnected unexpectedly' }],
    ['openai-compatible', 'openai-error', 'Half', { kind: 'server_error', status: 500, detail: 'The server had an error processing your request.' }],
    ['openai-compatible', 'openai-odd-error', 'Half', { kind: 'stream_cut', detail: 'The provider ended the answer with an error: worker died' }],
    ['openai-compatible', 'openai-no-finish', 'Half an answer', { kind: 'stream_cut', detail: 'The answer stopped before the provider said it was complete.' }],
    ['anthropic', 'anthropic-overloaded', 'Hel', { kind: 'server_error', status: 529, detail: 'Overloaded' }],
    ['anthropic', 'anthropic-overloaded-first', '', { kind: 'server_error', status: 529, detail: 'Overloaded' }],
    ['anthropic', 'anthropic-no-stop', 'Hel', { kind: 'stream_cut', detail: 'The answer stopped before the provider said it was complete.' }],
    ['google', 'google-error', 'Half', { kind: 'server_error', status: 503, detail: 'The model is overloaded. Please try again later.' }],
    ['google', 'google-no-finish', 'Half', { kind: 'stream_cut', detail: 'The answer stopped before the provider said it was complete.' }],
  ] as const)('%s %s', async (kind, name, text, error) => {
    const reading = await read(kind, fixture(name));
    expect([reading.text, inEnglish(reading.error)]).toEqual([text, error]);
  });
});

function answerWithPage(): Promise<Response> {
  return Promise.resolve(new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }));
}

function answerWithJsonError(): Promise<Response> {
  return Promise.resolve(Response.json({ error: { message: 'Insufficient credits', code: 402 } }));
}

describe('hostile answers', () => {
  const kinds = ['openai-compatible', 'anthropic', 'google'] as const;

  it.each(kinds)('%s: an HTML page with status 200', async (kind) => {
    const { error } = await read(kind, '', { fetch: answerWithPage });
    expect(inEnglish(error)).toEqual({ kind: 'bad_response', detail: 'The server sent a web page instead of an answer.' });
  });

  it.each(kinds)('%s: a JSON error with status 200', async (kind) => {
    expect((await read(kind, '', { fetch: answerWithJsonError })).error).toEqual({ kind: 'no_credit', status: 402 });
  });

  it.each(kinds)('%s: an empty stream', async (kind) => {
    expect((await read(kind, '')).error?.kind).toBe('stream_cut');
  });

  it.each(kinds)('%s: a chunk that is not JSON', async (kind) => {
    const { error } = await read(kind, 'data: {"choices":[{"delta":\n\n');
    expect(error?.kind).toBe('bad_response');
  });

  it('one line without end', async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(120)) });
    const { error } = await read('openai-compatible', endless);
    expect(inEnglish(error)).toEqual({ kind: 'bad_response', detail: 'One line of the response is longer than 1024 KiB.' });
  });

  it('a stream without end, even of comments', async () => {
    let isCancelled = false;
    const pings = new TextEncoder().encode(': ping\n\n'.repeat(8192));
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(pings), cancel: () => void (isCancelled = true) });
    const limits = { ...DEFAULT_LIMITS, maxStreamBytes: 1024 * 1024 };
    const { error } = await read('openai-compatible', endless, { limits });
    expect(inEnglish(error)).toEqual({ kind: 'bad_response', detail: 'The response is longer than 1024 KiB.' });
    expect(isCancelled).toBe(true);
  });

  it('strange but well-formed chunks do not break the contract', async () => {
    const chunks = ['data: null\n\n', 'data: []\n\n', 'data: {"choices":[]}\n\n', 'data: {"choices":[{"delta":{"content":{"a":1}}}]}\n\n'];
    for (const chunk of chunks) expect((await read('openai-compatible', chunk + fixture('openai-length'))).error?.kind ?? 'none').toMatch(/^(none|bad_response|stream_cut)$/);
  });
});

/** Timers run only when asked to. */
function manualClock() {
  const pending = new Set<{ milliseconds: number; action: () => void }>();
  const after = (milliseconds: number, action: () => void) => {
    const timer = { milliseconds, action };
    pending.add(timer);
    return () => void pending.delete(timer);
  };
  const waits = () => [...pending].map(({ milliseconds }) => milliseconds);
  const fire = () => [...pending].forEach((timer) => (pending.delete(timer), timer.action()));
  return { after, waits, fire };
}

async function until(condition: () => boolean) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** A server that takes the request and stays silent. */
function neverAnswer(_url: string, init: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });
}

describe('time', () => {
  it('a stalled stream is cut after the idle limit and keeps its text', async () => {
    const clock = manualClock();
    const start = new TextEncoder().encode(fixture('openai-no-finish'));
    let isCancelled = false;
    const stalling = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(start), cancel: () => void (isCancelled = true) });
    const environment = environmentWith({ fetch: () => Promise.resolve(sseResponse(stalling)), after: clock.after });
    const model = await createLanguageModel(connectionTo('openai-compatible'), environment);
    let isTextSeen = false;
    const reading = readAll(model, HELLO, undefined, (part) => void (isTextSeen ||= part.type === 'text-delta'));
    await until(() => isTextSeen && clock.waits().includes(90_000));
    clock.fire();
    const { text, error } = await reading;
    expect(text).toBe('Half an answer');
    expect(inEnglish(error)).toEqual({ kind: 'stream_cut', detail: 'The server kept the connection open but sent nothing for 90 s.' });
    expect(isCancelled).toBe(true);
    expect(clock.waits()).toEqual([]);
  });

  it('a server that never answers is given up after the first-byte limit; a local one gets longer', async () => {
    for (const [baseUrl, limit, seconds, local] of [['https://llm.example/v1', 120_000, 120, false], ['http://localhost:11434/v1', 300_000, 300, true]] as const) {
      const clock = manualClock();
      const model = await createLanguageModel(connectionTo('openai-compatible', { baseUrl }), environmentWith({ fetch: neverAnswer, after: clock.after }));
      const reading = readAll(model);
      await until(() => clock.waits().length > 0);
      expect(clock.waits()).toEqual([limit]);
      clock.fire();
      expect(inEnglish((await reading).error)).toEqual({ kind: 'unreachable', detail: `The server accepted the request but did not answer within ${seconds} s.`, local });
    }
  });
});

describe('cancelling', () => {
  it.each(['before', 'during'] as const)('%s the stream throws cancelled and ends the request', async (when) => {
    const stop = new AbortController();
    if (when === 'before') stop.abort();
    let requestSignal: AbortSignal | null = null;
    const fetch = (_url: string, init: RequestInit) => {
      requestSignal = init.signal ?? null;
      const body = new ReadableStream<Uint8Array>({ start: (controller) => {
        controller.enqueue(new TextEncoder().encode(fixture('openai-no-finish')));
        init.signal?.addEventListener('abort', () => controller.error(new DOMException('Aborted', 'AbortError')));
      } });
      return Promise.resolve(sseResponse(body));
    };
    const model = await createLanguageModel(connectionTo('openai-compatible'), environmentWith({ fetch }));
    const { text, error } = await readAll(model, HELLO, stop.signal, (part) => part.type === 'text-delta' && stop.abort());
    expect(error).toEqual({ kind: 'cancelled' });
    expect(text).toBe(when === 'during' ? 'Half an answer' : '');
    expect(requestSignal === null).toBe(when === 'before');
  });

  it('leaving the loop ends the request', async () => {
    let isAborted = false;
    const fetch = (_url: string, init: RequestInit) => {
      init.signal?.addEventListener('abort', () => (isAborted = true));
      return Promise.resolve(sseResponse(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(fixture('openai-no-finish'))) })));
    };
    const model = await createLanguageModel(connectionTo('openai-compatible'), environmentWith({ fetch }));
    for await (const part of model.stream(HELLO, new AbortController().signal)) if (part.type === 'text-delta') break;
    expect(isAborted).toBe(true);
  });
});
