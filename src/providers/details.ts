import { hostOf } from './address';

/*
 * Details that describeFailure recognises again. They are sentences, because a detail may also be shown as it is.
 */

/** Of `cors_or_network`: the browser's own permission is the cause. */
export const LOCAL_NETWORK_DENIED = 'The browser denies this page access to the local network.';

/** Of `cors_or_network`: the server answered a request that needs no permission, so it lives, and refuses this page. */
export const CORS_REFUSED = 'The server is running but does not allow this page to read its answers (CORS).';

/** Of `bad_response`: a web page came back instead of an API's answer. */
export const NOT_AN_API = 'The server sent a web page instead of an answer.';

/** How the detail of a stalled stream begins; the seconds follow. */
export const STALLED_DETAIL = 'The server kept the connection open but sent nothing for';

/** Servers whose 401 carries no CORS header, so that a wrong key looks like a broken network (measured 2026-08). */
const HOSTS_WITH_OPAQUE_401 = new Set(['api.openai.com', 'api.cerebras.ai']);

export function hidesWrongKey(url: string): boolean {
  return HOSTS_WITH_OPAQUE_401.has(hostOf(url) ?? '');
}
