import { describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app';
import { awaitsPick, shownResponse } from '../store/turn-tree';
import { canJudge, judgeComparison, skipComparison } from './judge-comparison';
import { rateResponse } from './rate-response';
import { regenerate } from './regenerate';
import { sendTurn } from './send-turn';
import { startTemporaryChat } from './temporary-chat';

async function compared(scripts: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const test = await createTestApp({ models: ['a', 'b'] });
  for (const [model, text] of Object.entries(scripts)) test.languageModel.scripts.set(model, [text]);
  // The better-ranked model stands on the right.
  test.engine.plan = (ids, request) =>
    request.comparison.enabled && request.comparison.remaining > 0
      ? { kind: 'compare', modelIds: [ids[1] ?? '', ids[0] ?? ''], reason: 'uncertain', propensity: 0.7 }
      : { kind: 'single', modelId: ids[0] ?? '', propensity: 1 };
  await ask(test, 'Which?');
  return test;
}

async function ask(test: TestApp, prompt: string): Promise<void> {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId: null, parentId: test.app.chat.store.getState().leafId });
  if (outcome.kind !== 'sent') throw new Error(`Not sent: ${outcome.kind}`);
  await outcome.answered;
}

function turnAt(test: TestApp, index: number) {
  const turn = test.app.chat.store.getState().turns.at(index);
  if (!turn) throw new Error('There is no such turn');
  return turn;
}

