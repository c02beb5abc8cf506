import type { Connection } from '../../core/connection';
import type { Turn } from '../../core/conversation';
import { AXIS_COUNT, EMBEDDING_SIZE } from '../../core/dimensions';
import type { FingerprintTable } from '../../core/manifest';
import { err } from '../../core/result';
import type { ModelCard } from '../../core/routing';
import { unknownCard } from '../../core/routing';
import type { StoredModel } from '../../storage/rows';
import type { TacitStorage } from '../../storage/storage';
import { MemoryRemote } from '../../storage/testing/memory-remote';
import { MemoryProfile } from '../../storage/testing/memory-storage';
import { serveExchange, type ExchangeReply } from '../../exchange/serve';
import { exportReader, type ExchangePort } from '../export-reader';
import { HistorySearch } from '../../search/history-search';
import { providerGateway } from '../provider-gateway';
import { createApp, startApp, type App } from '../store/app';
import type { BrowserModels, Clock, HistorySearcher, SignIn, SignInReturn } from '../store/platform';
import type { AddressBar } from '../store/route';
import type { SyncPlatform } from '../store/sync-storage';
import { FakeEngine } from './fake-engine';
import { FakeLanguageModel } from './fake-language-model';

export interface TestApp {
  readonly app: App;
  readonly engine: FakeEngine;
  readonly languageModel: FakeLanguageModel;
  readonly clock: TestClock;
  readonly storage: TacitStorage;
  /** Every row on disk, by table. */
  readonly rows: MemoryProfile['rows'];
  /** Another tab, or the same after a reload: a new app on the same data. */
  readonly reopen: () => Promise<TestApp>;
}

export interface TestAppPlan {
  /** Connected models, all in Auto's pool; the first two letters are their names. */
  readonly models?: readonly string[];
  readonly catalogue?: readonly ModelCard[];
  readonly engine?: FakeEngine;
  readonly browserModels?: BrowserModels;
  readonly signInReturn?: SignInReturn;
  readonly exchange?: Awaited<ReturnType<SignIn['exchange']>>;
  /** The folder that it may sync with. */
  readonly remote?: MemoryRemote;
  /** Leaves the app unstarted. */
  readonly start?: boolean;
}

let profiles = 0;

/** The whole app on in-memory twins: fake engine, scripted provider, real storage over fake IndexedDB, a clock that only tests move. */
export async function createTestApp(plan: TestAppPlan = {}): Promise<TestApp> {
  const profile = new MemoryProfile();
  // Dexie shares its cache between databases of one name, also of different profiles.
  const name = `tacit-${(profiles += 1)}`;
  const open = () => profile.open({ name });
  const storage = await open();
  if (plan.models) {
    await storage.connections.save(TEST_CONNECTION);
    await storage.models.saveMany(plan.models.map(testModel));
  }
  return build(plan, storage, open, () => profile.rows());
}

async function build(plan: TestAppPlan, storage: TacitStorage, open: () => Promise<TacitStorage>, rows: MemoryProfile['rows']): Promise<TestApp> {
  const engine = plan.engine ?? new FakeEngine();
  const languageModel = new FakeLanguageModel();
  const clock = new TestClock();
  const { describe } = providerGateway('http://localhost:4173', { openBuiltIn: async () => languageModel, openDownloaded: async () => languageModel });
  const app = createApp({
    engine,
    loadPlan: { modelsUrl: 'http://localhost:4173/models/', allowFallbackAdapter: false },
    storage,
    providers: { open: async () => languageModel, lookAround: async () => ({ kind: 'looked', findings: [] }), describe },
    knowledge: { catalogue: async () => plan.catalogue ?? [], showcase: async () => plan.catalogue ?? [], publicIds: async (id) => [id], descriptionVectors: async () => () => null, fingerprints: async () => TEST_FINGERPRINTS },
    exports: exportReader(exchangeInProcess),
    sync: memorySync(plan.remote ?? new MemoryRemote()),
    address: memoryAddress(),
    clock,
    // An image is what its bytes say; the twin draws nothing.
    prepareImage: async (file) => ({ mediaType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }),
    search: storedSearch(storage),
    offline: { startPwa: null, network: { isOnline: () => true, onChange: () => undefined, reload: () => undefined } },
    browserModels: plan.browserModels ?? NO_BROWSER_MODELS,
    signIn: { begin: async () => undefined, takeReturn: () => plan.signInReturn ?? null, exchange: async () => plan.exchange ?? err({ kind: 'offline' }) },
  });
  if (plan.start !== false) await startApp(app);
  return { app, engine, languageModel, clock, storage, rows, reopen: async () => build({ ...plan, start: true }, await open(), open, rows) };
}

