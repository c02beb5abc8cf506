import { describe, expect, it } from 'vitest';
import type { ModelResponse } from '../../core/conversation';
import { chatTotals, responseFigures } from './response-facts';

const RESPONSE: ModelResponse = {
  id: 'r',
  modelId: 'm',
  modelName: 'M',
  text: 'x',
  reasoningText: '',
  status: 'complete',
  failure: null,
  startedAt: 1000,
  firstTokenAt: 1400,
  finishedAt: 3400,
  usage: { inputTokens: 10, outputTokens: 100, estimated: false },
  costUsd: 0.002,
  standIn: null,
};

describe('responseFigures', () => {
  it('gives time to the first token and the rate of writing after it', () => {
    expect(responseFigures(RESPONSE)).toMatchObject({ firstTokenMs: 400, totalMs: 2400, tokensPerSecond: 50 });
  });

  it('gives no rate for an answer that came at once, or never', () => {
    expect(responseFigures({ ...RESPONSE, finishedAt: 1410 }).tokensPerSecond).toBeNull();
    expect(responseFigures({ ...RESPONSE, firstTokenAt: null })).toMatchObject({ firstTokenMs: null, totalMs: null, tokensPerSecond: null });
  });
});

describe('chatTotals', () => {
  it('sums every answer that was paid for and says when it is rough', () => {
    expect(chatTotals([RESPONSE, RESPONSE, { ...RESPONSE, usage: null, costUsd: null }])).toEqual({ answers: 2, inputTokens: 20, outputTokens: 200, costUsd: 0.004, isRough: false });
    expect(chatTotals([RESPONSE, { ...RESPONSE, costUsd: null }])).toMatchObject({ costUsd: 0.002, isRough: true });
  });
});
