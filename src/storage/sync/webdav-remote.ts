import { RemoteFailure, type RemoteErrorKind, type RemoteFile, type SyncRemote, type WriteCondition } from './remote';

export interface WebDavAddress {
  /** Of the folder. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** A request that hangs would leave "syncing" on screen for ever. */
const TIMEOUT_MS = 60_000;

/** A folder on a WebDAV server (RFC 4918). The server has to allow this page by CORS; see the help for how. */
export class WebDavRemote implements SyncRemote {
  private readonly folder: string;
  private folderIsThere = false;

  constructor(
    private readonly address: WebDavAddress,
    private readonly fetchFile: typeof fetch = (...request) => fetch(...request),
  ) {
    this.folder = folderUrl(address.url);
  }

  async list(signal: AbortSignal): Promise<readonly RemoteFile[]> {
    await this.makeFolder(signal);
    const response = await this.request('PROPFIND', '', signal, { headers: { Depth: '1', 'Content-Type': 'application/xml' }, body: PROPFIND_BODY });
    if (response.status !== 207) throw failureOf(response.status, 'PROPFIND');
    return filesOf(await response.text());
  }

  async read(name: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
    const response = await this.request('GET', name, signal, { cache: 'no-store' });
    if (response.status === 404 || response.status === 409) return null;
    if (!response.ok) throw failureOf(response.status, `GET ${name}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async write(name: string, content: Uint8Array<ArrayBuffer>, signal: AbortSignal, { onlyNew = false }: WriteCondition = {}): Promise<boolean> {
    await this.makeFolder(signal);
    const headers = { 'Content-Type': 'application/octet-stream', ...(onlyNew && { 'If-None-Match': '*' }) };
    const response = await this.request('PUT', name, signal, { headers, body: content });
    if (response.status === 412 && onlyNew) return false;
    if (!response.ok) throw failureOf(response.status, `PUT ${name}`);
    return true;
  }

  async remove(name: string, signal: AbortSignal): Promise<void> {
    const response = await this.request('DELETE', name, signal);
    if (!response.ok && response.status !== 404) throw failureOf(response.status, `DELETE ${name}`);
  }

  /** Makes the folder itself, not those above it. A server says 405 when it is there. */
  private async makeFolder(signal: AbortSignal): Promise<void> {
    if (this.folderIsThere) return;
    const found = await this.request('PROPFIND', '', signal, { headers: { Depth: '0', 'Content-Type': 'application/xml' }, body: PROPFIND_BODY });
    if (found.status === 404) {
      const made = await this.request('MKCOL', '', signal);
      if (!made.ok && made.status !== 405) throw failureOf(made.status === 409 ? 404 : made.status, 'MKCOL');
    } else if (found.status !== 207) throw failureOf(found.status, 'PROPFIND');
    this.folderIsThere = true;
  }

  private async request(method: string, name: string, signal: AbortSignal, init: RequestInit = {}): Promise<Response> {
    const { user, password } = this.address;
    const headers = { ...(user === '' && password === '' ? {} : { Authorization: `Basic ${base64(`${user}:${password}`)}` }), ...Object.fromEntries(new Headers(init.headers)) };
    try {
      return await this.fetchFile(this.folder + encodeURIComponent(name), { ...init, method, headers, credentials: 'omit', redirect: 'follow', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    } catch (thrown) {
      signal.throwIfAborted();
      throw new RemoteFailure('offline', thrown instanceof Error ? thrown.message : String(thrown));
    }
  }
}

const PROPFIND_BODY = '<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:resourcetype/></d:prop></d:propfind>';

function folderUrl(url: string): string {
  try {
    const parsed = new URL(url.trim());
    if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw new TypeError('Not http');
    parsed.search = '';
    parsed.hash = '';
    return parsed.href.endsWith('/') ? parsed.href : `${parsed.href}/`;
  } catch {
    throw new RemoteFailure('address', url);
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

const KIND_OF_STATUS: Readonly<Record<number, RemoteErrorKind>> = { 401: 'refused_login', 403: 'forbidden', 404: 'not_found', 405: 'address', 409: 'not_found', 412: 'changed', 413: 'full', 423: 'changed', 507: 'full' };

function failureOf(status: number, what: string): RemoteFailure {
  return new RemoteFailure(KIND_OF_STATUS[status] ?? 'server', `${what}: HTTP ${status}`);
}

/** Files of a multistatus answer. The few elements that matter are found by name, whatever prefix the server gives the namespace. */
function filesOf(xml: string): readonly RemoteFile[] {
  return [...xml.matchAll(/<(?:[\w-]+:)?response[\s>][\s\S]*?<\/(?:[\w-]+:)?response>/g)].flatMap(([response]) => {
    const href = textOf(response, 'href');
    const isFolder = /<(?:[\w-]+:)?collection[\s/>]/.test(response);
    const name = decodedName(href ?? '');
    return isFolder || name === '' ? [] : [{ name, tag: textOf(response, 'getetag') }];
  });
}

function textOf(xml: string, element: string): string | null {
  const text = new RegExp(`<(?:[\\w-]+:)?${element}(?:\\s[^>]*)?>([\\s\\S]*?)</`).exec(xml)?.[1]?.trim();
  return text === undefined || text === '' ? null : text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function decodedName(href: string): string {
  const path = href.replace(/[?#].*$/, '').replace(/\/$/, '');
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return '';
  }
}
