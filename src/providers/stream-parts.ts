import { APICallError, streamText, type FinishReason, type ImagePart, type LanguageModel as SdkModel, type LanguageModelUsage, type ModelMessage, type TextPart, type TextStreamPart, type ToolSet } from 'ai';
import type { TokenUsage } from '../core/conversation';
import { phrase } from '../core/phrase';
import { classifyChunk, type RequestFacts } from './classify';
import { isErrorChunk } from './error-body';
import { findProviderFailure, isAbort, ProviderFailure, tidyDetail } from './failure';
import { isRecord, parseJson, textOf, type JsonRecord } from './json';
import type { ChatMessage, ContentPart, StreamPart, StreamRequest } from './language-model';

/**
 * One answer as StreamParts through the AI SDK's streamText. No automatic retries: a rate limit or a fault is shown, and asking again is
 * the user's choice. Leaving the loop early aborts the request. Throws ProviderFailure only.
 */
export async function* streamParts(model: SdkModel, request: StreamRequest, facts: RequestFacts, signal: AbortSignal): AsyncGenerator<StreamPart> {
  if (signal.aborted) throw new ProviderFailure({ kind: 'cancelled' });
  const left = new AbortController();
  const state: ReadState = { started: false };
  try {
    const parts = startStream(model, request, AbortSignal.any([signal, left.signal]));
    for await (const part of parts) {
      yield* translate(part, state, facts);
      if (part.type === 'finish-step') return;
    }
    throw cutWithoutEnd();
  } catch (error) {
    throw signal.aborted ? new ProviderFailure({ kind: 'cancelled' }) : toFailure(error, facts);
  } finally {
    left.abort();
  }
}

interface ReadState {
  started: boolean;
}

type SdkPart = TextStreamPart<ToolSet>;

function startStream(model: SdkModel, request: StreamRequest, abortSignal: AbortSignal): AsyncIterable<SdkPart> {
  // Its warnings (a model it does not know, …) go to the console and are of no use to the page's user.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const system = request.messages.filter((message) => message.role === 'system').map((message) => message.content);
  return streamText({
    model,
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    messages: request.messages.flatMap(toSdkMessage),
    ...(request.maxOutputTokens === null ? {} : { maxOutputTokens: request.maxOutputTokens }),
    maxRetries: 0,
    abortSignal,
    // Errors in chunks and the answering model's name are read from the raw chunks: the SDK's own parts drop some of both.
    includeRawChunks: true,
    // The default writes to the console; the same error arrives as a part.
    onError: () => undefined,
  }).fullStream;
}

function toSdkMessage(message: ChatMessage): readonly ModelMessage[] {
  switch (message.role) {
    case 'system':
      return [];
    case 'assistant':
      return [{ role: 'assistant', content: message.content }];
    case 'user':
      return [{ role: 'user', content: typeof message.content === 'string' ? message.content : message.content.map(toSdkPart) }];
  }
}

function toSdkPart(part: ContentPart): TextPart | ImagePart {
  return part.type === 'text' ? part : { type: 'image', image: part.bytes, mediaType: part.mediaType };
}

function* translate(part: SdkPart, state: ReadState, facts: RequestFacts): Generator<StreamPart> {
  switch (part.type) {
    case 'raw':
      if (isErrorChunk(part.rawValue)) throw new ProviderFailure(classifyChunk(part.rawValue, facts));
      if (!state.started) yield { type: 'start', responseModel: responseModelOf(part.rawValue) };
      state.started = true;
      return;
    case 'text-delta':
      if (part.text !== '') yield { type: 'text-delta', text: part.text };
      return;
    case 'reasoning-delta':
      if (part.text !== '') yield { type: 'reasoning-delta', text: part.text };
      return;
    case 'finish-step':
      // A stream that breaks off politely has no reason of the provider's own.
      if (part.rawFinishReason === undefined || part.finishReason === 'error') throw cutWithoutEnd();
      if (part.rawFinishReason === 'error') throw new ProviderFailure({ kind: 'stream_cut', detail: phrase('The provider ended the answer with an error.') });
      yield { type: 'end', finishReason: finishReasonOf(part.finishReason), usage: usageOf(part.usage) };
      return;
    case 'error':
      throw part.error;
    case 'abort':
      throw new ProviderFailure({ kind: 'cancelled' });
    default:
      // Sources, files and tool parts: none is asked for.
      return;
  }
}

function toFailure(error: unknown, facts: RequestFacts): ProviderFailure {
  const known = findProviderFailure(error);
  if (known !== null) return known;
  if (isAbort(error)) return new ProviderFailure({ kind: 'cancelled' });
  const first = firstErrorEvent(error);
  if (first !== null) return new ProviderFailure(classifyChunk(first, facts));
  if (isErrorChunk(error)) return new ProviderFailure(classifyChunk(error, facts));
  const text = error instanceof Error ? error.message : String(error);
  if (/without a finish reason|no output generated/i.test(text)) return cutWithoutEnd();
  return new ProviderFailure({ kind: 'bad_response', detail: tidyDetail(text, facts.apiKey) });
}

/** The Anthropic part turns an error event that comes before any text into an APICallError with the event as its body. */
function firstErrorEvent(error: unknown): JsonRecord | null {
  const body = APICallError.isInstance(error) ? parseJson(error.responseBody ?? '') : undefined;
  return isRecord(body) && typeof body['type'] === 'string' ? body : null;
}

function cutWithoutEnd(): ProviderFailure {
  return new ProviderFailure({ kind: 'stream_cut', detail: phrase('The answer stopped before the provider said it was complete.') });
}

/** `model` (OpenAI-compatible), `message.model` (Anthropic `message_start`), `modelVersion` (Google). */
function responseModelOf(chunk: unknown): string | null {
  if (!isRecord(chunk)) return null;
  const message = chunk['message'];
  return textOf(chunk['model']) ?? textOf(chunk['modelVersion']) ?? (isRecord(message) ? textOf(message['model']) : null);
}

function finishReasonOf(reason: FinishReason): 'stop' | 'length' | 'content-filter' | 'other' {
  return reason === 'stop' || reason === 'length' || reason === 'content-filter' ? reason : 'other';
}

function usageOf(usage: LanguageModelUsage): TokenUsage | null {
  const inputTokens = usage.inputTokens ?? null;
  const outputTokens = usage.outputTokens ?? null;
  return inputTokens === null && outputTokens === null ? null : { inputTokens, outputTokens, estimated: false };
}
