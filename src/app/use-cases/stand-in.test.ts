import { describe, expect, it } from 'vitest';
import type { StoredModel } from '../../storage/rows';
import { createTestApp, lastTurn, TEST_CONNECTION, testModel, type TestApp } from '../testing/test-app';
import { shownResponse } from '../store/turn-tree';
import { sendTurn } from './send-turn';
import { answerInstead, nextBest } from './stand-in';

const OTHER = { ...TEST_CONNECTION, id: 'other', name: 'Other server' };

function atOther(name: string): StoredModel {
  const model = testModel(name, 10);
  return { ...model, id: `other/${name}`, connectionId: 'other', card: { ...model.card, id: `other/${name}` } };
}

async function ask(test: TestApp) {
  const outcome = await sendTurn(test.app, { prompt: 'Why?', chosenModelId: null, parentId: null });
  if (outcome.kind !== 'sent') throw new Error(outcome.kind);
  await outcome.answered;
  return lastTurn(test);
}

describe('a model that fails', () => {
  it('is never replaced without a word: the next one is offered, and answers when asked to', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    test.languageModel.scripts.set('a', [{ fail: { kind: 'model_missing', model: 'a' } }]);
    const turn = await ask(test);
    expect(turn.responses.map(({ modelId, status }) => [modelId, status])).toEqual([['test/a', 'failed']]);
    expect(nextBest(test.app, turn)).toBe('test/b');
    await answerInstead(test.app, turn.id, 'asked');
    const after = test.app.chat.find(turn.id);
    expect(after && shownResponse(after)).toMatchObject({ modelId: 'test/b', status: 'complete', standIn: { reason: 'provider_failed', insteadOf: 'test/a', agreed: 'asked' } });
    expect(after?.responses).toHaveLength(2);
    expect(after && nextBest(test.app, after)).toBeNull();
  });

  it('is replaced at once, and announced, with the standing consent; models of a dead connection are passed over', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await test.app.pool.saveConnection(OTHER);
    await test.app.pool.saveModels([atOther('c')]);
    await test.app.settings.set('whenProviderFails', 'next');
    test.languageModel.scripts.set('a', [{ fail: { kind: 'server_error', status: 500, detail: 'down' } }]);
    const turn = await ask(test);
    expect(turn.responses.map(({ modelId }) => modelId)).toEqual(['test/a', 'other/c']);
    expect(shownResponse(turn)?.standIn).toEqual({ reason: 'provider_failed', insteadOf: 'test/a', agreed: 'standing' });
  });

  it('keeps a begun answer on screen, whatever was consented to', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await test.app.settings.set('whenProviderFails', 'next');
    test.languageModel.scripts.set('a', ['Half ', { fail: { kind: 'model_missing', model: 'a' } }]);
    expect((await ask(test)).responses).toHaveLength(1);
  });

  it('is not replaced when the user chose it', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    test.languageModel.scripts.set('a', [{ fail: { kind: 'model_missing', model: 'a' } }]);
    const outcome = await sendTurn(test.app, { prompt: 'Why?', chosenModelId: 'test/a', parentId: null });
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    await outcome.answered;
    const turn = test.app.chat.store.getState().turns.at(-1);
    expect(turn && nextBest(test.app, turn)).toBeNull();
  });
});
