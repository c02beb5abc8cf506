import { isPageMessage, isWorkerMessage } from './messages';
import type { PageMessage, PagePort, WorkerMessage } from './messages';
import { serve } from './serve';
import type { EngineHandlers } from './serve';

/** Nobody listens yet. */
const ignore = (): void => undefined;

/**
 * A worker's twin without a thread, for tests and Node: the same `serve`, the same structured clone of every message and the
 * same order of delivery (one microtask a hop). `terminate` drops whatever is still on its way.
 */
export function inProcessPort(handlers: EngineHandlers): PagePort {
  let open = true;
  let toPage: (message: WorkerMessage) => void = ignore;
  let toWorker: (message: PageMessage) => void = ignore;

  const deliver = (message: unknown): void => {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (!open) return;
      if (isWorkerMessage(copy)) toPage(copy);
      else if (isPageMessage(copy)) toWorker(copy);
    });
  };
  serve({ post: (message) => deliver(message), listen: (receive) => (toWorker = receive) }, handlers);
  return {
    post: (message) => deliver(message),
    listen: (receive) => (toPage = receive),
    terminate: () => (open = false),
  };
}
