import { phrase } from '../core/phrase';
import { addressSpaceOf, isLocalUrl } from './address';
import { guardBody, readText } from './body';
import { classifyChunk, classifyResponse, type RequestFacts } from './classify';
import { NOT_AN_API } from './details';
import type { ProviderEnvironment } from './environment';
import { isErrorChunk, looksLikeHtml } from './error-body';
import { isAbort, ProviderFailure, tidyDetail } from './failure';
import { parseJson } from './json';
import type { Connection } from './language-model';
import { diagnoseNetworkFailure } from './network-failure';
import type { FetchFunction } from './sdk-types';

/**
 * One request to a connection's server under this app's rules: only the headers the provider knows, no cookies, no referrer, no redirect
 * (it would carry the key elsewhere), a time limit for the first byte. Resolves only with a 2xx; everything else is a ProviderFailure,
 * except an abort by the caller, which stays an AbortError.
 */
export async function guardedFetch(
  url: string,
  init: RequestInit,
  facts: RequestFacts,
  connection: Connection,
  environment: ProviderEnvironment,
): Promise<Response> {
  const headers = allowedHeaders(new Headers(init.headers), connection);
  const response = await fetchWithin(url, { ...init, ...requestRules(url, environment), headers }, connection, environment);
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    throw new ProviderFailure({ kind: 'bad_response', detail: phrase('The server redirects to another address; use that one as the base URL.') });
  }
  if (response.ok) return response;
  const body = await readErrorBody(response, environment);
  throw new ProviderFailure(classifyResponse(response.status, response.headers, body, facts, environment.now()));
}

/** The `fetch` given to the AI SDK for one streamed answer: guardedFetch, and a body that is watched and really is a stream. */
export function createStreamingFetch(facts: RequestFacts, connection: Connection, environment: ProviderEnvironment): FetchFunction {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    const response = await guardedFetch(url, init ?? {}, facts, connection, environment);
    await refuseOtherThanStream(response, facts, environment);
    if (response.body === null) throw new ProviderFailure({ kind: 'bad_response', detail: phrase('The server sent an empty answer.') });
    const limits = { idleMs: perPlace(environment.limits.idleMs, connection), maxBytes: environment.limits.maxStreamBytes, maxLineBytes: environment.limits.maxLineBytes };
    const body = guardBody(response.body, limits, environment.after);
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

/** Header names beyond which servers with a static CORS list (Gemini, Mistral, Moonshot, …) refuse the preflight. */
const PROVIDER_HEADERS: Readonly<Record<Connection['kind'], readonly string[]>> = {
  'openai-compatible': ['content-type', 'authorization'],
  anthropic: ['content-type', 'x-api-key', 'anthropic-version', 'anthropic-beta', 'anthropic-dangerous-direct-browser-access'],
  google: ['content-type', 'x-goog-api-key'],
};

/** Drops what the SDK adds for itself (`user-agent`, …); keeps what the user set for this connection. */
function allowedHeaders(headers: Headers, connection: Connection): Headers {
  const names = new Set([...PROVIDER_HEADERS[connection.kind], ...Object.keys(connection.headers).map((name) => name.toLowerCase())]);
  const kept = new Headers();
  for (const [name, value] of headers) if (names.has(name)) kept.set(name, value);
  return kept;
}

function requestRules(url: string, environment: ProviderEnvironment): RequestInit & { targetAddressSpace?: string } {
  const rules: RequestInit = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', redirect: 'manual' };
  const space = addressSpaceOf(url);
  const tellsSpace = environment.supportsTargetAddressSpace && (space === 'loopback' || space === 'local');
  return tellsSpace ? { ...rules, targetAddressSpace: space } : rules;
}

async function fetchWithin(url: string, init: RequestInit, connection: Connection, environment: ProviderEnvironment): Promise<Response> {
  const limitMs = perPlace(environment.limits.firstByteMs, connection);
  const timeout = new AbortController();
  const cancelTimer = environment.after(limitMs, () => timeout.abort());
  const signals = init.signal ? [init.signal, timeout.signal] : [timeout.signal];
  try {
    return await environment.fetch(url, { ...init, signal: AbortSignal.any(signals) });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new ProviderFailure(timeout.signal.aborted ? silent(limitMs, connection) : await diagnose(error, connection, environment));
  } finally {
    cancelTimer();
  }
}

function silent(limitMs: number, connection: Connection) {
  const detail = phrase('The server accepted the request but did not answer within {{seconds}} s.', { seconds: Math.round(limitMs / 1000) });
  return { kind: 'unreachable', detail, local: isLocalUrl(connection.baseUrl) } as const;
}

function diagnose(error: unknown, connection: Connection, environment: ProviderEnvironment) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const reason = error instanceof Error ? tidyDetail(`${error.message}${cause}`, connection.apiKey) : phrase('The request failed.');
  return diagnoseNetworkFailure(connection, reason, environment);
}

/** Proxies answer 200 with a page; some servers answer 200 with a JSON error, or ignore `stream: true`. */
async function refuseOtherThanStream(response: Response, facts: RequestFacts, environment: ProviderEnvironment): Promise<void> {
  const type = (response.headers.get('content-type') ?? '').toLowerCase();
  if (!type.includes('html') && !type.includes('application/json')) return;
  const body = await readErrorBody(response, environment);
  const value = parseJson(body);
  if (isErrorChunk(value)) throw new ProviderFailure(classifyChunk(value, facts));
  const detail = type.includes('html') || looksLikeHtml(body) ? NOT_AN_API : phrase('The server answered without streaming.');
  throw new ProviderFailure({ kind: 'bad_response', detail });
}

const MAX_ERROR_BYTES = 64 * 1024;
const ERROR_BODY_IDLE_MS = 10_000;

/** A broken or slow error body must not hide the status that came with it. */
async function readErrorBody(response: Response, environment: ProviderEnvironment): Promise<string> {
  try {
    return await readText(response, { idleMs: ERROR_BODY_IDLE_MS, maxBytes: MAX_ERROR_BYTES, maxLineBytes: Infinity }, true, environment.after);
  } catch (error) {
    if (isAbort(error)) throw error;
    return '';
  }
}

export function perPlace(milliseconds: { readonly remote: number; readonly local: number }, connection: Connection): number {
  return isLocalUrl(connection.baseUrl) ? milliseconds.local : milliseconds.remote;
}
