import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryProfile } from '../storage/testing/memory-storage';
import { sampleConversation, sampleResponse, sampleTurn } from '../storage/testing/samples';
import type { TacitStorage } from '../storage/storage';
import { HistorySearch } from './history-search';
import { markedText, snippet } from './snippet';
import { tokenize } from './tokenize';

describe('tokens', () => {
  it('are words in lower case, whatever stands between them', () => {
    expect(tokenize('How do I *really* cook “Spätzle”? x=42')).toEqual(['how', 'do', 'i', 'really', 'cook', 'spätzle', 'x', '42']);
  });

  it('are cut where a script has no spaces', () => {
    expect(tokenize('如何学习数据库，use SQL吗')).toEqual(expect.arrayContaining(['如何', '学习', 'use', 'sql']));
    expect(tokenize('東京タワー').length).toBeGreaterThan(0);
  });

  it('leave out what is data', () => {
    expect(tokenize(`key ${'a1'.repeat(30)}`)).toEqual(['key']);
  });
});

describe('a snippet', () => {
  const shown = (text: string, terms: readonly string[]) => snippet(text, terms)?.map((part) => (part.match ? `[${part.text}]` : part.text)).join('');

  it('shows the first match with what is around it, every match marked', () => {
    const text = `${'Lorem ipsum dolor sit amet. '.repeat(5)}Basil likes light. Keep basil warm. ${'More words follow. '.repeat(20)}`;
    expect(shown(text, ['basil'])).toMatch(/^….{10,40}\[Basil\] likes light\. Keep \[basil\] warm\. .*…$/);
  });

  it('marks whole words, not the insides of others, and Chinese anywhere', () => {
    expect(shown('cart and art', ['art'])).toBe('cart and [art]');
    expect(shown('我想学习数据库', ['数据库'])).toBe('我想学习[数据库]');
    expect(shown('nothing here', ['basil'])).toBeUndefined();
    expect(markedText('Plain', [])).toEqual([{ text: 'Plain', match: false }]);
  });
});

describe('search over the history', () => {
  let storage: TacitStorage;
  let search: HistorySearch;
  const onReady = vi.fn<() => void>();

  const put = async (conversationId: string, turnId: string, prompt: string, answer: string, title = `About ${turnId}`) => {
    const turn = sampleTurn(turnId, conversationId, { prompt, responses: [sampleResponse(`${turnId}-r`, { text: answer })] });
    await storage.turns.save(turn, { ...sampleConversation(conversationId), title });
  };
  const found = async (query: string) => (await search.search(query, 20)).hits.map((hit) => hit.turnId ?? `title of ${hit.conversationId}`);

  beforeEach(async () => {
    onReady.mockReset();
    storage = await new MemoryProfile().open();
    await put('c1', 't1', 'How do I keep basil alive?', 'Give it light and water from below.', 'Herbs');
    await put('c1', 't2', 'And mint?', 'Mint wants shade.', 'Herbs');
    await put('c2', 't3', '如何学习数据库？', '先学 SQL，再学索引。');
    search = new HistorySearch(storage, () => Promise.resolve(), onReady, () => 0);
    await search.ready();
  });

  afterEach(() => storage.close());

  it('finds prompts, answers and titles, with the words marked', async () => {
    expect(await found('basil')).toEqual(['t1']);
    expect(await found('shade mint')).toEqual(['t2']);
    expect(await found('herb')).toEqual(['title of c1']);
    expect(await found('数据库')).toEqual(['t3']);
    expect(await found('basil shade')).toEqual([]);
    const [hit] = (await search.search('water', 5)).hits;
    expect(hit).toMatchObject({ conversationId: 'c1', title: 'Herbs', turnId: 't1', source: 'answer' });
    expect(hit?.snippet.filter((part) => part.match)).toEqual([{ text: 'water', match: true }]);
  });

  it('finds words that are not finished, and misspelt ones when nothing else fits', async () => {
    expect(await found('bas')).toEqual(['t1']);
    expect(await found('basill')).toEqual(['t1']);
  });

  it('is told once that everything was read', () => {
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  it('follows new, changed and deleted turns, and renamed chats', async () => {
    await put('c1', 't4', 'Where does saffron grow?', 'In fields.', 'Herbs');
    expect(await found('saffron')).toEqual(['t4']);
    await storage.turns.saveResponseProgress('t4', sampleResponse('t4-r', { text: 'In Iran, mostly.' }));
    expect([await found('iran'), await found('fields')]).toEqual([['t4'], []]);
    await storage.conversations.update('c2', (conversation) => ({ ...conversation, title: 'Databases' }));
    expect([await found('databases'), await found('about')]).toEqual([['title of c2'], []]);
    await storage.conversations.discard('c1', 1);
    expect([await found('saffron'), await found('herbs')]).toEqual([[], []]);
    await storage.conversations.restore('c1');
    expect(await found('saffron')).toEqual(['t4']);
    await storage.conversations.discard('c1', 1);
    await storage.conversations.purge('c1', 'keep');
    expect([await found('saffron'), await found('basil')]).toEqual([[], []]);
  });

  it('notices a restore of more rows than are named one by one', async () => {
    const source = await new MemoryProfile().open();
    for (let index = 0; index < 60; index += 1) await source.turns.save(sampleTurn(`many-${index}`, 'm', { prompt: `Question ${index} about zebras` }), sampleConversation('m'));
    const backup = await source.exportBackup({ kind: 'none' });
    source.close();
    const read = await storage.readBackup(backup.blob);
    if (!read.ok) throw new Error(read.error.kind);
    await storage.restoreBackup(read.value, 'merge');
    await search.ready();
    expect((await search.search('zebras', 100)).hits).toHaveLength(60);
    expect(await found('basil')).toEqual(['t1']);
  });
});