describe('a comparison', () => {
  it('waits for its pick with both answers in the order of the plan', async () => {
    const test = await compared();
    const turn = turnAt(test, -1);
    expect(turn.mode).toBe('compare');
    expect(turn.responses.map((response) => response.modelId)).toEqual(['test/b', 'test/a']);
    expect(awaitsPick(turn) && canJudge(turn)).toBe(true);
    expect(shownResponse(turn)).toBeNull();
  });

  it('stores a right pick with side, propensity and both responses, learns it, and goes on with the winner', async () => {
    const test = await compared();
    await judgeComparison(test.app, turnAt(test, -1).id, 'right');
    const [pair] = await test.storage.preferences.list();
    expect(pair).toMatchObject({
      source: 'compare',
      outcome: 'win',
      blind: true,
      chosenSide: 'right',
      propensity: 0.7,
      weight: 1,
      chosen: { modelId: 'test/a' },
      rejected: { modelId: 'test/b' },
    });
    const [stored] = await test.storage.turns.list(turnAt(test, -1).conversationId);
    expect(stored?.comparison?.preferenceId).toBe(pair?.id);
    expect(shownResponse(turnAt(test, -1))?.modelId).toBe('test/a');
    expect(test.app.memory.store.getState().adaptation).toMatchObject({ appliedCount: 1, lastAppliedId: pair?.id });
  });

  it('keeps the first shown as `chosen` for a tie and for both bad', async () => {
    for (const pick of ['tie', 'both_bad'] as const) {
      const test = await compared();
      await judgeComparison(test.app, turnAt(test, -1).id, pick);
      const [pair] = await test.storage.preferences.list();
      expect(pair).toMatchObject({ outcome: pick, chosenSide: 'left', chosen: { modelId: 'test/b' } });
    }
  });

  it('is judged once, however often the key is pressed', async () => {
    const test = await compared();
    const { id } = turnAt(test, -1);
    await Promise.all([judgeComparison(test.app, id, 'left'), judgeComparison(test.app, id, 'left')]);
    await judgeComparison(test.app, id, 'right');
    expect(await test.storage.preferences.list()).toHaveLength(1);
  });

  it('measures what was read: the longer answer has the larger length axis', async () => {
    const test = await compared({ a: 'Short.', b: 'A much longer answer. '.repeat(40) });
    await judgeComparison(test.app, turnAt(test, -1).id, 'left');
    const [pair] = await test.storage.preferences.list();
    expect(pair?.chosen.words).toBe(160);
    expect(pair?.chosen.features[1] ?? 0).toBeGreaterThan(pair?.rejected?.features[1] ?? 0);
  });

  it('skipped teaches nothing and goes on with the answer ranked higher', async () => {
    const test = await compared();
    await skipComparison(test.app, turnAt(test, -1).id);
    expect(shownResponse(turnAt(test, -1))?.modelId).toBe('test/a');
    expect(await test.storage.preferences.list()).toEqual([]);
  });

  it('is passed over by simply going on', async () => {
    const test = await compared();
    await ask(test, 'And then?');
    expect(shownResponse(turnAt(test, 0))?.modelId).toBe('test/a');
    expect(test.languageModel.requests.at(-1)?.messages[1]).toEqual({ role: 'assistant', content: 'Answer of a.' });
  });

  it('is called off when one model fails: the other answer goes on and nothing is learned', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    test.languageModel.scripts.set('a', [{ fail: { kind: 'wrong_key', status: 401 } }]);
    test.engine.plan = (ids) => ({ kind: 'compare', modelIds: [ids[0] ?? '', ids[1] ?? ''], reason: 'uncertain', propensity: 1 });
    await ask(test, 'Which?');
    expect(shownResponse(turnAt(test, -1))).toMatchObject({ modelId: 'test/b', status: 'complete' });
    await judgeComparison(test.app, turnAt(test, -1).id, 'left');
    expect(await test.storage.preferences.list()).toEqual([]);
  });

  it('counts against the day’s budget', async () => {
    const test = await compared();
    await test.app.settings.set('comparison', { enabled: true, perDay: 1, epsilon: 0 });
    await expect.poll(() => test.app.settings.store.getState().comparisonUsage.count).toBe(1);
    await ask(test, 'Another');
    expect(turnAt(test, -1).mode).toBe('auto');
    test.clock.advance(24 * 3600 * 1000);
    await ask(test, 'Tomorrow');
    expect(turnAt(test, -1).mode).toBe('compare');
  });

  it('remembers what one would have been worth at the last prompts, but nothing of a temporary chat', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    const remembered = () => test.app.settings.store.getState().comparisonUsage;
    const told: (readonly number[])[] = [];
    test.engine.plan = (ids, { comparison }) => {
      told.push(comparison.recentGains);
      return { kind: 'single', modelId: ids[0] ?? '', propensity: 1 };
    };
    test.engine.comparisonGain = 0.7;
    await ask(test, 'One');
    test.engine.comparisonGain = 0.2;
    await ask(test, 'Two');
    expect(remembered()).toMatchObject({ count: 0, recentGains: [0.7, 0.2] });
    expect(told.at(-1)).toEqual([0.7]);
    await startTemporaryChat(test.app);
    await ask(test, 'Between us');
    expect(remembered().recentGains).toEqual([0.7, 0.2]);
  });

  it('is answered even when it could not be counted', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.spyOn(test.app.settings, 'change').mockRejectedValue(new Error('disk full'));
    test.engine.plan = (ids) => ({ kind: 'compare', modelIds: [ids[0] ?? '', ids[1] ?? ''], reason: 'uncertain', propensity: 1 });
    await ask(test, 'Which?');
    expect(turnAt(test, -1).responses.map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
  });

  it('is open again when the pick could not be recorded', async () => {
    const test = await compared();
    const turn = turnAt(test, -1);
    test.storage.close();
    await expect(judgeComparison(test.app, turn.id, 'left')).rejects.toThrow();
    expect(awaitsPick(turnAt(test, -1))).toBe(true);
  });

  it('can be judged after a reload', async () => {
    const test = await compared();
    const { id, conversationId } = turnAt(test, -1);
    const again = await test.reopen();
    await again.app.chat.open(conversationId);
    await judgeComparison(again.app, id, 'left');
    expect(again.app.memory.store.getState().adaptation?.appliedCount).toBe(1);
  });
});

