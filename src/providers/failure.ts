import { english } from '../core/phrase';
import type { ProviderError } from './language-model';

/**
 * An expected failure of a provider as an exception. `error` is plain data: it survives structured clone and storage.
 * It has no `cause`, because the AI SDK rewraps errors whose causes look like network errors.
 */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly error: ProviderError;

  constructor(error: ProviderError) {
    super('detail' in error ? `${error.kind}: ${english(error.detail)}` : error.kind);
    this.error = error;
  }
}

const DEEPEST_CAUSE = 8;

/** The ProviderFailure in an error's chain of causes, or null. The AI SDK wraps body errors in APICallError. */
export function findProviderFailure(error: unknown): ProviderFailure | null {
  let current = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && current instanceof Error; depth++) {
    if (current instanceof ProviderFailure) return current;
    current = current.cause;
  }
  return null;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'ResponseAborted');
}

/** Text for a `detail`: one line, bounded, with the secret removed should a server echo it. */
export function tidyDetail(text: string, secret: string): string {
  const hidden = secret.length >= 4 ? text.replaceAll(secret, '[key]') : text;
  const line = hidden.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
