import type { Connection } from '../../core/connection';
import type { ResponseFailure } from '../../core/conversation';
import type { Result } from '../../core/result';
import type { FingerprintTable } from '../../core/manifest';
import type { ModelCard } from '../../core/routing';
import type { Engine } from '../../protocol/messages';
import type { LanguageModel, ProviderError } from '../../providers/language-model';
import type { Discovery } from '../../providers/local-discovery';
import type { CodeExchange } from '../../providers/openrouter-sign-in';
import type { SearchResult } from '../../search/messages';
import type { TacitStorage } from '../../storage/storage';
import type { ModelPlan } from '../../protocol/local-llm';
import type { LocalState } from '../local-llm/files';
import type { ModelOffer } from '../local-llm/offers';
import type { Availability } from '../../providers/built-in';
import type { EngineLoadPlan } from './engine';
import type { ExportReader } from '../export-reader';
import type { OfflineParts } from './offline';
import type { AddressBar } from './route';
import type { SyncPlatform } from './sync-storage';

/**
 * What the app asks of the world outside it. compose.ts builds the real one; tests build one in memory.
 * Slices and use cases get their parts of it as arguments and import nothing that touches the browser.
 */
export interface Platform {
  readonly engine: Engine;
  readonly loadPlan: EngineLoadPlan;
  readonly storage: TacitStorage;
  readonly providers: ProviderGateway;
  readonly knowledge: Knowledge;
  readonly exports: ExportReader;
  readonly sync: SyncPlatform;
  readonly address: AddressBar;
  readonly clock: Clock;
  /** An image made ready to be sent to any model. Rejects when it cannot be read. */
  readonly prepareImage: (file: Blob) => Promise<PreparedImage>;
  readonly search: HistorySearcher;
  readonly offline: OfflineParts;
  readonly signIn: SignIn;
  readonly browserModels: BrowserModels;
}

export interface PreparedImage {
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Where words are looked up in all chats; the real one is a worker. */
export interface HistorySearcher {
  /** Rejects when what is stored cannot be read. */
  search(query: string, limit: number): Promise<SearchResult>;
  /** Calls back when the index has become complete. */
  onReady(callback: () => void): void;
}

/** Time, identity and chance. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Unique, and sorts by time of creation. */
  readonly newId: () => string;
  /** A fresh 32-bit seed; recorded with whatever it decided. */
  readonly newSeed: () => number;
  /** Calls back before the next paint; returns a cancel. */
  readonly onNextFrame: (callback: () => void) => () => void;
  /** Calls back after `ms`; returns a cancel. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** Loads the provider code when it is first needed. */
export interface ProviderGateway {
  open(connection: Connection): Promise<LanguageModel>;
  /** Programs that run models on this machine, at their usual ports. Only on the user's word: the browser may ask for permission. */
  lookAround(signal: AbortSignal): Promise<Discovery>;
  /** What went wrong and what to do about it, in words for a person. Null when it was only stopped by the user. */
  describe(thrown: unknown, connection: Connection): Promise<ResponseFailure | null>;
}

export type BuiltInAvailability = Availability | 'unsupported';

/** Models that run in this browser. All but `prepare` throw LlmFailure for what may be expected to fail; `prepare` throws ProviderFailure. */
export interface BrowserModels {
  readonly offers: readonly ModelOffer[];
  /** No request leaves the browser. */
  stateOf(modelId: string): Promise<LocalState>;
  freeBytes(): Promise<number | null>;
  /** Asks the server which files there are and how large. */
  lookUp(offer: ModelOffer, preferWasm: boolean, signal: AbortSignal): Promise<ModelPlan>;
  /** Goes on where an earlier attempt was broken off. */
  download(plan: ModelPlan, options: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void }): Promise<void>;
  remove(modelId: string): Promise<void>;
  openDownloaded(): Promise<LanguageModel>;
  openBuiltIn(): Promise<LanguageModel>;
  readonly builtIn: {
    availability(): Promise<BuiltInAvailability>;
    /** Has the browser download its model. Needs a click of the user's. */
    prepare(onProgress: (fraction: number) => void, signal: AbortSignal): Promise<void>;
  };
}

/** Sign-in with OpenRouter: the page is left and loaded again in between. */
export interface SignIn {
  /** Leaves for OpenRouter. */
  begin(): Promise<void>;
  /** How the user came back, once; null when this load has nothing to do with a sign-in. */
  takeReturn(): SignInReturn | null;
  exchange(exchange: CodeExchange): Promise<Result<string, ProviderError>>;
}

export type SignInReturn =
  | { readonly kind: 'code'; readonly exchange: CodeExchange }
  /** The user declined, or OpenRouter did. */
  | { readonly kind: 'refused' }
  /** A code that this tab did not ask for, or asked for long ago. */
  | { readonly kind: 'unknown' };

/** Static knowledge, fetched when it is first needed. */
export interface Knowledge {
  /** A varied few of the catalogue: what is ranked while nothing is connected. */
  showcase(): Promise<readonly ModelCard[]>;
  /** Models that people use today. */
  catalogue(): Promise<readonly ModelCard[]>;
  /** `[384]` vectors of catalogue descriptions that came with the app; null for any other text. */
  descriptionVectors(): Promise<(description: string) => Float32Array | null>;
  /** Names under which the public fingerprints may know a provider's model, the most exact first. */
  publicIds(providerModelId: string): Promise<readonly string[]>;
  /** Axis constants, prompt clusters and public fingerprints, from the exported model's folder. */
  fingerprints(): Promise<FingerprintTable>;
}
