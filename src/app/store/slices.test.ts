import { describe, expect, it, vi } from 'vitest';
import { createTestApp, testModel, type TestApp } from '../testing/test-app';
import { judgeComparison } from '../use-cases/judge-comparison';
import { sendTurn } from '../use-cases/send-turn';
import { titleFrom, UNDO_MS } from './conversations';

async function ask(test: TestApp, prompt: string): Promise<string> {
  const outcome = await sendTurn(test.app, { prompt, chosenModelId: null, parentId: test.app.chat.store.getState().leafId });
  if (outcome.kind !== 'sent') throw new Error(outcome.kind);
  await outcome.answered;
  return outcome.conversationId;
}

describe('conversations', () => {
  it('deletes with its turns and brings both back on undo', async () => {
    const test = await createTestApp({ models: ['a'] });
    const id = await ask(test, 'Hello');
    await test.app.conversations.remove(id);
    expect(test.app.conversations.store.getState().list).toEqual([]);
    await test.app.conversations.restore(id);
    expect(test.app.conversations.find(id)?.title).toBe('Hello');
    expect(await test.storage.turns.list(id)).toHaveLength(1);
  });

  it('offers the undo again after a tab was closed before the removal was final, then makes it final', async () => {
    const test = await createTestApp({ models: ['a'] });
    const id = await ask(test, 'Hello');
    await test.storage.conversations.discard(id, 1);
    const after = vi.spyOn(test.app.platform.clock, 'after');
    expect((await test.app.conversations.resumeRemovals()).map((conversation) => conversation.id)).toEqual([id]);
    const [wait, finish] = after.mock.calls.at(-1) ?? [];
    expect(wait).toBe(UNDO_MS);
    finish?.();
    await vi.waitFor(async () => expect(await test.storage.turns.list(id)).toEqual([]));
    expect(await test.app.conversations.resumeRemovals()).toEqual([]);
  });

  it('are pinned, and sorted into folders that come and go', async () => {
    const test = await createTestApp({ models: ['a'] });
    const { conversations } = test.app;
    const id = await ask(test, 'Hello');
    await conversations.pin(id, true);
    expect(conversations.find(id)?.pinnedAt).not.toBeNull();
    await conversations.pin(id, false);
    expect(conversations.find(id)?.pinnedAt).toBeNull();
    expect(await conversations.createFolder('  ')).toBeNull();
    const folder = await conversations.createFolder(' Work ');
    if (!folder) throw new Error('There is no folder');
    await conversations.move(id, folder.id);
    await conversations.renameFolder(folder.id, 'Office');
    await conversations.setFolderOpen(folder.id, false);
    expect(conversations.store.getState().folders).toEqual([{ ...folder, name: 'Office', open: false }]);
    await conversations.removeFolder(folder.id);
    expect([conversations.store.getState().folders, conversations.find(id)?.folderId]).toEqual([[], null]);
  });

  it('renames, but not to nothing', async () => {
    const test = await createTestApp({ models: ['a'] });
    const id = await ask(test, 'Hello');
    await test.app.conversations.rename(id, '  Greetings ');
    await test.app.conversations.rename(id, '   ');
    expect(test.app.conversations.find(id)?.title).toBe('Greetings');
  });

  it('cuts a long title at a word', () => {
    expect(titleFrom('  Explain the difference between simple and compound interest to a child\nplease')).toBe(
      'Explain the difference between simple and compound interest…',
    );
    expect(titleFrom(' \n')).toBe('New chat');
  });
});

describe('two tabs', () => {
  it('see each other’s conversations, turns and picks', async () => {
    const first = await createTestApp({ models: ['a', 'b'] });
    first.engine.plan = (ids) => ({ kind: 'compare', modelIds: [ids[0] ?? '', ids[1] ?? ''], reason: 'uncertain', propensity: 1 });
    const second = await first.reopen();
    const id = await ask(first, 'Hello');
    await expect.poll(() => second.app.conversations.find(id)?.title).toBe('Hello');
    await second.app.chat.open(id);
    const turn = first.app.chat.store.getState().turns[0];
    await judgeComparison(first.app, turn?.id ?? '', 'left');
    await expect.poll(() => second.app.chat.store.getState().turns[0]?.comparison?.preferenceId).not.toBeNull();
    await expect.poll(() => second.app.memory.store.getState().log.length).toBe(1);
    await expect.poll(() => second.app.memory.store.getState().adaptation).toEqual(first.app.memory.store.getState().adaptation);
  });
});

describe('the pool', () => {
  it('offers only connected and enabled models', async () => {
    const { app } = await createTestApp({ models: ['a', 'b'] });
    await app.pool.saveModels([{ ...testModel('orphan'), connectionId: 'gone' }]);
    await app.pool.setEnabled('test/b', false);
    expect(app.pool.available().map((model) => model.id)).toEqual(['test/a']);
    expect((await app.pool.candidates()).map((candidate) => candidate.card.id)).toEqual(['test/a']);
  });

  it('encodes a description once and keeps it with the model', async () => {
    const test = await createTestApp({ models: ['a'] });
    await test.app.pool.candidates();
    await test.app.pool.candidates();
    expect(test.engine.calls.filter((method) => method === 'encode')).toHaveLength(1);
    const again = await test.reopen();
    await again.app.pool.candidates();
    expect(again.engine.calls).not.toContain('encode');
  });

  it('drops the models of a removed connection', async () => {
    const test = await createTestApp({ models: ['a'] });
    await test.app.pool.removeConnection('test');
    expect(test.app.pool.store.getState().models).toEqual([]);
    expect(await test.storage.models.list()).toEqual([]);
    expect(test.app.pool.nameOf('test/a')).toBe('a');
  });
});

describe('the engine slice', () => {
  it('reports a failed load and can be started again', async () => {
    const { app, engine } = await createTestApp({ start: false });
    const load = engine.handlers.load;
    engine.handlers.load = () => Promise.reject(new Error('no network'));
    expect(await app.engine.start('auto')).toBe(false);
    expect(app.engine.store.getState().phase).toMatchObject({ kind: 'failed', error: { kind: 'internal' } });
    engine.handlers.load = load;
    expect(await app.engine.start('auto')).toBe(true);
    expect(app.engine.isReady()).toBe(true);
  });
});

describe('an interrupted answer', () => {
  it('is shown as cut off after a reload, with the text that had arrived', async () => {
    const test = await createTestApp({ models: ['a'] });
    const id = await ask(test, 'Hello');
    const [turn] = await test.storage.turns.list(id);
    const response = turn?.responses[0];
    if (!turn || !response) throw new Error('There is no turn');
    await test.storage.turns.save({ ...turn, responses: [{ ...response, text: 'Half', status: 'streaming', finishedAt: null }] });
    const again = await test.reopen();
    await again.app.chat.open(id);
    expect(again.app.chat.store.getState().turns[0]?.responses[0]).toMatchObject({ status: 'stopped', text: 'Half', failure: { kind: 'interrupted' } });
  });
});
