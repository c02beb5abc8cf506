import { sendJson } from './http.mjs';
import { textOfContent } from './prompt.mjs';

/** Google Gemini. https://ai.google.dev/api/generate-content */
export const googleWire = {
  chatPath: /^\/google\/v1beta\/models\/(?<model>[^:/]+):(stream)?generateContent$/i,
  modelsPath: /^\/google\/v1beta\/models$/,
  readKey: (request) => request.headers['x-goog-api-key'] ?? '',
  readRequest(body, pathModel, url) {
    const users = (body?.contents ?? []).filter((content) => (content.role ?? 'user') === 'user');
    return { model: decodeURIComponent(pathModel ?? ''), prompt: textOfContent(users.at(-1)?.parts), stream: url.pathname.endsWith(':streamGenerateContent') };
  },
  modelList: (models) => ({
    models: models.map((model) => ({
      name: `models/${model.id}`,
      displayName: model.name ?? model.id,
      ...(model.contextTokens === undefined ? {} : { inputTokenLimit: model.contextTokens }),
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    })),
  }),
  wholeAnswer: (answer) => part(answer, answer.text, 'STOP'),
  opening: () => [],
  textChunk: (answer, text) => event(part(answer, text)),
  closing: (answer) => [event(part(answer, '', 'STOP'))],
  brokenChunk: () => 'data: {"candidates": [{"content":\n\n',
  errorChunk: (_answer, message) => event({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
  sendError(response, status, options) {
    const [rpcStatus, message, details] = errorOf(status, options);
    sendJson(response, status, { error: { code: status, message: options.message ?? message, status: options.code ?? rpcStatus, ...(details === null ? {} : { details }) } });
  },
};

function errorOf(status, { model, retryAfterSeconds }) {
  switch (status) {
    case 401:
      return ['UNAUTHENTICATED', 'API key not valid. Please pass a valid API key.', [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' }]];
    case 404:
      return ['NOT_FOUND', `models/${model ?? 'asked for'} is not found for API version v1beta, or is not supported for generateContent.`, null];
    case 429:
      return ['RESOURCE_EXHAUSTED', 'You exceeded your current quota, please check your plan and billing details.', retryAfterSeconds === undefined ? null : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` }]];
    case 402:
      return ['FAILED_PRECONDITION', 'Billing is not enabled.', null];
    default:
      return ['INTERNAL', 'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting', null];
  }
}

function part(answer, text, finishReason) {
  return {
    candidates: [{ content: { parts: [{ text }], role: 'model' }, ...(finishReason === undefined ? {} : { finishReason }), index: 0 }],
    usageMetadata: { promptTokenCount: answer.promptTokens, candidatesTokenCount: answer.answerTokens, totalTokenCount: answer.promptTokens + answer.answerTokens },
    modelVersion: answer.model,
    responseId: answer.id,
  };
}

function event(value) {
  return `data: ${JSON.stringify(value)}\r\n\r\n`;
}
