import * as v from 'valibot';
import { phrase } from '../core/phrase';
import { err, ok, type Result } from '../core/result';
import { classifyResponse } from './classify';
import { tidyDetail } from './failure';
import type { ProviderError } from './language-model';

/**
 * Sign-in with OpenRouter by PKCE (RFC 7636, method S256; https://openrouter.ai/docs/oauth): the user is sent to OpenRouter's own page, comes
 * back with a code, and the code is exchanged for a key of the user's. There is no registration and no secret of this app's; a code is
 * worth nothing without the verifier, which never leaves this browser until then.
 */
const AUTHORIZE_URL = 'https://openrouter.ai/auth';
const EXCHANGE_URL = 'https://openrouter.ai/api/v1/auth/keys';

/** RFC 7636 §4.1 wants 43 to 128 characters: 32 bytes make 43. */
const VERIFIER_BYTES = 32;

const EXCHANGE_LIMIT_MS = 30_000;

export interface SignInPlan {
  /** Kept in this tab until the user comes back. */
  readonly verifier: string;
  /** Where to send the user. */
  readonly url: string;
}

/** `callbackUrl` is this page, without query or hash: OpenRouter adds `?code=…`. */
export async function planSignIn(callbackUrl: string): Promise<SignInPlan> {
  const verifier = base64Url(crypto.getRandomValues(new Uint8Array(VERIFIER_BYTES)));
  const url = new URL(AUTHORIZE_URL);
  url.searchParams.set('callback_url', callbackUrl);
  url.searchParams.set('code_challenge', await challengeOf(verifier));
  url.searchParams.set('code_challenge_method', 'S256');
  return { verifier, url: url.href };
}

/** RFC 7636 §4.2: BASE64URL(SHA256(ASCII(verifier))). */
export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

const KeyAnswer = v.object({ key: v.pipe(v.string(), v.trim(), v.minLength(1)) });

export interface CodeExchange {
  readonly code: string;
  readonly verifier: string;
}

/** Exchanges the code for the user's new key. A code works once and soon expires. */
export async function exchangeCode({ code, verifier }: CodeExchange, fetch: typeof globalThis.fetch = globalThis.fetch): Promise<Result<string, ProviderError>> {
  const body = JSON.stringify({ code, code_verifier: verifier, code_challenge_method: 'S256' });
  try {
    const response = await fetch(EXCHANGE_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(EXCHANGE_LIMIT_MS),
    });
    const text = await response.text();
    if (!response.ok) return err(classifyResponse(response.status, response.headers, text, { model: null, apiKey: verifier }, 0));
    const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), KeyAnswer), text);
    return answer.success ? ok(answer.output.key) : err({ kind: 'bad_response', detail: phrase('The answer holds no key.') });
  } catch (thrown) {
    const detail = tidyDetail(thrown instanceof Error ? thrown.message : String(thrown), verifier);
    return err({ kind: 'unreachable', detail, local: false });
  }
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
