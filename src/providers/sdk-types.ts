import type { LanguageModel as SdkModel } from 'ai';

export type FetchFunction = typeof globalThis.fetch;

/** Makes the AI SDK's model for one request; `fetch` belongs to that request. */
export type SdkModelFactory = (model: string, fetch: FetchFunction) => SdkModel;
