import type { Words } from '../core/phrase';
import { addressSpaceOf, isLocalUrl } from './address';
import { CORS_REFUSED, hidesWrongKey, LOCAL_NETWORK_DENIED } from './details';
import type { ProviderEnvironment } from './environment';
import type { Connection, ProviderError } from './language-model';

/**
 * A `fetch` that rejects says only "TypeError" to a page. This finds out what it can: offline, permission denied, server down
 * (a `no-cors` request without the key fails too), CORS refusal or hidden 401 (that request succeeds), else both at once.
 */
export async function diagnoseNetworkFailure(connection: Connection, reason: Words, environment: ProviderEnvironment): Promise<ProviderError> {
  const url = connection.baseUrl;
  const local = isLocalUrl(url);
  if (!local && !environment.isOnline()) return { kind: 'offline' };
  const permission = local ? await environment.localNetworkPermission(addressSpaceOf(url)) : 'unknown';
  if (permission === 'denied') return { kind: 'cors_or_network', detail: LOCAL_NETWORK_DENIED, local };
  const reached = addressSpaceOf(url) === 'loopback' ? await environment.reaches(`${url}/models`) : null;
  // While the permission is still being asked for, an attempt that fails proves nothing.
  if (reached === false && permission !== 'prompt') return { kind: 'unreachable', detail: reason, local };
  const answered = reached === true || (await probe(connection, environment));
  if (answered && hidesWrongKey(url) && connection.apiKey !== '') return { kind: 'wrong_key', status: null };
  if (answered) return { kind: 'cors_or_network', detail: CORS_REFUSED, local };
  if (environment.failedProbeMeansDown) return { kind: 'unreachable', detail: reason, local };
  return { kind: 'cors_or_network', detail: reason, local };
}

/** True when something answers at the base URL, whatever it says. The key is not sent. */
async function probe(connection: Connection, environment: ProviderEnvironment): Promise<boolean> {
  const timeout = new AbortController();
  const cancelTimer = environment.after(environment.limits.probeMs, () => timeout.abort());
  try {
    const response = await environment.fetch(`${connection.baseUrl}/models`, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: timeout.signal,
    });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  } finally {
    cancelTimer();
  }
}
