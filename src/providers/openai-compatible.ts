import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { hostOf } from './address';
import type { Connection } from './language-model';
import type { SdkModelFactory } from './sdk-types';

/** Any server with `POST {base}/chat/completions`. */
export function openAICompatibleFactory(connection: Connection): SdkModelFactory {
  const host = hostOf(connection.baseUrl);
  return (model, fetch) =>
    createOpenAICompatible({
      name: 'connection',
      baseURL: connection.baseUrl,
      ...(connection.apiKey === '' ? {} : { apiKey: connection.apiKey }),
      headers: { ...connection.headers },
      includeUsage: host !== MISTRAL_HOST,
      transformRequestBody: (body) => (host === OPENAI_HOST ? withCompletionTokens(body) : body),
      fetch,
    }).chatModel(model);
}

/** Sends usage by itself and refuses `stream_options` with 422 "Extra inputs are not permitted". */
const MISTRAL_HOST = 'api.mistral.ai';

const OPENAI_HOST = 'api.openai.com';

/** OpenAI's reasoning models refuse `max_tokens`; all its chat models take the newer name (Mistral takes only the old one). */
function withCompletionTokens(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { max_tokens: maxTokens, ...rest } = body;
  return maxTokens === undefined ? rest : { ...rest, max_completion_tokens: maxTokens };
}
