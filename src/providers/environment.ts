import { addressSpaceOf, type AddressSpace } from './address';

export type PermissionAnswer = 'granted' | 'denied' | 'prompt' | 'unknown';

/** The browser as the providers see it; tests pass a twin. */
export interface ProviderEnvironment {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Milliseconds since 1970; only to read `Retry-After` dates. */
  now(): number;
  /** Calls `action` once after `milliseconds`; returns its cancel. */
  after(milliseconds: number, action: () => void): () => void;
  isOnline(): boolean;
  localNetworkPermission(space: AddressSpace): Promise<PermissionAnswer>;
  /** Whether `fetch` knows `targetAddressSpace` (Chrome ≥ 142). */
  readonly supportsTargetAddressSpace: boolean;
  /**
   * Whether anything answers at an address of this machine, asked outside the page's embedder policy; null when that cannot be told.
   */
  reaches(url: string): Promise<boolean | null>;
  /**
   * Whether a failed `no-cors` request proves that a server is down. False under `Cross-Origin-Embedder-Policy: require-corp`,
   * where the browser also refuses answers of living servers.
   */
  readonly failedProbeMeansDown: boolean;
  readonly limits: StreamLimits;
}

export interface StreamLimits {
  /** From the request to the response's headers. Local servers load a model first. */
  readonly firstByteMs: { readonly remote: number; readonly local: number };
  /** Between two pieces of a body. Servers send comments or pings while a model thinks. */
  readonly idleMs: { readonly remote: number; readonly local: number };
  readonly probeMs: number;
  readonly maxLineBytes: number;
  readonly maxStreamBytes: number;
  readonly maxListBytes: number;
}

export const DEFAULT_LIMITS: StreamLimits = {
  firstByteMs: { remote: 120_000, local: 300_000 },
  idleMs: { remote: 90_000, local: 180_000 },
  probeMs: 4_000,
  maxLineBytes: 1024 * 1024,
  maxStreamBytes: 32 * 1024 * 1024,
  maxListBytes: 8 * 1024 * 1024,
};

/** The environment of the page this runs in. */
export function browserEnvironment(limits: StreamLimits = DEFAULT_LIMITS, reaches: ProviderEnvironment['reaches'] = () => Promise.resolve(null)): ProviderEnvironment {
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
    isOnline: () => globalThis.navigator?.onLine !== false,
    localNetworkPermission,
    reaches,
    supportsTargetAddressSpace: detectTargetAddressSpace(),
    failedProbeMeansDown: globalThis.crossOriginIsolated !== true,
    limits,
  };
}

/** Chrome < 142 had other words for the same option and throws on `loopback`. */
function detectTargetAddressSpace(): boolean {
  if (typeof Request === 'undefined' || !('targetAddressSpace' in Request.prototype)) return false;
  try {
    const init: RequestInit & { targetAddressSpace: string } = { targetAddressSpace: 'loopback' };
    return new Request('http://localhost/', init) instanceof Request;
  } catch {
    return false;
  }
}

/**
 * Chrome 142 asks one permission for both; 145 splits it. Browsers without it reject the name. A page of this very machine needs none
 * (only requests to a less public address space do), whatever the browser says of it.
 */
async function localNetworkPermission(space: AddressSpace): Promise<PermissionAnswer> {
  if (addressSpaceOf(globalThis.location?.href ?? '') === 'loopback') return 'granted';
  const names = [space === 'loopback' ? 'loopback-network' : 'local-network', 'local-network-access'];
  for (const name of names) {
    const answer = await queryPermission(name);
    if (answer !== 'unknown') return answer;
  }
  return 'unknown';
}

async function queryPermission(name: string): Promise<PermissionAnswer> {
  try {
    // TypeScript's list of permission names is older than these two.
    const status = await globalThis.navigator.permissions.query({ name: name as PermissionName });
    return status.state;
  } catch {
    return 'unknown';
  }
}
