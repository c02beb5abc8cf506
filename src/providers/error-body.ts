import { isRecord, parseJson, textOf, type JsonRecord } from './json';

/** What an error body says, whichever of the providers' shapes it has. Empty text where it says nothing. */
export interface ErrorReport {
  /** Of a page: its title. */
  readonly message: string;
  readonly isPage: boolean;
  /** All machine-readable words (type, code, status, reason), lower case, joined by spaces. */
  readonly labels: string;
  /** HTTP status inside the body, for errors in the middle of a stream. */
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
}

const NOTHING: ErrorReport = { message: '', isPage: false, labels: '', status: null, retryAfterSeconds: null };

export function readErrorText(body: string): ErrorReport {
  const parsed = parseJson(body);
  if (parsed === undefined) return looksLikeHtml(body) ? { ...NOTHING, message: htmlTitle(body), isPage: true } : { ...NOTHING, message: body };
  return readErrorValue(parsed);
}

/**
 * Shapes: OpenAI, OpenRouter, Google `{error: {message, type|status, code}}`; Anthropic `{type: 'error', error}`; xAI `{code, error: string}`;
 * Ollama `{error: string}`; Mistral, vLLM `{object: 'error', message, type, code}`; FastAPI `{detail}`; Google without SSE `[{error}]`.
 */
export function readErrorValue(value: unknown): ErrorReport {
  if (typeof value === 'string') return { ...NOTHING, message: value };
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : readErrorValue(value[0]);
  if (!isRecord(value)) return NOTHING;
  const inner = isRecord(value['error']) ? value['error'] : value;
  const details = Array.isArray(inner['details']) ? inner['details'].filter(isRecord) : [];
  return {
    message: messageOf(inner) || (textOf(value['error']) ?? ''),
    isPage: false,
    labels: labelsOf(inner, details),
    status: statusOf(inner),
    retryAfterSeconds: retryDelayOf(details),
  };
}

/** True for a stream chunk that reports an error instead of text. */
export function isErrorChunk(chunk: unknown): chunk is JsonRecord {
  if (!isRecord(chunk)) return false;
  const hasError = chunk['error'] !== undefined && chunk['error'] !== null;
  return hasError || chunk['type'] === 'error' || chunk['object'] === 'error';
}

export function looksLikeHtml(text: string): boolean {
  return /^\s*</.test(text);
}

function messageOf(inner: JsonRecord): string {
  const message = inner['message'] ?? inner['detail'];
  if (typeof message === 'string') return message;
  if (message !== undefined && message !== null) return JSON.stringify(message);
  return '';
}

function labelsOf(inner: JsonRecord, details: readonly JsonRecord[]): string {
  const words = [inner['type'], inner['code'], inner['status'], ...details.map((detail) => detail['reason'])];
  return words
    .filter((word) => typeof word === 'string')
    .join(' ')
    .toLowerCase();
}

function statusOf(inner: JsonRecord): number | null {
  const code = Number(inner['code'] ?? NaN);
  return Number.isInteger(code) && code >= 400 && code <= 599 ? code : null;
}

/** google.rpc.RetryInfo: `{"@type": "…RetryInfo", "retryDelay": "38s"}`. */
function retryDelayOf(details: readonly JsonRecord[]): number | null {
  for (const detail of details) {
    const match = /^([\d.]+)s$/.exec(textOf(detail['retryDelay']) ?? '');
    if (match !== null) return Math.ceil(Number(match[1]));
  }
  return null;
}

function htmlTitle(html: string): string {
  const title = /<title[^>]*>([^<]{0,200})/i.exec(html)?.[1];
  return title?.trim() ?? '';
}
