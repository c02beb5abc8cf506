/** Back ends that are asked over the network. */
export type RemoteKind = 'openai-compatible' | 'anthropic' | 'google';

/** `built-in`: the browser's own model (Prompt API). `downloaded`: weights that were downloaded into this browser and run in a worker. */
export type BrowserKind = 'built-in' | 'downloaded';

export type ProviderKind = RemoteKind | BrowserKind;

/** One set-up back end. The key never leaves the device except in requests to `baseUrl`. */
export interface Connection {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  /** `browser:…`, which no request can be made to, for models in the browser. */
  readonly baseUrl: string;
  /** Empty for servers that need none. */
  readonly apiKey: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RemoteConnection extends Connection {
  readonly kind: RemoteKind;
}

export function isRemote(connection: Connection): connection is RemoteConnection {
  return connection.kind !== 'built-in' && connection.kind !== 'downloaded';
}
