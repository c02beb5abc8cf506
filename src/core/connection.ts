export type ProviderKind = 'openai-compatible' | 'anthropic' | 'google';

/** One set-up back end. The key never leaves the device except in requests to `baseUrl`. */
export interface Connection {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly baseUrl: string;
  /** Empty for servers that need none. */
  readonly apiKey: string;
  readonly headers: Readonly<Record<string, string>>;
}
