import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { isOfflineRequest, SKIP_WAITING, type OfflineReply, type OfflineRequest } from '../protocol/offline';
import { isReachRequest } from '../protocol/reach';
import { ArtifactCache } from './artifact-cache';
import { findArtifact, splitManifest } from './artifacts';
import { withIsolationHeaders } from './isolation';
import { reach } from './reach';

/** Wiring only: shell from precache, large files from a cache of their own, isolation headers on both, updates when told to. */
declare const self: ServiceWorkerGlobalScope;

const ARTIFACT_CACHE = 'tacit-artifacts';

// oxlint-disable-next-line no-underscore-dangle -- the name that workbox-build looks for
const { shell, artifacts } = splitManifest(self.__WB_MANIFEST, self.location.href);
const cache = new ArtifactCache(
  artifacts,
  self.location.href,
  () => caches.open(ARTIFACT_CACHE),
  (request) => fetch(request),
);

addPlugins([{ handlerWillRespond: async ({ response }) => withIsolationHeaders(response) }]);
precacheAndRoute([...shell]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: [/\/models\//, /\.[a-z\d]{2,5}$/i] }));

registerRoute(
  ({ url, request }) => request.method === 'GET' && findArtifact(artifacts, url.href) !== null,
  async ({ request, url }) => {
    const artifact = findArtifact(artifacts, url.href);
    return withIsolationHeaders(artifact === null ? await fetch(request) : await cache.respond(artifact, request));
  },
);

self.addEventListener('install', (event) => event.waitUntil(cache.carryOver().catch(() => undefined)));

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([cache.removeOutdated(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const data: unknown = event.data;
  if (isSkipWaiting(data)) event.waitUntil(self.skipWaiting());
  const port = event.ports[0];
  if (port !== undefined && isOfflineRequest(data)) event.waitUntil(answer(data, port));
  if (port !== undefined && isReachRequest(data)) event.waitUntil(reach(data.url, self.crossOriginIsolated, (input, init) => fetch(input, init)).then((reached) => port.postMessage(reached)));
});

async function answer(request: OfflineRequest, port: MessagePort): Promise<void> {
  const reply = (message: OfflineReply): void => port.postMessage(message);
  const onProgress = (done: number, total: number): void => reply({ type: 'PROGRESS', done, total });
  const result = request.type === 'WARM' ? await cache.warm(request.files, onProgress) : await cache.status(request.files);
  reply({ type: 'RESULT', result });
}

function isSkipWaiting(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === SKIP_WAITING;
}
