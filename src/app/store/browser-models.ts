import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BrowserKind, Connection } from '../../core/connection';
import type { ResponseFailure } from '../../core/conversation';
import { mark, phrase, sentences } from '../../core/phrase';
import type { ModelCard } from '../../core/routing';
import { LlmFailure, type ModelPlan } from '../../protocol/local-llm';
import { ProviderFailure } from '../../providers/failure';
import type { StoredModel } from '../../storage/rows';
import { t } from '../i18n';
import { describeLlmError } from '../words/local-llm-words';
import type { BrowserModels, BuiltInAvailability, Clock } from './platform';
import type { PoolSlice } from './pool';

/** Where a model that can be downloaded stands. */
export type DownloadPhase =
  | { readonly kind: 'absent' }
  /** The server is asked for the files and their sizes. */
  | { readonly kind: 'asking' }
  /** Its size is known; nothing is downloaded before the user agrees. */
  | { readonly kind: 'offered'; readonly plan: ModelPlan }
  | { readonly kind: 'partial'; readonly plan: ModelPlan; readonly bytes: number }
  | { readonly kind: 'downloading'; readonly plan: ModelPlan; readonly bytes: number }
  | { readonly kind: 'installed'; readonly plan: ModelPlan };

export interface DownloadableModel {
  readonly phase: DownloadPhase;
  readonly failure: ResponseFailure | null;
}

export interface BuiltInState {
  /** Null until asked. */
  readonly availability: BuiltInAvailability | null;
  /** 0 … 1 while the browser downloads its model for this page; null otherwise. */
  readonly progress: number | null;
  readonly failure: ResponseFailure | null;
}

export interface BrowserModelsState {
  readonly builtIn: BuiltInState;
  /** By the offer's id. */
  readonly models: Readonly<Record<string, DownloadableModel>>;
  /** What the browser would still store; null where it does not tell. */
  readonly freeBytes: number | null;
}

export interface BrowserModelsSlice {
  readonly store: StoreApi<BrowserModelsState>;
  /** Looks what this browser has; no request leaves it. */
  load(): Promise<void>;
  /** Asks the server for the exact size. */
  lookUp(modelId: string): Promise<void>;
  download(modelId: string): Promise<void>;
  /** Stops asking or downloading; what has arrived stays. */
  cancel(modelId: string): void;
  /** Forgets an offer that was only looked at. */
  decline(modelId: string): void;
  remove(modelId: string): Promise<void>;
  addBuiltIn(): Promise<void>;
  cancelBuiltIn(): void;
  removeBuiltIn(): Promise<void>;
}

export interface BrowserModelsParts {
  readonly browserModels: BrowserModels;
  readonly pool: PoolSlice;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether the user wants no GPU to be used. */
  readonly prefersWasm: () => boolean;
}

const ABSENT: DownloadableModel = { phase: { kind: 'absent' }, failure: null };

