import { NO_SETUP } from '../core/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Turn } from '../core/conversation';
import { MemoryProfile } from './testing/memory-storage';
import { sampleConversation, sampleDecision, sampleFolder, samplePreference, sampleResponse, sampleTurn } from './testing/samples';
import type { TacitStorage } from './storage';

let profile: MemoryProfile;
let storage: TacitStorage;

beforeEach(async () => {
  profile = new MemoryProfile();
  storage = await profile.open();
});

afterEach(() => storage.close());

describe('turns', () => {
  it('come back with their decision after a reload, typed arrays included', async () => {
    const turn = sampleTurn('t', 'c', { decision: sampleDecision(3), mode: 'compare' });
    await storage.turns.save(turn, sampleConversation('c'));
    storage.close();
    storage = await profile.open();
    const loaded = await storage.turns.get('t');
    expect(loaded).toEqual(turn);
    expect(loaded?.decision?.queryEmbedding).toBeInstanceOf(Float32Array);
    expect(await storage.conversations.get('c')).toEqual(sampleConversation('c'));
  });

  it('are listed by time, of one conversation only', async () => {
    await storage.turns.save(sampleTurn('late', 'c', { createdAt: 9 }));
    await storage.turns.save(sampleTurn('early', 'c', { createdAt: -1, decision: sampleDecision(1) }));
    await storage.turns.save(sampleTurn('other', 'c2', { createdAt: 3 }));
    const turns = await storage.turns.list('c');
    expect(turns.map((turn) => turn.id)).toEqual(['early', 'late']);
    expect(turns.map((turn) => turn.decision)).toEqual([sampleDecision(1), null]);
    expect((await storage.turns.getMany(['late', 'missing', 'early'])).map((turn) => turn.id)).toEqual(['late', 'early']);
  });

  it('keep a stored decision when saved without one', async () => {
    await storage.turns.save(sampleTurn('t', 'c', { decision: sampleDecision(1) }));
    await storage.turns.save(sampleTurn('t', 'c', { thumbs: 'up' }));
    expect(await storage.turns.get('t')).toMatchObject({ thumbs: 'up', decision: { seed: 1 } });
  });

  it('are changed as they are on disk, so that concurrent changes both count', async () => {
    await storage.turns.save(sampleTurn('t', 'c', { decision: sampleDecision(1) }));
    const other = await profile.open();
    await Promise.all([
      storage.turns.update('t', (turn) => ({ ...turn, thumbs: 'up' })),
      other.turns.update('t', (turn) => ({ ...turn, responses: [...turn.responses, sampleResponse('again')] })),
    ]);
    const turn = await storage.turns.get('t');
    expect(turn?.thumbs).toBe('up');
    expect(turn?.responses.map((response) => response.id)).toEqual(['t-response', 'again']);
    expect(turn?.decision?.seed).toBe(1);
    expect(await storage.turns.update('missing', (turn) => turn)).toBeNull();
    other.close();
  });

  it('tell a watcher about streaming text written by another tab', async () => {
    await storage.turns.save(sampleTurn('t', 'c', { responses: [sampleResponse('r', { status: 'streaming', text: '' })] }));
    const seen: (Turn | null)[] = [];
    const unwatch = storage.turns.watchOne('t', { onValue: (turn) => seen.push(turn) });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    const other = await profile.open();
    await other.turns.saveResponseProgress('t', sampleResponse('r', { status: 'streaming', text: 'Hel' }));
    await vi.waitFor(() => expect(seen.at(-1)?.responses[0]?.text).toBe('Hel'));
    unwatch();
    other.close();
  });

  it('give a watcher of ids new and removed turns', async () => {
    const seen: (readonly string[])[] = [];
    const unwatch = storage.turns.watchIds('c', { onValue: (ids) => seen.push(ids) });
    await storage.turns.save(sampleTurn('b', 'c', { createdAt: 2 }), sampleConversation('c'));
    await storage.turns.save(sampleTurn('a', 'c', { createdAt: 1 }));
    await vi.waitFor(() => expect(seen.at(-1)).toEqual(['a', 'b']));
    await storage.conversations.discard('c', 1);
    await storage.conversations.purge('c', 'keep');
    await vi.waitFor(() => expect(seen.at(-1)).toEqual([]));
    unwatch();
  });
});

