/**
 * The page asks its service worker whether anything answers at an address of this machine. The page itself cannot tell: under
 * `Cross-Origin-Embedder-Policy: require-corp` a server that lives but sends no CORS headers looks like one that is down. A service
 * worker has no such policy of its own, so that its opaque answer proves life.
 */
export interface ReachRequest {
  readonly type: 'REACH';
  /** `http://localhost:11434/…`; other machines are not asked. */
  readonly url: string;
}

/** Null when the worker cannot tell either. */
export type Reach = boolean | null;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for a message of this kind about this machine. */
export function isReachRequest(data: unknown): data is ReachRequest {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'REACH') return false;
  return 'url' in data && typeof data.url === 'string' && isLoopback(data.url);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}
