import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../testing/test-app';
import { learnBatch, preparePicks, previewLearning } from './import-learning';
import { previewImport, runImport } from './import-run';

function fixture(name: string): File {
  return new File([readFileSync(new URL(`../../../exchange/__fixtures__/${name}`, import.meta.url))], name);
}

function run(...names: readonly string[]) {
  return { files: names.map(fixture), onProgress: () => undefined, signal: new AbortController().signal };
}

const noProgress = { onProgress: () => undefined, signal: new AbortController().signal };

describe('importing chats', () => {
  it('shows what is in a file without storing anything, then stores it', async () => {
    const { app, storage } = await createTestApp();
    const preview = await previewImport(app, run('chatgpt-conversations.json'));
    expect(preview).toMatchObject({ alreadyHere: 0, survey: { chats: { chatgpt: 2 }, prompts: 4, skipped: 1 } });
    expect(await storage.conversations.list()).toEqual([]);
    expect(await runImport(app, run('chatgpt-conversations.json'))).toMatchObject({ added: 2, grown: 0, known: 0 });
    const chats = await storage.conversations.list();
    expect(chats.map((chat) => chat.title)).toEqual(['Mean of a column', 'Sourdough starter']);
    expect((await storage.turns.list('chatgpt-c-bread')).map((turn) => turn.prompt)).toHaveLength(3);
  });

  it('changes nothing the second time, and adds what has been said since', async () => {
    const { app, storage } = await createTestApp();
    const source = JSON.parse(readFileSync(new URL('../../../exchange/__fixtures__/claude-conversations.json', import.meta.url), 'utf8'));
    const shorter = structuredClone(source);
    shorter[0].chat_messages.length = 2;
    const files = (content: unknown) => ({ ...run(), files: [new File([JSON.stringify(content)], 'c.json')] });
    await runImport(app, files(shorter));
    await storage.conversations.update('claude-cl-letter', (chat) => ({ ...chat, title: 'My own title' }));
    expect(await runImport(app, files(source))).toMatchObject({ added: 0, grown: 1, known: 1 });
    const before = [await storage.conversations.list(), await storage.turns.list('claude-cl-letter')];
    expect(await runImport(app, files(source))).toMatchObject({ added: 0, grown: 0, known: 2 });
    expect([await storage.conversations.list(), await storage.turns.list('claude-cl-letter')]).toEqual(before);
    expect(before[0]?.find((chat) => chat.id === 'claude-cl-letter')).toMatchObject({ title: 'My own title', currentTurnId: 'claude-cl-letter-m3' });
  });

  it('leaves nothing behind when it fails on the way', async () => {
    const { app, storage } = await createTestApp();
    const many = Array.from({ length: 250 }, (_, index) => ({ uuid: `c${index}`, name: `Chat ${index}`, chat_messages: [{ uuid: `m${index}`, sender: 'human', text: 'Hello' }] }));
    const broken = `${JSON.stringify(many).slice(0, -1)},{"uuid":"x","chat_messages":[oops]}]`;
    const files = [new File([broken], 'c.json')];
    await expect(previewImport(app, { ...run(), files })).rejects.toMatchObject({ error: { kind: 'broken_json', entry: 251 } });
    await expect(runImport(app, { ...run(), files })).rejects.toMatchObject({ error: { kind: 'broken_json' } });
    expect(await storage.conversations.list()).toEqual([]);
    const controller = new AbortController();
    const stored = storage.importChats.bind(storage);
    storage.importChats = (chats) => stored(chats).finally(() => controller.abort(new Error('cancelled')));
    await expect(runImport(app, { files: [new File([JSON.stringify(many)], 'c.json')], onProgress: () => undefined, signal: controller.signal })).rejects.toThrow('cancelled');
    expect(await storage.conversations.list()).toEqual([]);
  });
});

describe('learning from an export', () => {
  it('shows what would be learned, learns it with a lower weight, and takes it back as one', async () => {
    const { app } = await createTestApp({ models: ['a'] });
    const { survey } = await previewImport(app, run('librechat-branches.json', 'chatgpt-conversations.json', 'open-webui-chats.json'));
    expect(survey.judgementCounts).toEqual({ vote: 2, rating: 1, regeneration: 1 });
    const seen: number[] = [];
    const picks = await preparePicks(app, survey.judgements, { ...noProgress, onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(picks.map(({ weight }) => weight).toSorted()).toEqual([0.2, 0.25, 0.5, 0.5]);
    expect(picks.every(({ source, queryEmbedding }) => source === 'import' && queryEmbedding.length === 384)).toBe(true);
    const preview = await previewLearning(app, picks);
    expect(preview.fresh).toBe(4);
    expect(preview.changes.length).toBeGreaterThan(0);
    expect(app.memory.store.getState().log).toEqual([]);
    await learnBatch(app, picks, { from: 'LibreChat', chats: 3 });
    expect(app.memory.store.getState().adaptation?.userEmbedding).toEqual(preview.after.userEmbedding);
    expect((await previewLearning(app, picks)).fresh).toBe(0);
    const [batch] = app.settings.store.getState().imports;
    expect(batch).toMatchObject({ from: 'LibreChat', chats: 3 });
    await app.memory.setManyUndone(batch?.pickIds ?? [], true);
    expect(app.memory.store.getState().adaptation?.appliedCount).toBe(0);
    await app.memory.setManyUndone(batch?.pickIds ?? [], false);
    expect(app.memory.store.getState().adaptation?.appliedCount).toBe(4);
  });
});
