import { TacitStorage } from '../storage/storage';
import { HistorySearch } from './history-search';
import { isSearchRequest, type SearchReply, type SearchRequest } from './messages';

/** The search's worker: wiring only. It reads the same database as the page and writes nothing. */
const opening = TacitStorage.open({ now: () => Date.now() }).then(
  (storage) => new HistorySearch(storage, nextTask, () => reply({ kind: 'ready' }), () => performance.now()),
);

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (isSearchRequest(event.data)) void answer(event.data);
});

async function answer({ id, query, limit }: SearchRequest): Promise<void> {
  try {
    reply({ kind: 'found', id, result: await (await opening).search(query, limit) });
  } catch (thrown) {
    reply({ kind: 'failed', id, detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function reply(message: SearchReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  self.postMessage(message);
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
