import { describe, expect, it } from 'vitest';
import { WebDavRemote } from './webdav-remote';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}

function server(answer: (request: Seen) => Response) {
  const seen: Seen[] = [];
  const remote = new WebDavRemote({ url: 'https://dav.example/me/Tacit', user: 'mé', password: 'geheim' }, async (url, init) => {
    const request = { method: init?.method ?? 'GET', url: String(url), headers: new Headers(init?.headers) };
    seen.push(request);
    return answer(request);
  });
  return { remote, seen };
}

const { signal } = new AbortController();

describe('a WebDAV folder', () => {
  it('is listed whatever prefix the server gives the namespace', async () => {
    const xml = `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:"><D:response><D:href>/me/Tacit/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>
      <D:response xmlns:lp1="DAV:"><D:href>https://dav.example/me/Tacit/a%20b.seg</D:href><D:propstat><D:prop><lp1:getetag>"1&amp;2"</lp1:getetag><lp1:resourcetype/></D:prop></D:propstat></D:response>
      <response xmlns="DAV:"><href>/me/Tacit/c.index</href><propstat><prop><getetag/><resourcetype/></prop></propstat></response></D:multistatus>`;
    const { remote, seen } = server(() => new Response(xml, { status: 207 }));
    expect(await remote.list(signal)).toEqual([{ name: 'a b.seg', tag: '"1&2"' }, { name: 'c.index', tag: null }]);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['PROPFIND https://dav.example/me/Tacit/', 'PROPFIND https://dav.example/me/Tacit/']);
    expect(seen[0]?.headers.get('authorization')).toBe(`Basic ${btoa('m\u00c3\u00a9:geheim')}`);
  });

  it('is made when it is not there, and told when the one above is missing', async () => {
    const { remote, seen } = server(({ method }) => new Response(null, { status: method === 'PROPFIND' ? 404 : 201 }));
    expect(await remote.write('x', new Uint8Array([1]), signal, { onlyNew: true })).toBe(true);
    expect(seen.map(({ method }) => method)).toEqual(['PROPFIND', 'MKCOL', 'PUT']);
    expect(seen[2]?.headers.get('if-none-match')).toBe('*');
    const orphan = server(({ method }) => new Response(null, { status: method === 'PROPFIND' ? 404 : 409 }));
    await expect(orphan.remote.list(signal)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it.each([
    [401, 'refused_login'],
    [403, 'forbidden'],
    [507, 'full'],
    [500, 'server'],
  ] as const)('tells what HTTP %i means', async (status, kind) => {
    const { remote } = server(({ method }) => new Response(null, { status: method === 'PROPFIND' ? 207 : status }));
    await expect(remote.write('x', new Uint8Array(), signal)).rejects.toMatchObject({ kind });
  });

  it('tells a missing file from a failure, and an unreachable server from a cancel', async () => {
    const { remote } = server(() => new Response(null, { status: 404 }));
    expect(await remote.read('x', signal)).toBeNull();
    const dead = new WebDavRemote({ url: 'http://localhost:1', user: '', password: '' }, () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(dead.read('x', signal)).rejects.toMatchObject({ kind: 'offline' });
    await expect(dead.read('x', AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(() => new WebDavRemote({ url: 'ftp://x', user: '', password: '' })).toThrow('address');
  });
});
