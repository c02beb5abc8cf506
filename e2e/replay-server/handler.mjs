import { drain, HttpError, readJson, sendCors, sendJson } from './http.mjs';
import { createOpenRouterAuth } from './openrouter-auth.mjs';
import { streamAnswer } from './stream.mjs';
import { anthropicWire } from './wire-anthropic.mjs';
import { googleWire } from './wire-google.mjs';
import { openAIWire } from './wire-openai.mjs';

const WIRES = [openAIWire, anthropicWire, googleWire];

/** The server's request listener. */
export function createHandler({ answers, control, msPerChunk, key }) {
  const context = { answers, control, msPerChunk, key, openRouter: createOpenRouterAuth() };
  return (request, response) => {
    handle(context, request, response).catch((error) => {
      if (response.headersSent) return response.destroy();
      const status = error instanceof HttpError ? error.status : 500;
      sendJson(response, status, { error: { message: String(error.message ?? error), type: 'replay_server', code: null } });
    });
  };
}

async function handle(context, request, response) {
  const url = new URL(request.url ?? '/', 'http://replay');
  if (url.pathname.startsWith('/__')) return handleControl(context.control, url.pathname, request, response);
  if (url.pathname === '/auth' && request.method === 'GET') return context.openRouter.consentPage(url, response);
  const route = findRoute(request.method, url.pathname);
  if (!context.control.hidesCors(route?.endpoint ?? 'any')) sendCors(request, response);
  if (request.method === 'OPTIONS') {
    drain(request);
    return response.writeHead(204).end();
  }
  if (url.pathname === '/api/v1/auth/keys' && request.method === 'POST') return exchangeCode(context, url, request, response);
  if (route === null) return sendJson(response, 404, { detail: 'Not Found' });
  const body = request.method === 'POST' ? await readJson(request) : null;
  return answerRoute(context, route, { request, response, url, body });
}

/** OPTIONS finds the route of the request that is to follow. */
function findRoute(method, pathname) {
  for (const wire of WIRES) {
    const chat = wire.chatPath.exec(pathname);
    if (chat !== null && method !== 'GET') return { wire, endpoint: 'chat', pathModel: chat.groups?.model ?? null };
    if (wire.modelsPath.test(pathname) && method !== 'POST') return { wire, endpoint: 'models', pathModel: null };
  }
  return null;
}

async function exchangeCode({ control, openRouter }, url, request, response) {
  const body = await readJson(request);
  const entry = control.record({ method: 'POST', path: url.pathname, headers: { ...request.headers }, model: null, prompt: null, body, match: null, outcome: 'done' });
  const failure = control.take('sign-in', null);
  if (failure !== null && failBefore(openAIWire, failure, response)) return (entry.outcome = 'aborted');
  return openRouter.exchange(body, response);
}

async function answerRoute(context, { wire, endpoint, pathModel }, { request, response, url, body }) {
  const { answers, control, key } = context;
  const asked = endpoint === 'chat' ? wire.readRequest(body, pathModel, url) : null;
  const entry = control.record({
    method: request.method,
    path: url.pathname + url.search,
    headers: { ...request.headers },
    model: asked?.model ?? null,
    prompt: asked?.prompt ?? null,
    body,
    match: null,
    outcome: 'open',
  });
  response.on('close', () => (entry.outcome = response.writableFinished ? 'done' : 'aborted'));
  const failure = control.take(endpoint, entry.model);
  if (failure !== null && failBefore(wire, failure, response)) return;
  if (url.pathname.startsWith('/api/') && !context.openRouter.keys.includes(wire.readKey(request))) return wire.sendError(response, 401, {});
  if (key !== null && wire.readKey(request) !== key) return wire.sendError(response, 401, {});
  if (endpoint === 'models') return sendJson(response, 200, wire.modelList(answers.models));
  const model = answers.models.find(({ id }) => id === asked.model);
  if (model === undefined) return wire.sendError(response, 404, { model: asked.model });
  const { text, match } = answers.find(model.id, asked.prompt);
  entry.match = match;
  response.setHeader('x-replay-match', match);
  const answer = { id: `replay-${entry.id}`, model: model.id, text, promptTokens: tokens(asked.prompt), answerTokens: tokens(text) };
  if (!asked.stream) return sendJson(response, 200, wire.wholeAnswer(answer));
  return streamAnswer(wire, answer, failure, context.msPerChunk, response);
}

/** Failures that replace the whole answer. True when the response is taken care of. */
function failBefore(wire, failure, response) {
  switch (failure.kind) {
    case 'status':
      wire.sendError(response, failure.status, failure);
      return true;
    case 'opaque_401':
      for (const name of response.getHeaderNames()) if (name.startsWith('access-control-')) response.removeHeader(name);
      wire.sendError(response, 401, {});
      return true;
    case 'html':
      response.writeHead(failure.status ?? 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head><body><h1>Welcome</h1></body></html>\n');
      return true;
    case 'redirect':
      response.writeHead(302, { location: failure.location }).end();
      return true;
    case 'silent':
      return true;
    default:
      return false;
  }
}

async function handleControl(control, pathname, request, response) {
  if (pathname === '/__control' && request.method === 'POST') {
    try {
      control.fail(await readJson(request));
    } catch (error) {
      throw new HttpError(400, error instanceof Error ? error.message : String(error));
    }
    return sendJson(response, 200, { ok: true });
  }
  if (pathname === '/__control' && request.method === 'DELETE') {
    control.reset();
    return sendJson(response, 200, { ok: true });
  }
  if (pathname === '/__log' && request.method === 'GET') return sendJson(response, 200, control.log());
  if (pathname === '/__log' && request.method === 'DELETE') {
    control.clearLog();
    return sendJson(response, 200, { ok: true });
  }
  throw new HttpError(404, `No ${request.method} ${pathname}; there are POST and DELETE /__control, GET and DELETE /__log.`);
}

/** The usual rule of thumb of four characters a token; the real tokenisers are the providers' own. */
function tokens(text) {
  return Math.ceil(text.length / 4);
}
