import { describe, expect, it } from 'vitest';
import { TEMPORARY_ID } from '../../core/conversation';
import { createTestApp, lastTurn, pause, type TestApp } from '../testing/test-app';
import { attachFiles } from './attach-files';
import { currentSetup, changeSetup } from './chat-setup';
import { continueResponse } from './continue-response';
import { sendEdited } from './edit-prompt';
import { rateResponse } from './rate-response';
import { regenerate } from './regenerate';
import { sendTurn } from './send-turn';
import { hasTemporaryContent, makeUsualChat, startTemporaryChat } from './temporary-chat';

const SECRET = 'marmalade';
const NOTES = new File([`all about ${SECRET}`], 'notes.md', { type: 'text/markdown' });

async function opened(): Promise<TestApp> {
  const test = await createTestApp({ models: ['a', 'b'] });
  await test.app.chat.open(null);
  await test.app.composer.open(null);
  return test;
}

async function send(test: TestApp, prompt: string, chosenModelId: string | null = null) {
  const { attachments } = test.app.composer.store.getState();
  test.app.composer.setText(prompt);
  const outcome = await sendTurn(test.app, { prompt, chosenModelId, parentId: test.app.chat.store.getState().leafId, attachments });
  if (outcome.kind === 'sent') {
    test.app.composer.clear({ text: prompt, attachments }, outcome.conversationId);
    await outcome.answered;
  }
  return outcome;
}

/** Bytes as text, so that files are searched too. */
async function disk(test: TestApp): Promise<string> {
  await test.app.composer.settled();
  return JSON.stringify(await test.rows(), (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value));
}

describe('a temporary chat', () => {
  it('is answered by Auto with everything said before, and leaves nothing but its cost', async () => {
    const test = await opened();
    const before = await test.rows();
    test.app.composer.setText(`Draft about ${SECRET}`);
    await attachFiles(test.app, [NOTES]);
    expect(await disk(test)).toContain(`all about ${SECRET}`);
    await startTemporaryChat(test.app);
    expect(test.app.composer.store.getState().text).toBe(`Draft about ${SECRET}`);
    await changeSetup(test.app, { systemPrompt: `Speak of ${SECRET}` });

    test.languageModel.scripts.set('a', [`I like ${SECRET}.`]);
    expect(await send(test, `What is ${SECRET}?`)).toMatchObject({ kind: 'sent', conversationId: TEMPORARY_ID });
    expect(lastTurn(test)).toMatchObject({ mode: 'auto', decision: { plan: { kind: 'single', modelId: 'test/a' } } });
    await send(test, `More of ${SECRET}`, 'test/b');
    const asked = test.languageModel.requests.at(-1)?.messages.map(({ content }) => content);
    expect(asked).toEqual([`Speak of ${SECRET}`, expect.stringContaining(`all about ${SECRET}`), `I like ${SECRET}.`, `More of ${SECRET}`]);

    await regenerate(test.app, lastTurn(test).id, 'test/a');
    await rateResponse(test.app, lastTurn(test).id, 'up');
    await sendEdited(test.app, lastTurn(test).id, `Other ${SECRET}`);
    await pause();
    test.languageModel.scripts.set('a', [`Half of ${SECRET}`, { fail: { kind: 'offline' } }]);
    await send(test, `Again ${SECRET}`);
    expect(lastTurn(test).responses[0]).toMatchObject({ status: 'failed', text: `Half of ${SECRET}` });
    test.languageModel.scripts.set('a', [' and the rest']);
    await continueResponse(test.app, lastTurn(test).id, lastTurn(test).responses[0]?.id ?? '');
    test.app.composer.setText(`Unsent ${SECRET}`);
    await pause();

    const after = await test.rows();
    expect(await disk(test)).not.toContain(SECRET);
    const changed = Object.keys(after).filter((table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]));
    expect(changed.filter((table) => !table.startsWith('sync'))).toEqual(['expenses']);
    expect(test.app.memory.store.getState().log).toEqual([]);
    expect((await test.app.platform.search.search(SECRET, 5)).hits).toEqual([]);
    expect(test.app.conversations.store.getState().list).toEqual([]);
  });

  it('is never used to compare', async () => {
    const test = await opened();
    let mayCompare: boolean | null = null;
    test.engine.plan = ([first = ''], { comparison }) => {
      mayCompare = comparison.enabled;
      return { kind: 'single', modelId: first, propensity: 1 };
    };
    await send(test, 'A usual chat');
    expect(mayCompare).toBe(true);
    await startTemporaryChat(test.app);
    await send(test, 'Hello');
    expect(mayCompare).toBe(false);
  });

  it('ends with whatever is shown next, and stops what it was being told', async () => {
    const test = await opened();
    await startTemporaryChat(test.app);
    test.languageModel.scripts.set('a', ['Begun', { wait: new Promise(() => undefined) }, 'never']);
    const sent = await sendTurn(test.app, { prompt: SECRET, chosenModelId: null, parentId: null });
    await pause();
    test.app.composer.setText(`Unsent ${SECRET}`);
    expect(hasTemporaryContent(test.app)).toBe(true);
    test.app.route.go('models');
    if (sent.kind === 'sent') await sent.answered;
    await pause();
    expect(test.app.chat.store.getState()).toMatchObject({ conversationId: null, turns: [], runningIds: [] });
    expect(test.app.conversations.find(TEMPORARY_ID)).toBeNull();
    expect(test.app.composer.store.getState().text).toBe('');
    expect(await disk(test)).not.toContain(SECRET);
    await startTemporaryChat(test.app);
    expect(test.app.chat.store.getState().turns).toEqual([]);
  });

  it('sends nothing on when it was left while a model was being chosen', async () => {
    const test = await opened();
    await startTemporaryChat(test.app);
    const routed = test.engine.handlers.route;
    test.engine.handlers.route = async (request) => {
      test.app.route.go('chat');
      return routed(request);
    };
    expect(await sendTurn(test.app, { prompt: SECRET, chosenModelId: null, parentId: null })).toEqual({ kind: 'declined' });
    expect(test.languageModel.requests).toEqual([]);
    expect(await disk(test)).not.toContain(SECRET);
  });

  it('becomes a usual chat again before its first turn, with what is written', async () => {
    const test = await opened();
    await startTemporaryChat(test.app);
    test.app.composer.setText('Keep this');
    await attachFiles(test.app, [NOTES]);
    await changeSetup(test.app, { systemPrompt: 'Be brief' });
    await makeUsualChat(test.app);
    expect(test.app.chat.isTemporary()).toBe(false);
    expect(currentSetup(test.app).systemPrompt).toBe('Be brief');
    await test.app.composer.settled();
    const again = await test.reopen();
    await again.app.composer.open(null);
    expect(again.app.composer.store.getState()).toMatchObject({ text: 'Keep this', attachments: [{ name: 'notes.md' }] });
    expect(await disk(test)).toContain(`all about ${SECRET}`);
  });

  it('is left only when its guard lets go', async () => {
    const test = await opened();
    await startTemporaryChat(test.app);
    test.app.route.guard(() => false);
    test.app.route.go('models');
    expect(test.app.route.store.getState()).toMatchObject({ view: 'chat', argument: TEMPORARY_ID });
    expect(test.app.chat.isTemporary()).toBe(true);
    test.app.route.guard(null);
    test.app.route.go('models');
    expect(test.app.chat.isTemporary()).toBe(false);
  });
});
