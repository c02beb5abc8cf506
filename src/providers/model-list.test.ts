import { describe, expect, it } from 'vitest';
import { inEnglish } from '../core/__fixtures__/in-english';
import fixtures from './__fixtures__/model-lists.json';
import { listModels } from './create-language-model';
import type { Connection, ProviderError } from './language-model';
import { MAX_MODELS } from './model-list';
import { connectionTo, environmentWith, errorOf } from './test-support';

const signal = new AbortController().signal;

function jsonResponse(value: unknown, status = 200): Promise<Response> {
  return Promise.resolve(new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } }));
}

async function failureOf(connection: Connection, response: () => Promise<Response>): Promise<ProviderError> {
  return listModels(connection, signal, environmentWith({ fetch: response })).then(
    () => expect.unreachable('The list should have failed.'),
    errorOf,
  );
}

describe('listModels', () => {
  it.each(fixtures)('$name', async ({ kind, body, expected }) => {
    const connection = connectionTo(kind === 'anthropic' || kind === 'google' ? kind : 'openai-compatible');
    expect(await listModels(connection, signal, environmentWith({ fetch: () => jsonResponse(body) }))).toEqual(expected);
  });

  it('sends each provider its own key header and nothing else of ours', async () => {
    const seen: Record<string, string>[] = [];
    const fetch = (_url: string, init: RequestInit) => {
      seen.push(Object.fromEntries(new Headers(init.headers)));
      return jsonResponse({ data: [], models: [] });
    };
    for (const kind of ['openai-compatible', 'anthropic', 'google'] as const) {
      await listModels(connectionTo(kind, { headers: { 'X-Team': 'blue' } }), signal, environmentWith({ fetch }));
    }
    expect(seen).toEqual([
      { authorization: 'Bearer sk-secret-123', 'x-team': 'blue' },
      { 'anthropic-dangerous-direct-browser-access': 'true', 'anthropic-version': '2023-06-01', 'x-api-key': 'sk-secret-123', 'x-team': 'blue' },
      { 'x-goog-api-key': 'sk-secret-123', 'x-team': 'blue' },
    ]);
  });

  it('follows pages, drops duplicates and stops at its limits', async () => {
    const urls: string[] = [];
    const fetch = (url: string) => {
      urls.push(url);
      const page = urls.length;
      const data = Array.from({ length: 1000 }, (_, index) => ({ id: `claude-${page}-${index}` }));
      return jsonResponse({ data: [{ id: 'claude-same' }, ...data], has_more: true, last_id: `page-${page}` });
    };
    const models = await listModels(connectionTo('anthropic'), signal, environmentWith({ fetch }));
    expect(urls).toHaveLength(10);
    expect(urls[1]).toBe('https://llm.example/v1/models?limit=1000&after_id=page-1');
    expect(models).toHaveLength(MAX_MODELS);
    expect(models.filter(({ id }) => id === 'claude-same')).toHaveLength(1);
  });

  it('leaves out entries that are not models', async () => {
    const data = [null, 7, {}, { id: 5 }, { id: '  ' }, { id: 'x'.repeat(300) }, { id: 'good', context_length: 'many', pricing: { prompt: 'NaN' } }];
    const models = await listModels(connectionTo('openai-compatible'), signal, environmentWith({ fetch: () => jsonResponse({ data }) }));
    expect(models).toEqual([{ id: 'good', name: null, contextTokens: null, priceInUsdPerMTok: null, priceOutUsdPerMTok: null }]);
  });

  it.each([
    ['HTML', '<!doctype html><title>Hi</title>', 'The server sent a web page instead of an answer.'],
    ['no JSON', 'pong', 'The server answered, but not with a list of models.'],
    ['another JSON', '{"status":"ok"}', 'The server answered, but not with a list of models.'],
  ])('%s is a bad response', async (_name, body, detail) => {
    const response = () => Promise.resolve(new Response(body));
    expect(inEnglish(await failureOf(connectionTo('openai-compatible'), response))).toEqual({ kind: 'bad_response', detail });
  });

  it('refuses a list without end', async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024).fill(32)) });
    const error = await failureOf(connectionTo('openai-compatible'), () => Promise.resolve(new Response(endless)));
    expect(inEnglish(error)).toEqual({ kind: 'bad_response', detail: 'The response is longer than 8192 KiB.' });
  });

  it('reports a wrong key and an abort', async () => {
    expect(await failureOf(connectionTo('openai-compatible'), () => jsonResponse({ error: { message: 'no' } }, 401))).toEqual({ kind: 'wrong_key', status: 401 });
    const aborted = await listModels(connectionTo('google'), AbortSignal.abort(), environmentWith({})).catch(errorOf);
    expect(aborted).toEqual({ kind: 'cancelled' });
  });
});
