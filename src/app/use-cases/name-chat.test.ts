import { describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app';
import { sendTurn } from './send-turn';

async function send(test: TestApp, prompt: string) {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId: 'test/b', parentId: test.app.chat.store.getState().leafId });
  if (outcome.kind === 'sent') await outcome.answered;
}

const titles = async (test: TestApp) => (await test.storage.conversations.list()).map(({ title }) => title);

describe('a chat’s title', () => {
  it('is by rule and asks nobody, unless the user wants a model to give it', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await send(test, 'Hi, why is the sky blue?');
    expect(await titles(test)).toEqual(['Why is the sky blue?']);
    expect(test.languageModel.requests).toHaveLength(1);
  });

  it('comes from the default model, once, and is counted', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await test.app.settings.set('titles', 'model');
    test.languageModel.scripts.set('a', ['"Blue', ' skies"']);
    await send(test, 'Why is the sky blue?');
    expect(await titles(test)).toEqual(['Blue skies']);
    expect(test.languageModel.requests.map(({ model }) => model)).toEqual(['b', 'a']);
    const expenses = await test.storage.expenses.since(0);
    expect(expenses.map(({ modelId }) => modelId).toSorted()).toEqual(['test/a', 'test/b']);
    await send(test, 'And red?');
    expect(test.languageModel.requests).toHaveLength(3);
  });

  it('stays by rule when the model fails', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await test.app.settings.set('titles', 'model');
    test.languageModel.scripts.set('a', [{ fail: { kind: 'offline' } }]);
    await send(test, 'Why is the sky blue?');
    expect(await titles(test)).toEqual(['Why is the sky blue?']);
  });
});
