import type { Reach, ReachRequest } from '../protocol/reach';

const LIMIT_MS = 4_000;

/** Asks the service worker, see protocol/reach. Null where there is none, or none that answers. */
export function reachThroughServiceWorker(url: string): Promise<Reach> {
  const controller = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  if (controller === null) return Promise.resolve(null);
  const { port1, port2 } = new MessageChannel();
  const request: ReachRequest = { type: 'REACH', url };
  return new Promise((resolve) => {
    const finish = (answer: Reach) => {
      clearTimeout(timer);
      port1.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(null), LIMIT_MS);
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => finish(typeof data === 'boolean' ? data : null));
    port1.start();
    controller.postMessage(request, [port2]);
  });
}