/** Models that run in this browser. A download goes on while the user is elsewhere in the app. */
export function createBrowserModelsSlice({ browserModels, pool, clock, prefersWasm }: BrowserModelsParts): BrowserModelsSlice {
  const store = createStore<BrowserModelsState>(() => ({ builtIn: { availability: null, progress: null, failure: null }, models: {}, freeBytes: null }));
  const running = new Map<string, AbortController>();
  const phaseOf = (modelId: string) => (store.getState().models[modelId] ?? ABSENT).phase;
  const set = (modelId: string, phase: DownloadPhase, failure: ResponseFailure | null = null) => store.setState(({ models }) => ({ models: { ...models, [modelId]: { phase, failure } } }));
  const setBuiltIn = (part: Partial<BuiltInState>) => store.setState(({ builtIn }) => ({ builtIn: { ...builtIn, ...part } }));

  const refresh = async (modelId: string, failure: ResponseFailure | null = null) => {
    set(modelId, await browserModels.stateOf(modelId), failure);
    store.setState({ freeBytes: await browserModels.freeBytes() });
  };

  const begin = (key: string): AbortSignal => {
    const controller = new AbortController();
    running.set(key, controller);
    return controller.signal;
  };

  const failed = async (modelId: string, thrown: unknown, plan: ModelPlan | null) => {
    const error = thrown instanceof LlmFailure ? thrown.error : ({ kind: 'network', detail: String(thrown) } as const);
    await refresh(modelId, describeLlmError(error, plan, await browserModels.freeBytes()));
  };

  return {
    store,
    load: async () => {
      await Promise.all(browserModels.offers.filter(({ id }) => !running.has(id)).map(({ id }) => refresh(id)));
      if (!running.has(BUILT_IN)) setBuiltIn({ availability: await browserModels.builtIn.availability().catch(() => 'unavailable' as const) });
    },
    lookUp: async (modelId) => {
      const offer = browserModels.offers.find(({ id }) => id === modelId);
      if (!offer || running.has(modelId)) return;
      const signal = begin(modelId);
      set(modelId, { kind: 'asking' });
      try {
        set(modelId, { kind: 'offered', plan: await browserModels.lookUp(offer, prefersWasm(), signal) });
      } catch (thrown) {
        await failed(modelId, thrown, null);
      } finally {
        running.delete(modelId);
      }
    },
    download: async (modelId) => {
      const phase = phaseOf(modelId);
      const offer = browserModels.offers.find(({ id }) => id === modelId);
      if (!offer || running.has(modelId) || (phase.kind !== 'offered' && phase.kind !== 'partial')) return;
      const { plan } = phase;
      const signal = begin(modelId);
      set(modelId, { kind: 'downloading', plan, bytes: phase.kind === 'partial' ? phase.bytes : 0 });
      try {
        await browserModels.download(plan, { signal, onProgress: (bytes) => set(modelId, { kind: 'downloading', plan, bytes }) });
        await putIntoPool(pool, DOWNLOADED, modelId, offer.card, clock.now());
        await refresh(modelId);
      } catch (thrown) {
        await failed(modelId, thrown, plan);
      } finally {
        running.delete(modelId);
      }
    },
    cancel: (modelId) => running.get(modelId)?.abort(),
    decline: (modelId) => set(modelId, { kind: 'absent' }),
    remove: async (modelId) => {
      await browserModels.remove(modelId);
      await takeOutOfPool(pool, DOWNLOADED, modelId);
      await refresh(modelId);
    },
    addBuiltIn: async () => {
      const signal = begin(BUILT_IN);
      setBuiltIn({ progress: 0, failure: null });
      try {
        await browserModels.builtIn.prepare((progress) => setBuiltIn({ progress }), signal);
        await putIntoPool(pool, BUILT_IN, BUILT_IN_MODEL, { ...BUILT_IN_CARD, name: t('Built-in model') }, clock.now());
      } catch (thrown) {
        const detail = thrown instanceof ProviderFailure && 'detail' in thrown.error ? thrown.error.detail : '';
        const needs = phrase('It needs room on disk, memory and, to download, an unmetered connection.');
        const advice = detail === '' ? needs : sentences(needs, phrase('It said: {{detail}}', { detail }));
        if (!signal.aborted) setBuiltIn({ failure: { kind: 'device_failed', message: phrase('The browser could not set up its model.'), advice } });
      } finally {
        running.delete(BUILT_IN);
        setBuiltIn({ progress: null, availability: await browserModels.builtIn.availability().catch(() => 'unavailable' as const) });
      }
    },
    cancelBuiltIn: () => running.get(BUILT_IN)?.abort(),
    removeBuiltIn: () => takeOutOfPool(pool, BUILT_IN, BUILT_IN_MODEL),
  };
}

const DOWNLOADED: BrowserKind = 'downloaded';
const BUILT_IN: BrowserKind = 'built-in';
const BUILT_IN_MODEL = 'model';

const CONNECTION_NAMES: Readonly<Record<BrowserKind, string>> = { downloaded: mark('In this browser'), 'built-in': mark('Built into the browser') };

/** Its name is said in the language in which it is added; the rest is for the router. */
const BUILT_IN_CARD: Omit<ModelCard, 'id' | 'local' | 'name'> = {
  provider: 'The browser',
  family: 'Built-in model',
  description: 'The small language model that comes with the browser: summaries, rewriting, short everyday answers.',
  contextTokens: 8_192,
  priceInUsdPerMTok: 0,
  priceOutUsdPerMTok: 0,
  paramsB: 4,
  released: null,
  tier: 2,
  openWeights: false,
  reasoning: false,
  modalities: ['text'],
  tools: false,
  speed: null,
};

function modelIdOf(kind: BrowserKind, remoteId: string): string {
  return `${kind}/${remoteId}`;
}

/** A model in the browser is routed as any other: local, without a price. What was learned of it before it was removed is gone with it. */
async function putIntoPool(pool: PoolSlice, kind: BrowserKind, remoteId: string, card: Omit<ModelCard, 'id' | 'local'>, now: number): Promise<void> {
  const { connections, models } = pool.store.getState();
  const connection: Connection = { id: kind, kind, name: t(CONNECTION_NAMES[kind]), baseUrl: `browser:${kind}`, apiKey: '', headers: {} };
  if (!connections.some(({ id }) => id === kind)) await pool.saveConnection(connection);
  const id = modelIdOf(kind, remoteId);
  if (models.some((model) => model.id === id)) return;
  const model: StoredModel = { id, card: { ...card, id, local: true }, connectionId: kind, remoteId, enabled: true, fingerprint: null, descriptionEmbedding: null, addedAt: now };
  await pool.saveModels([model]);
}

async function takeOutOfPool(pool: PoolSlice, kind: BrowserKind, remoteId: string): Promise<void> {
  await pool.removeModel(modelIdOf(kind, remoteId));
  if (!pool.store.getState().models.some(({ connectionId }) => connectionId === kind)) await pool.removeConnection(kind);
}
