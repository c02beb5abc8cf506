/**
 * OpenRouter's sign-in (https://openrouter.ai/docs/oauth): `GET /auth` shows a page that asks for consent and leads back with a code;
 * `POST /api/v1/auth/keys` takes the code once, together with the verifier whose SHA-256 was shown before.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sendJson } from './http.mjs';

export function createOpenRouterAuth() {
  /** Code → challenge. */
  const issued = new Map();
  const keys = [];
  return {
    keys,
    consentPage: (url, response) => sendConsentPage(url, issued, response),
    exchange: (body, response) => exchange(body, issued, keys, response),
  };
}

function sendConsentPage(url, issued, response) {
  const callback = url.searchParams.get('callback_url');
  const challenge = url.searchParams.get('code_challenge');
  if (callback === null || !URL.canParse(callback) || challenge === null || url.searchParams.get('code_challenge_method') !== 'S256') {
    return sendJson(response, 400, { error: { code: 400, message: 'Invalid request' } });
  }
  const code = randomBytes(16).toString('hex');
  issued.set(code, challenge);
  const link = (parameters) => {
    const target = new URL(callback);
    for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
    return target.href.replaceAll('&', '&amp;');
  };
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><title>Authorize</title><h1>Connect to ${new URL(callback).host}?</h1><a href="${link({ code })}">Authorize</a> <a href="${link({ error: 'access_denied' })}">Cancel</a></html>`,
  );
}

function exchange(body, issued, keys, response) {
  if (body?.code_challenge_method !== 'S256') return sendJson(response, 400, { error: { code: 400, message: 'Invalid code_challenge_method' } });
  const challenge = issued.get(body.code);
  issued.delete(body.code);
  const shown = createHash('sha256').update(String(body.code_verifier)).digest('base64url');
  if (challenge === undefined || challenge !== shown) return sendJson(response, 403, { error: { code: 403, message: 'Invalid code or code_verifier' } });
  const key = `sk-or-v1-${randomBytes(16).toString('hex')}`;
  keys.push(key);
  return sendJson(response, 200, { key, user_id: 'user_replay' });
}
