import type { TokenUsage } from '../core/conversation';
import type { Words } from '../core/phrase';

/** Here a connection is one that requests are made to; models in the browser have back ends of their own. */
export type { RemoteConnection as Connection, RemoteKind as ProviderKind } from '../core/connection';

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly mediaType: string; readonly bytes: Uint8Array };

export type ChatMessage =
  | { readonly role: 'system' | 'assistant'; readonly content: string }
  /** Parts when something is attached, in the order in which the model reads them. */
  | { readonly role: 'user'; readonly content: string | readonly ContentPart[] };

/** The text of a message, without its images. */
export function textOfMessage({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

export interface StreamRequest {
  /** The provider's own model id. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly maxOutputTokens: number | null;
}

/** Names follow the AI SDK's stream parts: start / delta / end. */
export type StreamPart =
  | { readonly type: 'start'; readonly responseModel: string | null }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'end'; readonly finishReason: 'stop' | 'length' | 'content-filter' | 'other'; readonly usage: TokenUsage | null };

/** Expected failures, thrown as `ProviderFailure` so that text streamed before them is kept by the reader. */
export type ProviderError =
  | { readonly kind: 'wrong_key'; readonly status: number | null }
  | { readonly kind: 'no_credit'; readonly status: number }
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'model_missing'; readonly model: string }
  | { readonly kind: 'context_too_long'; readonly detail: Words }
  | { readonly kind: 'unreachable'; readonly detail: Words; readonly local: boolean }
  | { readonly kind: 'cors_or_network'; readonly detail: Words; readonly local: boolean }
  | { readonly kind: 'server_error'; readonly status: number; readonly detail: Words }
  | { readonly kind: 'stream_cut'; readonly detail: Words }
  | { readonly kind: 'bad_response'; readonly detail: Words }
  /** A model in the browser: the device, the driver or the memory gave up. */
  | { readonly kind: 'device_failed'; readonly detail: Words }
  | { readonly kind: 'offline' }
  | { readonly kind: 'cancelled' };

export interface AvailableModel {
  readonly id: string;
  readonly name: string | null;
  readonly contextTokens: number | null;
  readonly priceInUsdPerMTok: number | null;
  readonly priceOutUsdPerMTok: number | null;
}

export interface LanguageModel {
  /** Yields until `end`; throws ProviderFailure. Aborting throws kind `cancelled`. */
  stream(request: StreamRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
  /** The provider's model list. Throws ProviderFailure. */
  listModels(signal: AbortSignal): Promise<readonly AvailableModel[]>;
}
