import { createAnthropic } from '@ai-sdk/anthropic';
import { ANTHROPIC_BROWSER_HEADER } from './anthropic-headers';
import type { Connection } from './language-model';
import type { SdkModelFactory } from './sdk-types';

export function anthropicFactory(connection: Connection): SdkModelFactory {
  return (model, fetch) =>
    createAnthropic({
      baseURL: connection.baseUrl,
      apiKey: connection.apiKey,
      headers: { ...ANTHROPIC_BROWSER_HEADER, ...connection.headers },
      fetch,
    }).languageModel(model);
}
