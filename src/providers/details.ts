import { phrase, type Phrase, type Words } from '../core/phrase';
import { hostOf } from './address';

/*
 * Details that describeFailure recognises again. They are sentences, because a detail may also be shown as it is.
 */

/** Of `cors_or_network`: the browser's own permission is the cause. */
export const LOCAL_NETWORK_DENIED = phrase('The browser denies this page access to the local network.');

/** Of `cors_or_network`: the server answered a request that needs no permission, so it lives, and refuses this page. */
export const CORS_REFUSED = phrase('The server is running but does not allow this page to read its answers (CORS).');

/** Of `bad_response`: a web page came back instead of an API's answer. */
export const NOT_AN_API = phrase('The server sent a web page instead of an answer.');

const STALLED = phrase('The server kept the connection open but sent nothing for {{seconds}} s.');

/** Of `stream_cut`: the connection is there, and nothing comes. */
export function stalled(seconds: number): Phrase {
  return { ...STALLED, params: { seconds } };
}

export function isStalled(detail: Words): detail is Phrase {
  return says(detail, STALLED);
}

/** Whether a detail, which may have been cloned on its way, is this sentence. */
export function says(detail: Words, { text }: Phrase): boolean {
  return typeof detail !== 'string' && detail.text === text;
}

/** Servers whose 401 carries no CORS header, so that a wrong key looks like a broken network (measured 2026-08). */
const HOSTS_WITH_OPAQUE_401 = new Set(['api.openai.com', 'api.cerebras.ai']);

export function hidesWrongKey(url: string): boolean {
  return HOSTS_WITH_OPAQUE_401.has(hostOf(url) ?? '');
}
