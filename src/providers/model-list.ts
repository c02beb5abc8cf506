import { phrase } from '../core/phrase';
import { ANTHROPIC_BROWSER_HEADER } from './anthropic-headers';
import { readText } from './body';
import { NOT_AN_API } from './details';
import type { ProviderEnvironment } from './environment';
import { looksLikeHtml } from './error-body';
import { isAbort, ProviderFailure } from './failure';
import { guardedFetch, perPlace } from './guarded-fetch';
import { parseJson } from './json';
import type { AvailableModel, Connection } from './language-model';
import { readAnthropicPage, readGooglePage, readOpenAICompatiblePage, type ModelPage } from './model-list-shapes';

const MAX_PAGES = 10;
/** OpenRouter lists some 400 models. */
export const MAX_MODELS = 3000;

/** All pages of the connection's model list, without duplicates, in the provider's order. Throws ProviderFailure. */
export async function fetchModelList(connection: Connection, signal: AbortSignal, environment: ProviderEnvironment): Promise<readonly AvailableModel[]> {
  const models = new Map<string, AvailableModel>();
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { found, next } = await fetchPage(connection, cursor, signal, environment);
    for (const model of found) if (!models.has(model.id) && models.size < MAX_MODELS) models.set(model.id, model);
    if (next === null || next === cursor) break;
    cursor = next;
  }
  return [...models.values()];
}

async function fetchPage(connection: Connection, cursor: string | null, signal: AbortSignal, environment: ProviderEnvironment): Promise<ModelPage> {
  try {
    const init = { method: 'GET', headers: { ...authHeaders(connection), ...connection.headers }, signal };
    const facts = { model: null, apiKey: connection.apiKey };
    const response = await guardedFetch(listUrl(connection, cursor), init, facts, connection, environment);
    const limits = { idleMs: perPlace(environment.limits.idleMs, connection), maxBytes: environment.limits.maxListBytes, maxLineBytes: Infinity };
    return readPage(connection, await readText(response, limits, false, environment.after));
  } catch (error) {
    if (signal.aborted || isAbort(error)) throw new ProviderFailure({ kind: 'cancelled' });
    throw error;
  }
}

function readPage(connection: Connection, text: string): ModelPage {
  if (looksLikeHtml(text)) throw new ProviderFailure({ kind: 'bad_response', detail: NOT_AN_API });
  const page = PAGE_READERS[connection.kind](parseJson(text));
  if (page === null) throw new ProviderFailure({ kind: 'bad_response', detail: phrase('The server answered, but not with a list of models.') });
  return page;
}

const PAGE_READERS: Readonly<Record<Connection['kind'], (value: unknown) => ModelPage | null>> = {
  'openai-compatible': readOpenAICompatiblePage,
  anthropic: readAnthropicPage,
  google: readGooglePage,
};

function listUrl(connection: Connection, cursor: string | null): string {
  const url = new URL(`${connection.baseUrl}/models`);
  if (connection.kind === 'anthropic') url.searchParams.set('limit', '1000');
  if (connection.kind === 'google') url.searchParams.set('pageSize', '1000');
  if (cursor !== null) url.searchParams.set(connection.kind === 'google' ? 'pageToken' : 'after_id', cursor);
  return url.href;
}

function authHeaders(connection: Connection): Record<string, string> {
  if (connection.apiKey === '') return {};
  if (connection.kind === 'anthropic') return { 'x-api-key': connection.apiKey, 'anthropic-version': '2023-06-01', ...ANTHROPIC_BROWSER_HEADER };
  if (connection.kind === 'google') return { 'x-goog-api-key': connection.apiKey };
  return { Authorization: `Bearer ${connection.apiKey}` };
}
