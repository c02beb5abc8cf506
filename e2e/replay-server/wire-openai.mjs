import { sendJson } from './http.mjs';
import { textOfContent } from './prompt.mjs';

/** OpenAI chat completions. https://platform.openai.com/docs/api-reference/chat-streaming */
export const openAIWire = {
  chatPath: /^(\/api)?\/v1\/chat\/completions$/,
  modelsPath: /^(\/api)?\/v1\/models$/,
  readKey: (request) => (request.headers.authorization ?? '').replace(/^Bearer /, ''),
  readRequest(body) {
    const users = (body?.messages ?? []).filter((message) => message.role === 'user');
    return { model: String(body?.model ?? ''), prompt: textOfContent(users.at(-1)?.content), stream: body?.stream === true };
  },
  /** Context and prices as OpenRouter gives them: US dollars per token, as text. */
  modelList: (models) => ({
    object: 'list',
    data: models.map((model) => ({
      id: model.id,
      object: 'model',
      created: 1750000000,
      owned_by: 'replay',
      ...(model.name === undefined ? {} : { name: model.name }),
      ...(model.contextTokens === undefined ? {} : { context_length: model.contextTokens }),
      ...(model.priceInUsdPerMTok === undefined ? {} : { pricing: { prompt: perToken(model.priceInUsdPerMTok), completion: perToken(model.priceOutUsdPerMTok) } }),
    })),
  }),
  wholeAnswer: (answer) => ({
    id: answer.id,
    object: 'chat.completion',
    created: 1750000000,
    model: answer.model,
    choices: [{ index: 0, message: { role: 'assistant', content: answer.text }, finish_reason: 'stop' }],
    usage: usageOf(answer),
  }),
  opening: (answer) => [event(chunk(answer, { role: 'assistant', content: '' }))],
  textChunk: (answer, text) => event(chunk(answer, { content: text })),
  closing: (answer) => [event(chunk(answer, {}, 'stop')), event({ ...chunk(answer, {}), choices: [], usage: usageOf(answer) }), 'data: [DONE]\n\n'],
  brokenChunk: () => 'data: {"id":"replay","choices":[{"index":0,"delta":{"content":\n\n',
  errorChunk: (_answer, message) => event({ error: { message, type: 'server_error', param: null, code: null } }),
  sendError(response, status, options) {
    if (options.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(options.retryAfterSeconds));
    const [type, code, message] = errorOf(status, options);
    sendJson(response, status, { error: { message: options.message ?? message, type, param: null, code: options.code ?? code } });
  },
};

function errorOf(status, { model }) {
  switch (status) {
    case 401:
      return ['invalid_request_error', 'invalid_api_key', 'Incorrect API key provided: sk-wrong. You can find your API key at https://platform.openai.com/account/api-keys.'];
    case 402:
      return ['insufficient_quota', 'insufficient_quota', 'Insufficient credits. Add more to continue.'];
    case 404:
      return ['invalid_request_error', 'model_not_found', `The model \`${model ?? 'asked for'}\` does not exist or you do not have access to it.`];
    case 429:
      return ['requests', 'rate_limit_exceeded', 'Rate limit reached for requests.'];
    default:
      return ['server_error', null, 'The server had an error while processing your request. Sorry about that!'];
  }
}

function chunk(answer, delta, finishReason = null) {
  return { id: answer.id, object: 'chat.completion.chunk', created: 1750000000, model: answer.model, choices: [{ index: 0, delta, finish_reason: finishReason }] };
}

function usageOf({ promptTokens, answerTokens }) {
  return { prompt_tokens: promptTokens, completion_tokens: answerTokens, total_tokens: promptTokens + answerTokens };
}

function event(value) {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function perToken(usdPerMTok) {
  return (usdPerMTok / 1e6).toFixed(12).replace(/\.?0+$/, '');
}
