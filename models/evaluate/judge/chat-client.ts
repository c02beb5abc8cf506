import * as v from 'valibot';
import { DataError } from '../files';
import type { Ask } from './judge';

const Completion = v.object({ choices: v.pipe(v.array(v.object({ message: v.object({ content: v.nullable(v.string()) }) })), v.minLength(1)) });
const TRIES = 5;
/** Enough for a judge that says a sentence before its number. */
const MAX_ANSWER_TOKENS = 64;

export interface ChatServer {
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | null;
  /** Pause before the second try; it doubles with each. */
  readonly pauseMs?: number;
}

/** Chat completions of any OpenAI-compatible server, greedy; busy and broken servers are tried again, and wait as long as they say. */
export function chatClient({ baseUrl, model, key, pauseMs = 1000 }: ChatServer): Ask {
  const url = `${baseUrl.replace(/\/+$/, '')}/chat/completions`;
  return async (prompt) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(url, { model, key, prompt });
      if (outcome.kind === 'answer') return outcome.text;
      if (outcome.kind === 'refused' || attempt === TRIES) throw new DataError(`${url}: ${outcome.reason}`);
      await new Promise((resolve) => setTimeout(resolve, outcome.waitMs ?? pauseMs * 2 ** (attempt - 1)));
    }
  };
}

type Attempt =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'busy'; readonly reason: string; readonly waitMs: number | null };

async function attemptOnce(url: string, { model, key, prompt }: { readonly model: string; readonly key: string | null; readonly prompt: string }): Promise<Attempt> {
  const headers = { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  const body = JSON.stringify({ model, temperature: 0, max_tokens: MAX_ANSWER_TOKENS, messages: [{ role: 'user', content: prompt }] });
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    const text = await response.text();
    if (response.status === 429 || response.status >= 500) return { kind: 'busy', reason: `status ${response.status}: ${text.slice(0, 200)}`, waitMs: retryAfter(response) };
    if (!response.ok) return { kind: 'refused', reason: `status ${response.status}: ${text.slice(0, 200)}` };
    const parsed = v.safeParse(Completion, JSON.parse(text));
    return parsed.success ? { kind: 'answer', text: parsed.output.choices[0]?.message.content ?? '' } : { kind: 'refused', reason: 'the reply is no chat completion' };
  } catch (error) {
    return { kind: 'busy', reason: error instanceof Error ? error.message : String(error), waitMs: null };
  }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(60, seconds) * 1000 : null;
}
