import { describe, expect, it } from 'vitest';
import { shownResponse } from '../store/turn-tree';
import { createTestApp, type TestApp } from '../testing/test-app';
import { canContinue, continueResponse } from './continue-response';
import { sendTurn } from './send-turn';

async function cutAnswer(): Promise<TestApp> {
  const test = await createTestApp({ models: ['a', 'b'] });
  test.languageModel.scripts.set('a', ['The sky is bl', { fail: { kind: 'stream_cut', detail: 'test' } }]);
  const outcome = await sendTurn(test.app, { prompt: 'Why?', chosenModelId: null, parentId: null });
  if (outcome.kind === 'sent') await outcome.answered;
  return test;
}

function answer(test: TestApp) {
  const turn = test.app.chat.store.getState().turns.at(-1);
  const response = turn && shownResponse(turn);
  if (!turn || !response) throw new Error('There is no answer');
  return { turn, response };
}

async function goOn(test: TestApp) {
  const { turn, response } = answer(test);
  await continueResponse(test.app, turn.id, response.id);
  return answer(test).response;
}

describe('continueResponse', () => {
  it('lets the same answer go on, with the partial text and a request after it', async () => {
    const test = await cutAnswer();
    const cut = answer(test).response;
    expect(cut).toMatchObject({ status: 'failed', text: 'The sky is bl' });
    test.languageModel.scripts.set('a', ['blue because', ' of scattering.']);
    const response = await goOn(test);
    expect(response).toMatchObject({ id: cut.id, status: 'complete', failure: null, text: 'The sky is blue because of scattering.' });
    const messages = test.languageModel.requests.at(-1)?.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toBe('The sky is');
    expect(messages[2]?.content).toMatch(/continue it exactly where it stops/i);
    const [stored] = await test.storage.turns.list(answer(test).turn.conversationId);
    expect(stored?.responses).toHaveLength(1);
    expect(stored?.responses[0]).toMatchObject({ status: 'complete', text: 'The sky is blue because of scattering.' });
  });

  it('adds what it took, and leaves the pause out of the time', async () => {
    const test = await cutAnswer();
    const before = answer(test).response;
    test.clock.advance(60_000);
    test.languageModel.scripts.set('a', ['blue.']);
    const after = await goOn(test);
    expect(after.usage).toEqual({ inputTokens: (before.usage?.inputTokens ?? 0) + 10, outputTokens: (before.usage?.outputTokens ?? 0) + 20, estimated: true });
    expect(after.costUsd).toBeCloseTo((before.costUsd ?? 0) + 50e-6);
    expect((after.finishedAt ?? 0) - after.startedAt).toBeLessThan(1000);
  });

  it('keeps what was there when going on fails', async () => {
    const test = await cutAnswer();
    test.languageModel.scripts.set('a', [{ fail: { kind: 'rate_limited', retryAfterSeconds: 3 } }]);
    const before = answer(test).response;
    const after = await goOn(test);
    expect(after).toMatchObject({ status: 'failed', text: 'The sky is bl', usage: before.usage, costUsd: before.costUsd });
    expect(canContinue(after)).toBe(true);
  });

  it('is for answers that ended too early and have text', async () => {
    const test = await cutAnswer();
    const cut = answer(test).response;
    expect(canContinue(cut)).toBe(true);
    expect(canContinue({ ...cut, status: 'stopped', failure: null })).toBe(true);
    expect(canContinue({ ...cut, status: 'complete', failure: { kind: 'length', message: '', advice: '' } })).toBe(true);
    expect(canContinue({ ...cut, status: 'complete', failure: null })).toBe(false);
    expect(canContinue({ ...cut, text: ' ' })).toBe(false);
    expect(canContinue({ ...cut, status: 'streaming' })).toBe(false);
  });
});