/** The newest turn on screen. */
export function lastTurn({ app }: TestApp): Turn {
  const turn = app.chat.store.getState().turns.at(-1);
  if (!turn) throw new Error('There is no turn');
  return turn;
}

/** Until what was begun and is not waited for has been done. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** A browser that has no models and is offered none. */
export const NO_BROWSER_MODELS: BrowserModels = {
  offers: [],
  stateOf: async () => ({ kind: 'absent' }),
  freeBytes: async () => null,
  lookUp: () => Promise.reject(new Error('nothing is offered')),
  download: () => Promise.reject(new Error('nothing is offered')),
  remove: async () => undefined,
  openDownloaded: async () => new FakeLanguageModel(),
  openBuiltIn: async () => new FakeLanguageModel(),
  builtIn: { availability: async () => 'unsupported', prepare: async () => undefined },
};

/** Every address leads to one folder in memory. */
function memorySync(remote: MemoryRemote): SyncPlatform {
  return { canPickFolder: false, deviceName: 'Test', pickFolder: async () => null, mayUse: async () => true, webdav: async () => remote, folder: async () => remote, onFocus: () => undefined };
}

/** The reader of exports without its worker. */
function exchangeInProcess(): ExchangePort {
  const listeners: ((reply: ExchangeReply) => void)[] = [];
  let isOpen = true;
  const handle = serveExchange((reply) => queueMicrotask(() => isOpen && listeners.forEach((listen) => listen(reply))));
  return { post: handle, onReply: (listener) => listeners.push(listener), onCrash: () => undefined, close: () => (isOpen = false) };
}

/** The worker's index without its worker. */
function storedSearch(storage: TacitStorage): HistorySearcher {
  const listeners: (() => void)[] = [];
  const search = new HistorySearch(storage, () => Promise.resolve(), () => listeners.forEach((listener) => listener()), () => 0);
  return { search: (query, limit) => search.search(query, limit), onReady: (listener) => listeners.push(listener) };
}

/** Time stands still until `advance`; frames come with the next microtask. Ids and seeds count up. */
export class TestClock implements Clock {
  private time = Date.UTC(2026, 10, 22, 12);
  private static ids = 0;
  private seeds = 0;
  private timers: { readonly at: number; readonly callback: () => void }[] = [];

  readonly now = (): number => this.time;

  readonly newId = (): string => `id-${String((TestClock.ids += 1)).padStart(6, '0')}`;

  readonly newSeed = (): number => (this.seeds += 1);

  readonly onNextFrame = (callback: () => void): (() => void) => {
    let cancelled = false;
    queueMicrotask(() => cancelled || callback());
    return () => (cancelled = true);
  };

  readonly after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  };

  /** Moves time on and runs the timers that are due. */
  advance(ms: number): void {
    this.time += ms;
    const due = this.timers.filter((timer) => timer.at <= this.time);
    this.timers = this.timers.filter((timer) => timer.at > this.time);
    due.forEach((timer) => timer.callback());
  }
}

function memoryAddress(): AddressBar {
  let hash = '';
  return {
    read: () => hash,
    push: (next) => (hash = next),
    replace: (next) => (hash = next),
    subscribe: () => () => undefined,
  };
}

export const TEST_CONNECTION: Connection = {
  id: 'test',
  kind: 'openai-compatible',
  name: 'Test server',
  baseUrl: 'http://localhost:9999/v1',
  apiKey: '',
  headers: {},
};

export function testCard(name: string): ModelCard {
  return {
    ...unknownCard(`test/${name}`, name),
    provider: 'Test',
    family: name,
    description: `The model ${name}.`,
    contextTokens: 32_000,
    priceInUsdPerMTok: 1,
    priceOutUsdPerMTok: 2,
  };
}

export function testModel(name: string, index = 0): StoredModel {
  return {
    id: `test/${name}`,
    card: testCard(name),
    connectionId: TEST_CONNECTION.id,
    remoteId: name,
    enabled: true,
    fingerprint: null,
    descriptionEmbedding: null,
    addedAt: index,
  };
}

export const TEST_FINGERPRINTS: FingerprintTable = {
  axisConstants: {
    mean: Array.from({ length: AXIS_COUNT }, () => 0),
    sd: Array.from({ length: AXIS_COUNT }, () => 1),
    costP1Usd: 1e-5,
    costP99Usd: 1e-1,
  },
  clusterCentroids: Array.from({ length: 16 }, (_, cluster) => Array.from({ length: EMBEDDING_SIZE }, (__, index) => (index % 16 === cluster ? 0.2 : 0))),
  fingerprints: {},
  tiers: {},
};
