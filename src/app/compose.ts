import { parseFingerprints, type FingerprintTable } from '../core/manifest';
import { WorkerEngine } from '../protocol/client';
import { pagePort } from '../protocol/worker-port';
import { SearchClient, type SearchPort } from '../search/client';
import { TacitStorage } from '../storage/storage';
import type { StorageError } from '../storage/storage-error';
import { t } from './i18n';
import { browserModels, hubFrom } from './local-llm/browser-models';
import { browserAddress, browserClock, browserNetwork, watchForTouch } from './browser';
import type { ModelCard } from '../core/routing';
import { showcase } from './store/showcase';
import { createApp, type App } from './store/app';
import { prepareImage } from './prepare-image';
import { exchangeWorkerPort, exportReader } from './export-reader';
import type { HistorySearcher, Knowledge } from './store/platform';
import { providerGateway } from './provider-gateway';
import { startPwa } from './pwa';
import { browserSignIn } from './sign-in';
import { storageErrorText } from './words/thrown-text';
import { browserSync } from './sync-platform';

/** The one place that builds and wires. Rejects with StorageFailure when the browser gives no storage. */
export async function compose(onStorageLost: (message: string) => void): Promise<App> {
  const modelsUrl = new URL('./models/', document.baseURI).href;
  const touched = watchForTouch();
  const clock = browserClock();
  // Before the router reads the address.
  const signIn = browserSignIn();
  const tell = (error: StorageError) => onStorageLost(storageErrorText(error));
  const storage = await TacitStorage.open({ now: clock.now }, { onBlocked: tell, onClosed: tell });
  const localModels = browserModels(hubFrom(location.search));
  const engine = new WorkerEngine({
    createPort: () => pagePort(new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module', name: 'tacit-engine' })),
    onStatus: (status) => app.engine.noteStatus(status),
  });
  const app = createApp({
    engine,
    loadPlan: { modelsUrl, allowFallbackAdapter: testOverride('software-gpu') },
    storage,
    providers: providerGateway(location.origin, localModels),
    browserModels: localModels,
    knowledge: createKnowledge(modelsUrl),
    exports: exportReader(exchangeWorkerPort),
    sync: browserSync(),
    address: browserAddress(),
    clock,
    prepareImage,
    search: workerSearch(),
    offline: { startPwa: import.meta.env.PROD ? (events) => startPwa('./sw.js', { ...events, mayReload: () => !touched() && events.mayReload() }) : null, network: browserNetwork() },
    signIn,
  });
  return app;
}

/** Starts its worker when someone searches. */
function workerSearch(): HistorySearcher {
  const listeners: (() => void)[] = [];
  const client = new SearchClient(
    () => searchPort(new Worker(new URL('../search/worker.ts', import.meta.url), { type: 'module', name: 'tacit-search' })),
    () => listeners.forEach((listener) => listener()),
  );
  return { search: (query, limit) => client.search(query, limit), onReady: (listener) => listeners.push(listener) };
}

function searchPort(worker: Worker): SearchPort {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    post: (request) => worker.postMessage(request),
    listen: (receive, died) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
      worker.addEventListener('error', (event) => died(event.message || t('The search worker could not be started.')));
    },
    terminate: () => worker.terminate(),
  };
}

/** `?software-gpu` in the address lets browser tests run WebGPU without a GPU. */
function testOverride(name: string): boolean {
  return new URLSearchParams(location.search).has(name);
}

async function currentCards(): Promise<readonly ModelCard[]> {
  const { CATALOGUE, toModelCard } = await import('../content/catalogue');
  return CATALOGUE.filter((entry) => !entry.legacy).map((entry) => toModelCard(entry, { id: entry.id, local: false }));
}

function createKnowledge(modelsUrl: string): Knowledge {
  let table: Promise<FingerprintTable> | null = null;
  return {
    catalogue: currentCards,
    showcase: async () => showcase(await currentCards()),
    descriptionVectors: async () => (await import('../content/description-embeddings')).descriptionEmbedding,
    publicIds: async (providerModelId) => {
      const { matchModel } = await import('../content/catalogue');
      return [providerModelId, ...(matchModel(providerModelId)?.modelIds.replay ?? [])];
    },
    fingerprints: () => {
      table ??= fetchFingerprints(new URL('fingerprints.json', modelsUrl).href);
      // A failed fetch is tried again at the next call.
      table.catch(() => (table = null));
      return table;
    },
  };
}

async function fetchFingerprints(url: string): Promise<FingerprintTable> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const json: unknown = await response.json();
  const parsed = parseFingerprints(json);
  if (!parsed.ok) throw new Error(`The file ${url} cannot be used: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}
