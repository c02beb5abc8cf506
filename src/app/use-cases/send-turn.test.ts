import { describe, expect, it, vi } from 'vitest';
import { NO_RULES } from '../../core/routing';
import { createTestApp, lastTurn, pause, type TestApp } from '../testing/test-app';
import { branch, shownResponse } from '../store/turn-tree';
import { sendTurn, type SendOutcome } from './send-turn';

async function send(test: TestApp, prompt: string, chosenModelId: string | null = null): Promise<SendOutcome> {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId, parentId: test.app.chat.store.getState().leafId });
  if (outcome.kind === 'sent') await outcome.answered;
  return outcome;
}

function openQuestion(test: TestApp) {
  return test.app.questions.store.getState().open;
}

describe('sendTurn', () => {
  it('asks the model the router ranks first and stores turn, decision and answer', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    const outcome = await send(test, 'Hello');
    expect(outcome.kind).toBe('sent');
    const turn = lastTurn(test);
    expect(turn.mode).toBe('auto');
    expect(shownResponse(turn)).toMatchObject({ modelId: 'test/a', status: 'complete', text: 'Answer of a.' });
    const [stored] = await test.storage.turns.list(turn.conversationId);
    expect(stored?.decision?.plan).toMatchObject({ kind: 'single', modelId: 'test/a' });
    expect(stored?.responses[0]?.text).toBe('Answer of a.');
  });

  it('names the conversation after the first prompt and keeps it for the second', async () => {
    const test = await createTestApp({ models: ['a'] });
    await send(test, 'First question\nwith a second line');
    await send(test, 'Second question');
    const [conversation, ...others] = await test.storage.conversations.list();
    expect(others).toEqual([]);
    expect(conversation?.title).toBe('First question');
    const { turns, leafId } = test.app.chat.store.getState();
    expect(branch(turns, leafId).map((turn) => turn.prompt)).toEqual(['First question\nwith a second line', 'Second question']);
    expect(test.languageModel.requests[1]?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
  });

  it('prices the answer from the provider’s token counts', async () => {
    const test = await createTestApp({ models: ['a'] });
    await send(test, 'Hello');
    expect(shownResponse(lastTurn(test))).toMatchObject({ costUsd: (10 * 1 + 20 * 2) / 1e6, usage: { inputTokens: 10, outputTokens: 20, estimated: false } });
  });

  it('sends nothing without a connected model', async () => {
    const test = await createTestApp();
    expect(await send(test, 'Hello')).toEqual({ kind: 'no_model' });
    expect(await test.storage.conversations.list()).toEqual([]);
  });

  it('says so when the user’s limits leave no model, and sends nothing', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.engine.plan = () => ({ kind: 'none', relax: ['too_expensive'] });
    expect(await send(test, 'Hello')).toMatchObject({ kind: 'nothing_qualifies', decision: { plan: { relax: ['too_expensive'] } } });
    expect(test.languageModel.requests).toEqual([]);
  });

  it('asks after 300 ms without the router whether the default model may answer, and remembers a standing yes', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    test.engine.handlers.route = () => new Promise(() => undefined);
    await test.app.settings.set('defaultModelId', 'test/b');
    const sending = send(test, 'Hello');
    await pause();
    test.clock.advance(299);
    await pause();
    expect(openQuestion(test)).toBeNull();
    test.clock.advance(1);
    await pause();
    expect(openQuestion(test)).toEqual({ kind: 'stand_in', cause: 'slow', modelId: 'test/b' });
    expect(test.languageModel.requests).toEqual([]);
    test.app.questions.reply('always');
    await sending;
    expect(lastTurn(test)).toMatchObject({ mode: 'auto', decision: null });
    expect(shownResponse(lastTurn(test))).toMatchObject({ modelId: 'test/b', standIn: { reason: 'late', insteadOf: null, agreed: 'asked' } });

    const again = send(test, 'And now?');
    await pause();
    test.clock.advance(300);
    await again;
    expect(shownResponse(lastTurn(test))?.standIn).toEqual({ reason: 'late', insteadOf: null, agreed: 'standing' });
  });

  it('asks while the engine is loading, and lets the router answer if it comes before the user does', async () => {
    const test = await createTestApp({ models: ['a', 'b'], start: false });
    await test.app.pool.load();
    await test.app.settings.set('defaultModelId', 'test/b');
    const sending = send(test, 'Hello');
    await pause();
    test.clock.advance(300);
    await pause();
    expect(openQuestion(test)).toMatchObject({ cause: 'loading' });
    await test.app.engine.start('auto');
    await sending;
    expect(openQuestion(test)).toBeNull();
    expect(shownResponse(lastTurn(test))).toMatchObject({ modelId: 'test/a', standIn: null });
  });

  it('asks when the router fails, and sends nothing after a no', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.engine.handlers.route = () => Promise.reject(new Error('broken'));
    const sending = send(test, 'Hello');
    await pause();
    expect(openQuestion(test)).toMatchObject({ cause: 'failed' });
    test.app.questions.reply('no');
    expect(await sending).toEqual({ kind: 'declined' });
    expect(test.languageModel.requests).toEqual([]);
  });

  it('lets the default model answer for an unsure router only when the user wants that', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await test.app.settings.set('defaultModelId', 'test/b');
    await send(test, 'Hello');
    expect(shownResponse(lastTurn(test))).toMatchObject({ modelId: 'test/a', standIn: null });
    const route = test.engine.handlers.route;
    test.engine.handlers.route = async (request) => {
      const reply = await route(request);
      return { ...reply, decision: { ...reply.decision, ranking: reply.decision.ranking.map((candidate, index) => ({ ...candidate, scoreDeviation: index * 5 })) } };
    };
    await send(test, 'Unsure, but not asked to fall back');
    expect(shownResponse(lastTurn(test))).toMatchObject({ modelId: 'test/a', standIn: null });
    await test.app.settings.set('whenUnsure', 'default');
    await send(test, 'Hello again');
    expect(shownResponse(lastTurn(test))).toMatchObject({ modelId: 'test/b', standIn: { reason: 'unsure', insteadOf: 'test/a', agreed: 'standing' } });
    expect(lastTurn(test).decision?.plan).toMatchObject({ modelId: 'test/a' });
  });

  it('asks before a model chosen by hand goes beyond the month’s limit', async () => {
    const test = await createTestApp({ models: ['a'] });
    await test.app.budget.setLimit('test', 0);
    const refused = send(test, 'Hello', 'test/a');
    await pause();
    expect(openQuestion(test)).toMatchObject({ kind: 'over_budget', connectionId: 'test' });
    test.app.questions.reply('no');
    expect(await refused).toEqual({ kind: 'declined' });
    const sending = send(test, 'Hello', 'test/a');
    await pause();
    test.app.questions.reply('yes');
    expect((await sending).kind).toBe('sent');
  });

  it('never sends to another machine when only local models are allowed and routing is late', async () => {
    const test = await createTestApp({ models: ['a'], start: false });
    await test.app.pool.load();
    await test.app.settings.set('constraints', { ...NO_RULES, connectionIds: null, localOnly: true });
    const sending = send(test, 'Hello');
    await pause();
    test.clock.advance(300);
    expect(await sending).toEqual({ kind: 'not_ready' });
    expect(test.languageModel.requests).toEqual([]);
  });

  it('keeps what was received when the stream is cut, and says what happened', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.languageModel.scripts.set('a', ['Half an ', 'answer', { fail: { kind: 'stream_cut', detail: 'socket closed' } }]);
    await send(test, 'Hello');
    const [stored] = await test.storage.turns.list(lastTurn(test).conversationId);
    expect(stored?.responses[0]).toMatchObject({ status: 'failed', text: 'Half an answer', failure: { kind: 'stream_cut' } });
    expect(stored?.responses[0]?.failure?.advice).not.toBe('');
  });

  it('stops on request and keeps the text', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.languageModel.scripts.set('a', ['Begun', { wait: new Promise(() => undefined) }]);
    const outcome = await sendTurn(test.app, { prompt: 'Hello', chosenModelId: null, parentId: null });
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    await expect.poll(() => shownResponse(lastTurn(test))?.text).toBe('Begun');
    test.app.chat.stop(lastTurn(test));
    await outcome.answered;
    expect(shownResponse(lastTurn(test))).toMatchObject({ status: 'stopped', text: 'Begun', failure: null });
  });

  it('shows an answer as stopped only when the disk knows it', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.languageModel.scripts.set('a', ['Begun', { wait: new Promise(() => undefined) }]);
    let disk: () => void = () => undefined;
    const busy = new Promise<void>((resolve) => (disk = resolve));
    const save = test.storage.turns.saveResponseProgress.bind(test.storage.turns);
    vi.spyOn(test.storage.turns, 'saveResponseProgress').mockImplementation(async (...progress) => busy.then(async () => save(...progress)));
    const outcome = await sendTurn(test.app, { prompt: 'Hello', chosenModelId: null, parentId: null });
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    await expect.poll(() => shownResponse(lastTurn(test))?.text).toBe('Begun');
    test.app.chat.stop(lastTurn(test));
    await pause();
    expect(shownResponse(lastTurn(test))).toMatchObject({ status: 'streaming', text: 'Begun' });
    disk();
    await outcome.answered;
    expect(shownResponse(lastTurn(test))?.status).toBe('stopped');
    expect((await test.storage.turns.list(outcome.conversationId))[0]?.responses[0]).toMatchObject({ status: 'stopped', text: 'Begun' });
  });

  it('goes on receiving while another conversation is on screen', async () => {
    const test = await createTestApp({ models: ['a'] });
    let go: () => void = () => undefined;
    test.languageModel.scripts.set('a', ['One ', { wait: new Promise((resolve) => (go = resolve)) }, 'two']);
    const outcome = await sendTurn(test.app, { prompt: 'Hello', chosenModelId: null, parentId: null });
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    await test.app.chat.open(null);
    go();
    await outcome.answered;
    await test.app.chat.open(outcome.conversationId);
    expect(shownResponse(lastTurn(test))).toMatchObject({ status: 'complete', text: 'One two' });
  });

  it('records choosing another model than the router’s as a weak preference', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await send(test, 'Hello', 'test/b');
    const { log } = test.app.memory.store.getState();
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ source: 'switch', outcome: 'win', weight: 0.3, chosen: { modelId: 'test/b' }, rejected: { modelId: 'test/a', words: 0 } });
    expect(log[0]?.chosen.words).toBeGreaterThan(0);
  });

  it('records nothing when the user chooses what the router would have taken', async () => {
    const test = await createTestApp({ models: ['a', 'b'] });
    await send(test, 'Hello', 'test/a');
    expect(test.app.memory.store.getState().log).toEqual([]);
  });

  it('takes a complete answer into the model’s fingerprint', async () => {
    const test = await createTestApp({ models: ['a'] });
    await send(test, 'Hello');
    const fingerprint = await test.app.pool.fingerprintOf('test/a');
    expect(fingerprint?.count).toBe(1);
    await send(test, 'Again');
    expect((await test.app.pool.fingerprintOf('test/a'))?.count).toBe(2);
  });

  it('keeps nothing and reports it when the turn cannot be stored', async () => {
    const test = await createTestApp({ models: ['a'] });
    test.storage.close();
    expect((await send(test, 'Hello')).kind).toBe('not_saved');
    expect(test.languageModel.requests).toEqual([]);
  });
});
