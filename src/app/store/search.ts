import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SearchHit } from '../../search/messages';
import { thrownText } from '../words/thrown-text';
import type { Clock, HistorySearcher } from './platform';

export interface SearchState {
  readonly query: string;
  /** Of the newest query that was answered; null before the first. */
  readonly hits: readonly SearchHit[] | null;
  /** 0 … 1: how much of the history has been read; 1 when all of it. */
  readonly read: number;
  readonly problem: string | null;
}

export interface SearchSlice {
  readonly store: StoreApi<SearchState>;
  /** Searches a moment after the last change; '' ends the search. */
  setQuery(query: string): void;
}

const PAUSE_MS = 90;
const MOST_HITS = 60;

export function createSearchSlice(searcher: HistorySearcher, clock: Pick<Clock, 'after'>): SearchSlice {
  const store = createStore<SearchState>(() => ({ query: '', hits: null, read: 1, problem: null }));
  let cancel: () => void = () => undefined;

  const run = async () => {
    const { query } = store.getState();
    if (query.trim() === '') return;
    try {
      const { hits, indexed } = await searcher.search(query, MOST_HITS);
      if (store.getState().query !== query) return;
      store.setState({ hits, read: indexed.total === 0 ? 1 : indexed.done / indexed.total, problem: null });
    } catch (thrown) {
      if (store.getState().query === query) store.setState({ problem: thrownText(thrown) });
    }
  };

  searcher.onReady(() => void run());
  return {
    store,
    setQuery: (query) => {
      cancel();
      store.setState(query.trim() === '' ? { query, hits: null, read: 1, problem: null } : { query });
      cancel = clock.after(PAUSE_MS, () => void run());
    },
  };
}
