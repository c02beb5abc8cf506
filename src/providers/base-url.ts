import { phrase, type Phrase } from '../core/phrase';
import { err, ok, type Result } from '../core/result';
import { isLocalUrl } from './address';
import type { ProviderKind } from './language-model';

/** Endings that people paste along with the base URL. */
const ENDPOINT_ENDINGS = /\/(chat\/completions|completions|models|messages)$/;

const DEFAULT_PATHS: Readonly<Record<ProviderKind, string>> = {
  'openai-compatible': '/v1',
  anthropic: '/v1',
  google: '/v1beta',
};

/**
 * The base URL in the form that requests are built on: no trailing slash, no endpoint, no query, and the kind's usual path
 * when none was typed (`http://localhost:11434` → `http://localhost:11434/v1`). The error is a sentence for the user.
 */
export function normalizeBaseUrl(kind: ProviderKind, typed: string): Result<string, Phrase> {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${looksLocal(text) ? 'http' : 'https'}://${text}`;
  if (text === '' || !URL.canParse(withScheme)) return err(phrase('Enter the address of the server, for example https://api.example.com/v1.'));
  const url = new URL(withScheme);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return err(phrase('The address must start with https:// or http://.'));
  if (url.username !== '' || url.password !== '') return err(phrase('Leave the user name and password out of the address, and put the key into its own field.'));
  if (url.protocol === 'http:' && !isLocalUrl(url.href)) return err(phrase('Use https:// for a server on the internet: over http:// anyone on the way could read your key.'));
  const path = url.pathname.replace(/\/+$/, '').replace(ENDPOINT_ENDINGS, '');
  return ok(url.origin + (path === '' ? DEFAULT_PATHS[kind] : path));
}

function looksLocal(hostAndPath: string): boolean {
  return isLocalUrl(`http://${hostAndPath}`);
}
