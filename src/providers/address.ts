/**
 * Where a host lies, as far as its name tells: `loopback` is this machine, `local` the private network, `public` the rest.
 * The words are those of Local Network Access (https://wicg.github.io/local-network-access/), where a wrong guess makes
 * the browser refuse the request; hence names that only might be local, such as `my-nas`, are `unknown`.
 */
export type AddressSpace = 'loopback' | 'local' | 'public' | 'unknown';

export function addressSpaceOf(url: string): AddressSpace {
  const host = hostOf(url);
  if (host === null) return 'unknown';
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (host.startsWith('[')) return ipv6Space(host.slice(1, -1));
  const octets = ipv4Octets(host);
  if (octets !== null) return ipv4Space(octets[0], octets[1]);
  if (host.endsWith('.local')) return 'local';
  return host.includes('.') ? 'public' : 'unknown';
}

/** True when prompts sent there stay on the user's machine or network. */
export function isLocalUrl(url: string): boolean {
  const space = addressSpaceOf(url);
  return space === 'loopback' || space === 'local' || space === 'unknown';
}

export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : null;
}

function ipv4Octets(host: string): readonly [number, number] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(host);
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

function ipv4Space(first: number, second: number): AddressSpace {
  if (first === 127) return 'loopback';
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254);
  return isPrivate ? 'local' : 'public';
}

function ipv6Space(address: string): AddressSpace {
  if (address === '::1') return 'loopback';
  return /^(f[cd]|fe[89ab])/.test(address) ? 'local' : 'public';
}
