import { CORS_REFUSED, LOCAL_NETWORK_DENIED, NOT_AN_API, stalled } from './details';
import { DEFAULT_LIMITS, type ProviderEnvironment } from './environment';
import { ProviderFailure } from './failure';
import type { Connection, LanguageModel, ProviderError, StreamPart, StreamRequest } from './language-model';

/** Test helpers: a connection, an environment without a network, and a reader that keeps what came before a failure. */

export function connectionTo(kind: Connection['kind'], overrides: Partial<Connection> = {}): Connection {
  const baseUrls = { 'openai-compatible': 'https://llm.example/v1', anthropic: 'https://llm.example/v1', google: 'https://llm.example/v1beta' };
  return { id: 'connection-1', kind, name: 'Example', baseUrl: baseUrls[kind], apiKey: 'sk-secret-123', headers: {}, ...overrides };
}

export function environmentWith(overrides: Partial<ProviderEnvironment>): ProviderEnvironment {
  return {
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    now: () => 1_750_000_000_000,
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
    isOnline: () => true,
    localNetworkPermission: () => Promise.resolve('unknown'),
    reaches: () => Promise.resolve(null),
    supportsTargetAddressSpace: false,
    failedProbeMeansDown: true,
    limits: DEFAULT_LIMITS,
    ...overrides,
  };
}

export interface Reading {
  readonly parts: readonly StreamPart[];
  readonly text: string;
  readonly reasoning: string;
  /** null when the stream ended well. */
  readonly error: ProviderError | null;
}

export const HELLO: StreamRequest = { model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }], maxOutputTokens: null };

/** Reads to the end or the failure; `onPart` sees each part as it comes. */
export async function readAll(
  model: LanguageModel,
  request: StreamRequest = HELLO,
  signal: AbortSignal = new AbortController().signal,
  onPart: (part: StreamPart) => void = () => undefined,
): Promise<Reading> {
  const parts: StreamPart[] = [];
  let error: ProviderError | null = null;
  try {
    for await (const part of model.stream(request, signal)) {
      parts.push(part);
      onPart(part);
    }
  } catch (thrown) {
    error = errorOf(thrown);
  }
  const join = (type: 'text-delta' | 'reasoning-delta') => parts.map((part) => (part.type === type ? part.text : '')).join('');
  return { parts, text: join('text-delta'), reasoning: join('reasoning-delta'), error };
}

/** Anything but a ProviderFailure breaks the contract and fails the test. */
export function errorOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.error;
  throw thrown;
}

export function bodyOf(...chunks: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
}

export function sseResponse(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } });
}

/** One of each kind, and of those that are described in several ways. */
export const EVERY_ERROR: readonly ProviderError[] = [
  { kind: 'wrong_key', status: 401 },
  { kind: 'wrong_key', status: 403 },
  { kind: 'wrong_key', status: null },
  { kind: 'no_credit', status: 402 },
  { kind: 'rate_limited', retryAfterSeconds: null },
  { kind: 'rate_limited', retryAfterSeconds: 20 },
  { kind: 'model_missing', model: 'gpt-9' },
  { kind: 'model_missing', model: '' },
  { kind: 'context_too_long', detail: 'too long' },
  { kind: 'unreachable', detail: 'Failed to fetch', local: true },
  { kind: 'cors_or_network', detail: CORS_REFUSED, local: true },
  { kind: 'cors_or_network', detail: LOCAL_NETWORK_DENIED, local: true },
  { kind: 'cors_or_network', detail: 'Failed to fetch', local: false },
  ...[400, 403, 404, 422, 500, 502, 503, 529].map((status) => ({ kind: 'server_error' as const, status, detail: 'because' })),
  { kind: 'stream_cut', detail: 'gone' },
  { kind: 'stream_cut', detail: stalled(90) },
  { kind: 'bad_response', detail: NOT_AN_API },
  { kind: 'bad_response', detail: 'odd' },
  { kind: 'offline' },
  { kind: 'cancelled' },
];
