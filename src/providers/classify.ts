import { phrase, type Words } from '../core/phrase';
import { readErrorText, readErrorValue, type ErrorReport } from './error-body';
import { tidyDetail } from './failure';
import type { ProviderError } from './language-model';
import { readRetryAfter } from './retry-after';

/** What the request was, for the parts of an error that the response leaves out. */
export interface RequestFacts {
  readonly model: string | null;
  /** Removed from every detail. */
  readonly apiKey: string;
}

/** An HTTP response with an error status → the error. `now` in milliseconds, for `Retry-After` dates. */
export function classifyResponse(status: number, headers: Headers, body: string, facts: RequestFacts, now: number): ProviderError {
  const report = readErrorText(body);
  const retryAfterSeconds = readRetryAfter(headers, now) ?? report.retryAfterSeconds ?? secondsInMessage(report.message);
  return classifyReport(status, { ...report, retryAfterSeconds }, facts);
}

/** An error that arrives as a chunk of a stream whose HTTP status was 200. */
export function classifyChunk(chunk: unknown, facts: RequestFacts): ProviderError {
  const report = readErrorValue(chunk);
  const status = report.status ?? statusOfLabels(report.labels);
  if (status !== null) {
    const retryAfterSeconds = report.retryAfterSeconds ?? secondsInMessage(report.message);
    return classifyReport(status, { ...report, retryAfterSeconds }, facts);
  }
  const detail = tidyDetail(report.message, facts.apiKey) || phrase('no reason given');
  return { kind: 'stream_cut', detail: phrase('The provider ended the answer with an error: {{detail}}', { detail }) };
}

function classifyReport(status: number, report: ErrorReport, facts: RequestFacts): ProviderError {
  const words = `${report.labels} ${report.message}`.toLowerCase();
  const detail = detailOf(report, facts);
  if (status === 402 || NO_CREDIT.test(words)) return { kind: 'no_credit', status };
  if (status === 429 || RATE_LIMIT.test(report.labels)) return { kind: 'rate_limited', retryAfterSeconds: report.retryAfterSeconds };
  if (status === 413 || (status !== 401 && CONTEXT.test(words))) return { kind: 'context_too_long', detail };
  if (status === 401 || WRONG_KEY.test(words)) return { kind: 'wrong_key', status };
  if (MODEL_MISSING.test(words)) return { kind: 'model_missing', model: facts.model ?? '' };
  if (status === 403 && !NOT_ABOUT_THE_KEY.test(words)) return { kind: 'wrong_key', status };
  return { kind: 'server_error', status, detail };
}

function detailOf({ message, isPage }: ErrorReport, { apiKey }: RequestFacts): Words {
  const detail = tidyDetail(message, apiKey);
  if (!isPage) return detail;
  return detail === '' ? phrase('an HTML page') : phrase('an HTML page titled "{{title}}"', { title: detail });
}

/** OpenAI `insufficient_quota`; Anthropic "credit balance is too low", `billing_error`; DeepSeek "Insufficient Balance"; OpenRouter "key limit exceeded". */
const NO_CREDIT =
  /insufficient[_ ](quota|balance|credit|funds)|credit balance is too low|billing_(error|not_active|hard_limit)|key limit exceeded|(ran|run) out of credits|used all available credits/;

/** Read from the labels only: messages mention limits of many kinds. */
const RATE_LIMIT = /rate_limit|resource_exhausted|too_many_requests/;

const CONTEXT =
  /context_length_exceeded|exceed_context_size|(maximum|available|model'?s?) context (length|size|window)|context (length|window|limit)|prompt is too long|input token count|request_too_large|reduce the length/;

const WRONG_KEY =
  /(invalid|incorrect|missing|expired|no)[ _](x-)?api[ _-]?key|api[ _]key (not valid|expired|not found)|api_key_invalid|invalid x-api-key|authentication_error|authentication fails|unauthenticated/;

const MODEL_MISSING =
  /model_not_found|model_decommissioned|invalid[_ ]model|not a valid model|no models? loaded|no endpoints found|\bmodels?\b.{0,160}(not found|not exist|decommissioned|does not exist|is not available)|not_found_error.{0,20}model:|unable to access.{0,30}model/;

const NOT_ABOUT_THE_KEY = /country|region|territory|location|moderation|flagged|guardrail|safety/;

/** Anthropic and Google name mid-stream errors without a number. https://docs.anthropic.com/en/api/errors */
const LABEL_STATUSES: ReadonlyArray<readonly [RegExp, number]> = [
  [/overloaded_error/, 529],
  [/rate_limit|resource_exhausted/, 429],
  [/authentication_error|unauthenticated/, 401],
  [/permission_error|permission_denied/, 403],
  [/not_found/, 404],
  [/request_too_large/, 413],
  [/billing_error|insufficient_quota/, 402],
  [/invalid_request_error|invalid_argument|context_length_exceeded/, 400],
  [/unavailable/, 503],
  [/\b(api_error|internal|server_error|internal_server_error)\b/, 500],
];

function statusOfLabels(labels: string): number | null {
  return LABEL_STATUSES.find(([pattern]) => pattern.test(labels))?.[1] ?? null;
}

/** "Please try again in 7.66s" (OpenAI, Groq), "in 1m30s", "in 240ms": headers are hidden from pages unless the server exposes them. */
function secondsInMessage(message: string): number | null {
  const match = /(?:again|retry) in (?:(\d+)m(?!s))?\s?(?:([\d.]+)\s?(ms|s)\b)?/i.exec(message);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return null;
  const seconds = Number(match[2] ?? 0) / (match[3]?.toLowerCase() === 'ms' ? 1000 : 1);
  const total = Math.ceil(Number(match[1] ?? 0) * 60 + seconds);
  return Number.isFinite(total) ? total : null;
}