describe('saveResponseProgress', () => {
  const streaming = sampleResponse('r', { status: 'streaming', text: 'Hel', finishedAt: null });

  it('replaces the response, adds a new one, and reports a vanished turn', async () => {
    await storage.turns.save(sampleTurn('t', 'c', { responses: [streaming], decision: sampleDecision(1) }));
    expect(await storage.turns.saveResponseProgress('t', { ...streaming, text: 'Hello' })).toBe(true);
    expect(await storage.turns.saveResponseProgress('t', sampleResponse('second'))).toBe(true);
    const turn = await storage.turns.get('t');
    expect(turn?.responses.map((response) => [response.id, response.text])).toEqual([
      ['r', 'Hello'],
      ['second', sampleResponse('second').text],
    ]);
    expect(turn?.decision?.seed).toBe(1);
    expect(await storage.turns.saveResponseProgress('gone', streaming)).toBe(false);
  });

  it('never reopens what has ended', async () => {
    await storage.turns.save(sampleTurn('t', 'c', { responses: [{ ...streaming, status: 'stopped', text: 'Hello, user stopped me' }] }));
    await storage.turns.saveResponseProgress('t', { ...streaming, text: 'late' });
    expect((await storage.turns.get('t'))?.responses[0]).toMatchObject({ status: 'stopped', text: 'Hello, user stopped me' });
    expect(await storage.turns.listOpen()).toEqual([]);
  });
});

describe('deleting a conversation', () => {
  beforeEach(async () => {
    await storage.turns.save(sampleTurn('t', 'c', { decision: sampleDecision(1) }), sampleConversation('c'));
    await storage.turns.save(sampleTurn('t2', 'c2', { decision: sampleDecision(2) }), sampleConversation('c2'));
    await storage.preferences.append(samplePreference('p', { conversationId: 'c', turnId: 't' }));
    await storage.drafts.save({ id: 'c', text: 'half a thought', attachments: [], setup: NO_SETUP, updatedAt: 1 });
  });

  it('keeps everything until it is final', async () => {
    await storage.conversations.discard('c', 9);
    expect((await storage.conversations.list()).map((conversation) => conversation.id)).toEqual(['c2']);
    expect(await storage.conversations.listDiscarded()).toEqual([{ ...sampleConversation('c'), deletedAt: 9 }]);
    await storage.conversations.restore('c');
    expect(await storage.conversations.get('c')).toEqual(sampleConversation('c'));
    expect(await storage.turns.get('t')).toEqual(sampleTurn('t', 'c', { decision: sampleDecision(1) }));
    expect((await storage.drafts.get('c'))?.text).toBe('half a thought');
  });

  it('purges nothing that was restored meanwhile, or never discarded', async () => {
    await storage.conversations.discard('c', 9);
    await storage.conversations.restore('c');
    expect(await storage.conversations.purge('c', 'keep')).toBe(false);
    expect(await storage.conversations.purge('gone', 'keep')).toBe(false);
    expect(await storage.turns.list('c')).toHaveLength(1);
  });

  it('then keeps what was learned but not the words', async () => {
    await storage.conversations.discard('c', 9);
    expect(await storage.conversations.purge('c', 'keep')).toBe(true);
    expect(await storage.turns.get('t')).toBeNull();
    expect(await storage.drafts.get('c')).toBeNull();
    expect(await storage.preferences.get('p')).toMatchObject({ promptExcerpt: '', conversationId: null, turnId: null, weight: 1 });
    expect((await storage.turns.get('t2'))?.decision?.seed).toBe(2);
  });

  it('forgets the picks too when asked', async () => {
    await storage.conversations.discard('c', 9);
    await storage.conversations.purge('c', 'forget');
    expect(await storage.preferences.list()).toEqual([]);
  });
});

describe('folders', () => {
  it('are changed as they are on disk, and leave their conversations when they go', async () => {
    await storage.folders.save(sampleFolder('f'));
    await storage.folders.update('f', (folder) => ({ ...folder, name: 'Work' }));
    await storage.conversations.save({ ...sampleConversation('in'), folderId: 'f' });
    await storage.conversations.save({ ...sampleConversation('out'), folderId: 'g' });
    expect(await storage.folders.list()).toEqual([{ ...sampleFolder('f'), name: 'Work' }]);
    await storage.folders.remove('f');
    expect(await storage.folders.list()).toEqual([]);
    expect((await storage.conversations.get('in'))?.folderId).toBeNull();
    expect((await storage.conversations.get('out'))?.folderId).toBe('g');
  });
});
