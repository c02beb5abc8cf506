import { describe, expect, it } from 'vitest';
import { english } from '../core/phrase';
import { inEnglish } from '../core/__fixtures__/in-english';
import errors from './__fixtures__/http-errors.json';
import { classifyChunk, classifyResponse } from './classify';

const NOW = Date.parse('2025-06-15T15:06:40Z');
const KEY = 'sk-secret-123';

describe('classifyResponse', () => {
  it.each(errors)('$name', ({ status, headers, body, model, expected }) => {
    expect(inEnglish(classifyResponse(status, new Headers(Object.entries(headers)), body, { model, apiKey: KEY }, NOW))).toEqual(expected);
  });

  it('removes the key, line breaks and excess length from details', () => {
    const body = JSON.stringify({ error: { message: `bad\nkey ${KEY} ${'x'.repeat(1000)}` } });
    const error = classifyResponse(500, new Headers(), body, { model: null, apiKey: KEY }, NOW);
    const detail = error.kind === 'server_error' ? english(error.detail) : '';
    expect(detail).toMatch(/^bad key \[key\] x+…$/);
    expect(detail).toHaveLength(300);
  });

  it('survives bodies of no known shape', () => {
    for (const body of ['null', '[]', '42', '{"error":null}', '{"error":[]}', '[[[[{"error":{}}]]]]', '{"message":{}}', '{"error":{"code":"x","details":[null,3]}}', '\u0000']) {
      expect(classifyResponse(500, new Headers(), body, { model: null, apiKey: '' }, NOW).kind).toBe('server_error');
    }
  });

  it('does not take a rate limit for a full context, nor the reverse', () => {
    const facts = { model: 'm', apiKey: '' };
    const perMinute = JSON.stringify({ error: { message: 'Context window tokens per minute exceeded', type: 'tokens', code: 'rate_limit_exceeded' } });
    expect(classifyResponse(429, new Headers(), perMinute, facts, NOW).kind).toBe('rate_limited');
    const tooLarge = JSON.stringify({ error: { message: 'prompt is too long', type: 'invalid_request_error' } });
    expect(classifyResponse(400, new Headers(), tooLarge, facts, NOW).kind).toBe('context_too_long');
  });
});

describe('classifyChunk', () => {
  const facts = { model: 'm', apiKey: KEY };
  it.each([
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, { kind: 'server_error', status: 529, detail: 'Overloaded' }],
    [{ error: { code: 429, message: 'Slow down. Please try again in 3s.' } }, { kind: 'rate_limited', retryAfterSeconds: 3 }],
    [{ error: { code: 402, message: 'Insufficient credits' } }, { kind: 'no_credit', status: 402 }],
    [{ error: 'worker died' }, { kind: 'stream_cut', detail: 'The provider ended the answer with an error: worker died' }],
    [{ error: {} }, { kind: 'stream_cut', detail: 'The provider ended the answer with an error: no reason given' }],
    [{ object: 'error', message: 'the maximum context length is 10', type: 'BadRequestError', code: 400 }, { kind: 'context_too_long', detail: 'the maximum context length is 10' }],
  ])('%j', (chunk, expected) => {
    expect(inEnglish(classifyChunk(chunk, facts))).toEqual(expected);
  });
});
