import { createGoogleGenerativeAI } from '@ai-sdk/google';
import type { Connection } from './language-model';
import type { SdkModelFactory } from './sdk-types';

export function googleFactory(connection: Connection): SdkModelFactory {
  return (model, fetch) =>
    createGoogleGenerativeAI({
      baseURL: connection.baseUrl,
      apiKey: connection.apiKey,
      headers: { ...connection.headers },
      fetch,
    }).languageModel(model);
}
