import type { Reach } from '../protocol/reach';

const LIMIT_MS = 2_500;

/**
 * Whether something answers, whatever it says; nothing of the user's is sent. A host that sets an embedder policy on the service worker's
 * script itself takes the proof away.
 */
export async function reach(url: string, isIsolated: boolean, fetch: typeof globalThis.fetch): Promise<Reach> {
  if (isIsolated) return null;
  try {
    const response = await fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(LIMIT_MS) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
