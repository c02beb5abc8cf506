import { describe, expect, it } from 'vitest';
import { withIsolationHeaders } from './isolation';

const COOP = 'cross-origin-opener-policy';
const COEP = 'cross-origin-embedder-policy';
const CORP = 'cross-origin-resource-policy';

function headersFor(contentType: string): readonly (string | null)[] {
  const { headers } = withIsolationHeaders(new Response('x', { headers: { 'content-type': contentType } }));
  return [headers.get(COOP), headers.get(COEP), headers.get(CORP)];
}

describe('isolation headers', () => {
  it.each([
    ['text/html; charset=utf-8', ['same-origin', 'require-corp', 'same-origin']],
    ['TEXT/HTML', ['same-origin', 'require-corp', 'same-origin']],
    ['text/javascript', [null, 'require-corp', 'same-origin']],
    ['application/javascript; charset=utf-8', [null, 'require-corp', 'same-origin']],
    ['application/wasm', [null, null, 'same-origin']],
    ['', [null, null, 'same-origin']],
  ])('for %s', (contentType, expected) => {
    expect(headersFor(contentType)).toEqual(expected);
  });

  it('keep body, status and other headers', async () => {
    const response = withIsolationHeaders(new Response('hello', { status: 404, statusText: 'Not here', headers: { 'content-type': 'text/html', etag: '"1"' } }));
    expect([response.status, response.statusText, response.headers.get('etag'), await response.text()]).toEqual([404, 'Not here', '"1"', 'hello']);
  });

  it('pass a response without a body, and leave an error alone', () => {
    expect(withIsolationHeaders(new Response(null, { status: 304 })).status).toBe(304);
    const error = Response.error();
    expect(withIsolationHeaders(error)).toBe(error);
  });
});
