import { phrase, type Phrase } from '../core/phrase';
import { stalled } from './details';
import { findProviderFailure, isAbort, ProviderFailure } from './failure';
import type { ProviderEnvironment } from './environment';

export interface BodyLimits {
  readonly idleMs: number;
  readonly maxBytes: number;
  /** Longest line; `Infinity` for bodies that are not line-based. */
  readonly maxLineBytes: number;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * The same bytes, watched: errors with ProviderFailure `stream_cut` when the connection breaks or no byte comes for `idleMs`
 * (the clock runs only while this waits for the server), and `bad_response` when a line or the whole is too long.
 */
export function guardBody(body: ReadableStream<Uint8Array>, limits: BodyLimits, after: ProviderEnvironment['after']): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const meter = createMeter(limits);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await readWithin(reader, limits.idleMs, after);
        if (done) return controller.close();
        meter(value);
        controller.enqueue(value);
      } catch (error) {
        // A server that never stops would otherwise go on sending into memory.
        reader.cancel().catch(() => undefined);
        controller.error(isAbort(error) ? error : (findProviderFailure(error) ?? connectionBroke()));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** A body as text. Longer than `limits.maxBytes`: cut there when `truncate`, else ProviderFailure `bad_response`. */
export async function readText(response: Response, limits: BodyLimits, truncate: boolean, after: ProviderEnvironment['after']): Promise<string> {
  if (response.body === null) return '';
  const reader = guardBody(response.body, truncate ? { ...limits, maxBytes: Infinity } : limits, after).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes >= limits.maxBytes && truncate) {
      reader.cancel().catch(() => undefined);
      return text.slice(0, limits.maxBytes);
    }
  }
}

async function readWithin(reader: Reader, milliseconds: number, after: ProviderEnvironment['after']): ReturnType<Reader['read']> {
  const stall = new AbortController();
  const cancelTimer = after(milliseconds, () => stall.abort(stoppedComing(milliseconds)));
  try {
    return await Promise.race([reader.read(), rejection(stall.signal)]);
  } finally {
    cancelTimer();
  }
}

/** Rejects with the signal's reason once it is aborted. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Throws when the bytes so far exceed a limit. */
function createMeter(limits: BodyLimits): (chunk: Uint8Array) => void {
  let total = 0;
  let line = 0;
  return (chunk) => {
    total += chunk.length;
    if (total > limits.maxBytes) throw tooLong(phrase('The response is longer than {{size}} KiB.', { size: kib(limits.maxBytes) }));
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      if (line + end - start > limits.maxLineBytes) throw lineTooLong(limits.maxLineBytes);
      line = 0;
      start = end + 1;
    }
    line += chunk.length - start;
    if (line > limits.maxLineBytes) throw lineTooLong(limits.maxLineBytes);
  };
}

function lineTooLong(bytes: number): ProviderFailure {
  return tooLong(phrase('One line of the response is longer than {{size}} KiB.', { size: kib(bytes) }));
}

function tooLong(detail: Phrase): ProviderFailure {
  return new ProviderFailure({ kind: 'bad_response', detail });
}

function kib(bytes: number): number {
  return Math.round(bytes / 1024);
}

function stoppedComing(milliseconds: number): ProviderFailure {
  return new ProviderFailure({ kind: 'stream_cut', detail: stalled(Math.round(milliseconds / 1000)) });
}

function connectionBroke(): ProviderFailure {
  return new ProviderFailure({ kind: 'stream_cut', detail: phrase('The connection broke before the answer was complete.') });
}