describe('an undone pick', () => {
  it('counts no more, and counts again when redone', async () => {
    const test = await compared();
    await judgeComparison(test.app, turnAt(test, -1).id, 'left');
    const [pair] = test.app.memory.store.getState().log;
    const learned = test.app.memory.store.getState().adaptation?.userEmbedding;
    await test.app.memory.undo(pair?.id ?? '');
    expect(test.app.memory.store.getState().adaptation).toMatchObject({ appliedCount: 0 });
    await test.app.memory.redo(pair?.id ?? '');
    expect(test.app.memory.store.getState().adaptation?.userEmbedding).toEqual(learned);
  });

  it('a pick logged while the engine was away is learned at the next start', async () => {
    const test = await compared();
    test.engine.handlers.adapt = () => Promise.reject(new Error('The worker died'));
    await judgeComparison(test.app, turnAt(test, -1).id, 'left');
    expect(test.app.memory.store.getState()).toMatchObject({ adaptation: { appliedCount: 0 }, problem: 'The worker died' });
    const again = await test.reopen();
    expect(again.app.memory.store.getState().adaptation?.appliedCount).toBe(1);
  });
});

describe('regenerate', () => {
  async function answered(): Promise<TestApp> {
    const test = await createTestApp({ models: ['a', 'b'] });
    await ask(test, 'Hello');
    return test;
  }

  it('with another model is a weak preference for it, and the earlier answer stays', async () => {
    const test = await answered();
    await regenerate(test.app, turnAt(test, -1).id, 'test/b');
    const turn = turnAt(test, -1);
    expect(turn.responses.map((response) => response.modelId)).toEqual(['test/a', 'test/b']);
    expect(shownResponse(turn)?.modelId).toBe('test/b');
    const [pair] = await test.storage.preferences.list();
    expect(pair).toMatchObject({ source: 'regenerate', weight: 0.4, chosen: { modelId: 'test/b' }, rejected: { modelId: 'test/a' } });
    expect(pair?.rejected?.words).toBeGreaterThan(0);
  });

  it('with the same model is no preference', async () => {
    const test = await answered();
    await regenerate(test.app, turnAt(test, -1).id, 'test/a');
    expect(await test.storage.preferences.list()).toEqual([]);
    expect(turnAt(test, -1).responses).toHaveLength(2);
  });

  it('after a failure is no preference against the model that failed', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    test.languageModel.scripts.set('a', ['Part', { fail: { kind: 'rate_limited', retryAfterSeconds: 5 } }]);
    await ask(test, 'Hello');
    await regenerate(test.app, turnAt(test, -1).id, 'test/b');
    expect(await test.storage.preferences.list()).toEqual([]);
    expect(turnAt(test, -1).responses[0]?.text).toBe('Part');
  });
});

describe('a thumb', () => {
  it('up and then down leaves one active pick, and down again none', async () => {
    const test = await createTestApp({ models: ['a'] });
    await ask(test, 'Hello');
    const { id } = turnAt(test, -1);
    const active = async () => (await test.storage.preferences.list()).filter((pair) => pair.undoneAt === null).map((pair) => pair.outcome);
    await rateResponse(test.app, id, 'up');
    expect(await active()).toEqual(['both_good']);
    expect(turnAt(test, -1).thumbs).toBe('up');
    await rateResponse(test.app, id, 'down');
    expect(await active()).toEqual(['both_bad']);
    await rateResponse(test.app, id, 'down');
    expect(await active()).toEqual([]);
    expect(turnAt(test, -1).thumbs).toBeNull();
  });

  it('works for an answer the router never saw, by asking it afterwards', async () => {
    const test = await createTestApp({ models: ['a'] });
    await test.app.settings.set('whenLate', 'default');
    test.engine.handlers.route = () => Promise.reject(new Error('broken'));
    await ask(test, 'Hello');
    expect(turnAt(test, -1).decision).toBeNull();
    await rateResponse(test.app, turnAt(test, -1).id, 'up');
    expect(test.engine.calls).toContain('describe');
    expect(await test.storage.preferences.list()).toHaveLength(1);
  });
});
