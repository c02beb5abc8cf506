import { describe, expect, it } from 'vitest';
import type { Preset } from '../../core/conversation';
import { createTestApp, type TestApp } from '../testing/test-app';
import { changeSetup, currentSetup, usePreset } from './chat-setup';
import { sendTurn } from './send-turn';

const PRESET: Preset = { id: 'p', name: 'Pirate', systemPrompt: 'Talk like a pirate.', pinnedModelId: 'test/b', updatedAt: 1 };

async function send(test: TestApp, prompt: string, chosenModelId: string | null = null) {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId, parentId: test.app.chat.store.getState().leafId });
  if (outcome.kind === 'sent') {
    test.app.composer.clear({ text: '', attachments: [] }, outcome.conversationId);
    await outcome.answered;
  }
  return outcome;
}

describe('how a chat is set up', () => {
  it('is chosen before its first turn, kept with it, and sent with every prompt', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await usePreset(test.app, PRESET);
    await send(test, 'Hello');
    await send(test, 'Again');
    const [first, second] = test.languageModel.requests;
    expect(first).toMatchObject({ model: 'b', messages: [{ role: 'system', content: 'Talk like a pirate.' }, { role: 'user', content: 'Hello' }] });
    expect(second?.messages[0]).toEqual({ role: 'system', content: 'Talk like a pirate.' });
    const [conversation] = await test.storage.conversations.list();
    expect(conversation).toMatchObject({ presetId: 'p', systemPrompt: 'Talk like a pirate.', pinnedModelId: 'test/b' });
    // The next new chat begins afresh.
    await test.app.chat.open(null);
    expect(currentSetup(test.app)).toEqual({ systemPrompt: '', presetId: null, pinnedModelId: null });
  });

  it('survives a reload before the first turn', async () => {
    const test = await createTestApp({ models: ['a'] });
    await changeSetup(test.app, { systemPrompt: 'Be brief.' });
    await test.app.composer.settled();
    const again = await test.reopen();
    await again.app.composer.open(null);
    expect(currentSetup(again.app).systemPrompt).toBe('Be brief.');
  });

  it('a pinned model answers without teaching the router anything about taste', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await changeSetup(test.app, { pinnedModelId: 'test/b' });
    await send(test, 'Hello');
    expect(test.languageModel.requests[0]?.model).toBe('b');
    expect(test.app.chat.store.getState().turns[0]?.mode).toBe('pinned');
    expect(test.app.memory.store.getState().log).toEqual([]);
  });

  it('nothing takes the place of a pinned model that is gone', async () => {
    const test = await createTestApp({ models: ['a'] });
    await changeSetup(test.app, { pinnedModelId: 'test/gone' });
    expect(await send(test, 'Hello')).toEqual({ kind: 'pinned_gone', modelId: 'test/gone' });
    expect(test.languageModel.requests).toEqual([]);
    await changeSetup(test.app, { pinnedModelId: null });
    expect((await send(test, 'Hello')).kind).toBe('sent');
  });
});
