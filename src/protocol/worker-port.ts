import { phrase } from '../core/phrase';
import type { PagePort, WorkerPort } from './messages';
import { isPageMessage, isWorkerMessage } from './messages';

/** What a `Worker` and a worker's own global scope have in common. */
interface MessageTarget {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The page's side of a real dedicated worker. A script error, a crash and an unreadable message all count as its death. */
export function pagePort(worker: Worker): PagePort {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    post: (message) => worker.postMessage(message),
    listen(receive, died) {
      worker.addEventListener('message', (event: { readonly data: unknown }) => {
        if (isWorkerMessage(event.data)) receive(event.data);
        else died(phrase('It sent a message that this page does not understand.'));
      });
      worker.addEventListener('messageerror', () => died(phrase('It sent a message that could not be read.')));
      worker.addEventListener('error', (event) => died(event.message || phrase('Its script could not be loaded or threw an error.')));
    },
    terminate: () => worker.terminate(),
  };
}

/** The worker's side; `scope` is its `self`. */
export function workerPort(scope: MessageTarget): WorkerPort {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page that made the worker is the only listener
    post: (message) => scope.postMessage(message),
    listen(receive) {
      scope.addEventListener('message', (event) => {
        if (isPageMessage(event.data)) receive(event.data);
      });
    },
  };
}
