import { describe, expect, it, vi } from 'vitest';
import type { SearchHit, SearchResult } from '../../search/messages';
import { createSearchSlice } from './search';

const HIT: SearchHit = { conversationId: 'c', title: 'Herbs', turnId: 't', source: 'prompt', snippet: [], at: 1 };

function setUp(search: (query: string) => Promise<SearchResult>) {
  const timers: (() => void)[] = [];
  let ready: () => void = () => undefined;
  const slice = createSearchSlice(
    { search, onReady: (callback) => (ready = callback) },
    {
      after: (_ms, callback) => {
        timers.push(callback);
        return () => timers.splice(timers.indexOf(callback), 1);
      },
    },
  );
  return { slice, pass: () => timers.splice(0).forEach((callback) => callback()), ready: () => ready() };
}

const result = (hits: readonly SearchHit[], done = 1): SearchResult => ({ hits, indexed: { done, total: 1 }, ms: 1 });

describe('searching', () => {
  it('asks once for what was typed last', async () => {
    const search = vi.fn(async () => result([HIT]));
    const { slice, pass } = setUp(search);
    slice.setQuery('ba');
    slice.setQuery('bas');
    pass();
    await vi.waitFor(() => expect(slice.store.getState().hits).toEqual([HIT]));
    expect(search.mock.calls).toEqual([['bas', 60]]);
  });

  it('shows no answer to an older query', async () => {
    let answer: (value: SearchResult) => void = () => undefined;
    const { slice, pass } = setUp(() => new Promise((resolve) => (answer = resolve)));
    slice.setQuery('basil');
    pass();
    slice.setQuery('');
    answer(result([HIT]));
    await Promise.resolve();
    expect(slice.store.getState()).toEqual({ query: '', hits: null, read: 1, problem: null });
  });

  it('asks again when everything was read, and says what went wrong', async () => {
    const search = vi.fn(async () => result([], 0.4)).mockResolvedValueOnce(result([], 0.4)).mockRejectedValueOnce(new Error('closed'));
    const { slice, pass, ready } = setUp(search);
    slice.setQuery('basil');
    pass();
    await vi.waitFor(() => expect(slice.store.getState().read).toBe(0.4));
    ready();
    await vi.waitFor(() => expect(slice.store.getState().problem).toBe('closed'));
  });
});
