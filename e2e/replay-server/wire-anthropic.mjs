import { sendJson } from './http.mjs';
import { textOfContent } from './prompt.mjs';

/** Anthropic messages. https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export const anthropicWire = {
  chatPath: /^\/anthropic\/v1\/messages$/,
  modelsPath: /^\/anthropic\/v1\/models$/,
  readKey: (request) => request.headers['x-api-key'] ?? '',
  readRequest(body) {
    const users = (body?.messages ?? []).filter((message) => message.role === 'user');
    return { model: String(body?.model ?? ''), prompt: textOfContent(users.at(-1)?.content), stream: body?.stream === true };
  },
  modelList: (models) => ({
    data: models.map((model) => ({ type: 'model', id: model.id, display_name: model.name ?? model.id, created_at: '2026-01-01T00:00:00Z' })),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  }),
  wholeAnswer: (answer) => ({
    ...messageOf(answer),
    content: [{ type: 'text', text: answer.text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: answer.promptTokens, output_tokens: answer.answerTokens },
  }),
  opening: (answer) => [
    event('message_start', { message: messageOf(answer) }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    event('ping', {}),
  ],
  textChunk: (_answer, text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  closing: (answer) => [
    event('content_block_stop', { index: 0 }),
    event('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: answer.answerTokens } }),
    event('message_stop', {}),
  ],
  brokenChunk: () => 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":\n\n',
  errorChunk: (_answer, message) => event('error', { error: { type: 'overloaded_error', message } }),
  sendError(response, status, options) {
    if (options.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(options.retryAfterSeconds));
    const [type, message] = errorOf(status, options);
    sendJson(response, status, { type: 'error', error: { type: options.code ?? type, message: options.message ?? message }, request_id: 'req_replay' });
  },
};

function errorOf(status, { model }) {
  switch (status) {
    case 401:
      return ['authentication_error', 'invalid x-api-key'];
    case 402:
      return ['billing_error', 'Your credit balance is too low to access the Anthropic API.'];
    case 404:
      return ['not_found_error', `model: ${model ?? 'asked for'}`];
    case 429:
      return ['rate_limit_error', 'This request would exceed the rate limit for your organization.'];
    case 529:
      return ['overloaded_error', 'Overloaded'];
    default:
      return ['api_error', 'Internal server error'];
  }
}

function messageOf(answer) {
  return {
    id: answer.id,
    type: 'message',
    role: 'assistant',
    model: answer.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: answer.promptTokens, output_tokens: 1 },
  };
}

function event(type, value) {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;
}
