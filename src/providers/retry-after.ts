/**
 * Whole seconds to wait, from the headers that providers use, or null. A page sees them only where the server exposes them.
 * `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), `retry-after-ms` (OpenAI, Azure), `X-RateLimit-Reset` in epoch milliseconds (OpenRouter).
 */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const milliseconds = positive(headers.get('retry-after-ms'));
  if (milliseconds !== null) return Math.ceil(milliseconds / 1000);
  const retryAfter = headers.get('retry-after');
  const seconds = positive(retryAfter);
  if (seconds !== null) return Math.ceil(seconds);
  const date = Date.parse(retryAfter ?? '');
  if (Number.isFinite(date)) return secondsUntil(date, now);
  const reset = positive(headers.get('x-ratelimit-reset'));
  return reset !== null && reset > EPOCH_MS_FLOOR ? secondsUntil(reset, now) : null;
}

/** Smaller numbers in `X-RateLimit-Reset` are seconds of unclear origin; they are not guessed at. */
const EPOCH_MS_FLOOR = 1e12;

function secondsUntil(timestamp: number, now: number): number {
  return Math.max(0, Math.ceil((timestamp - now) / 1000));
}

function positive(text: string | null): number | null {
  if (text === null || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return null;
  return Number(text);
}
