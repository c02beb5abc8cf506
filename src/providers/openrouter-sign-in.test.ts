import { describe, expect, it } from 'vitest';
import { challengeOf, exchangeCode, planSignIn } from './openrouter-sign-in';

const EXCHANGE = { code: 'code-1', verifier: 'verifier-secret-1' };

function answering(status: number, body: string, seen: { url: string; init: RequestInit | undefined }[] = []): typeof globalThis.fetch {
  return (input, init) => {
    seen.push({ url: input instanceof Request ? input.url : input.toString(), init });
    return Promise.resolve(new Response(body, { status }));
  };
}

describe('sending the user to OpenRouter', () => {
  it('makes the challenge of RFC 7636, appendix B', async () => {
    expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('sends the challenge and the way back, never the verifier', async () => {
    const { verifier, url } = await planSignIn('https://tacit.example/app/');
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://openrouter.ai/auth');
    expect(Object.fromEntries(searchParams)).toEqual({ callback_url: 'https://tacit.example/app/', code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' });
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(url).not.toContain(verifier);
  });

  it('never uses a verifier twice', async () => {
    expect((await planSignIn('https://a.example/')).verifier).not.toBe((await planSignIn('https://a.example/')).verifier);
  });
});

describe('exchanging the code', () => {
  it('posts code and verifier and reads the key', async () => {
    const seen: { url: string; init: RequestInit | undefined }[] = [];
    expect(await exchangeCode(EXCHANGE, answering(200, '{"key":"sk-or-v1-abc","user_id":"user_1"}', seen))).toEqual({ ok: true, value: 'sk-or-v1-abc' });
    expect(seen[0]?.url).toBe('https://openrouter.ai/api/v1/auth/keys');
    expect(JSON.parse(String(seen[0]?.init?.body))).toEqual({ code: 'code-1', code_verifier: 'verifier-secret-1', code_challenge_method: 'S256' });
    expect(seen[0]?.init).toMatchObject({ method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer', headers: { 'content-type': 'application/json' } });
  });

  it.each([
    [403, '{"error":{"message":"Invalid code or code_verifier","code":403}}', 'wrong_key'],
    [400, '{"error":{"message":"Invalid code_challenge_method","code":400}}', 'server_error'],
    [500, 'oops', 'server_error'],
    [200, '<html></html>', 'bad_response'],
    [200, '{"key":""}', 'bad_response'],
  ])('%i %s is %s', async (status, body, kind) => {
    expect(await exchangeCode(EXCHANGE, answering(status, body))).toMatchObject({ ok: false, error: { kind } });
  });

  it('a broken connection is one, and tells no secret', async () => {
    const failed = await exchangeCode(EXCHANGE, () => Promise.reject(new TypeError('Failed to fetch verifier-secret-1')));
    expect(failed).toEqual({ ok: false, error: { kind: 'unreachable', detail: 'Failed to fetch [key]', local: false } });
  });
});
