/**
 * What the page and its service worker say to each other. The page asks over a MessageChannel; the worker answers on its port.
 * Everything else between them is the browser's own life cycle.
 */
export type OfflineRequest =
  /** Fetch large files into the offline cache. Each name is a path below the app's root or the end of one, hash left out: `models/router.onnx`. */
  | { readonly type: 'WARM'; readonly files: readonly string[] }
  /** Which of these are there? */
  | { readonly type: 'STATUS'; readonly files: readonly string[] };

export type OfflineReply =
  | { readonly type: 'PROGRESS'; readonly done: number; readonly total: number }
  | { readonly type: 'RESULT'; readonly result: OfflineResult };

export interface OfflineResult {
  /** Names that are in the cache now. */
  readonly cached: readonly string[];
  /** Names of this version that are not. */
  readonly missing: readonly { readonly file: string; readonly detail: string }[];
  /** Names that no file of this version has: a mistake of the caller. */
  readonly unknown: readonly string[];
}

/** Takes over at once; sent after the user agreed to an update. The name is workbox-window's. */
export const SKIP_WAITING = 'SKIP_WAITING';

/** True for a message the service worker understands; pages of other versions may send anything. */
export function isOfflineRequest(data: unknown): data is OfflineRequest {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('files' in data)) return false;
  const known = data.type === 'WARM' || data.type === 'STATUS';
  return known && Array.isArray(data.files) && data.files.every((file) => typeof file === 'string');
}
