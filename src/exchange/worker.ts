import { serveExchange, type ExchangeRequest } from './serve';

/** Reads other apps' exports off the main thread. Wiring only. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page that made the worker is the only listener
const handle = serveExchange((reply) => self.postMessage(reply));
self.addEventListener('message', ({ data }: MessageEvent<ExchangeRequest>) => handle(data));
