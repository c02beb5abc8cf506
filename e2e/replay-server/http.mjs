/** Small helpers over node:http. */

export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The body as JSON. Throws HttpError 400 or 413. */
export async function readJson(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new HttpError(413, 'The request is too large.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new HttpError(400, 'The request body is not JSON.');
  }
}

export function drain(request) {
  request.resume();
}

/** Any page, any header it asks for, and the rate limit header readable. */
export function sendCors(request, response) {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'retry-after, x-replay-match');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
  response.setHeader('access-control-max-age', '0');
}

export function sendJson(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

/** Waits; false when the client left meanwhile. */
export function pause(milliseconds, response) {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const finish = (stillThere) => {
      clearTimeout(timer);
      response.off('close', onClose);
      resolve(stillThere);
    };
    const onClose = () => finish(false);
    const timer = setTimeout(() => finish(true), milliseconds);
    response.once('close', onClose);
  });
}

/** Writes and waits for the client to keep up; false when it left. */
export function write(response, text) {
  if (response.destroyed) return Promise.resolve(false);
  if (response.write(text)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (stillThere) => {
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(stillThere);
    };
    const onDrain = () => finish(true);
    const onClose = () => finish(false);
    response.once('drain', onDrain);
    response.once('close', onClose);
  });
}
