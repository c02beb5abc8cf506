import type { Connection } from '../../core/connection';
import type { ResponseFailure } from '../../core/conversation';
import type { FingerprintTable } from '../../core/manifest';
import type { ModelCard } from '../../core/routing';
import type { Engine } from '../../protocol/messages';
import type { LanguageModel } from '../../providers/language-model';
import type { AdaptationRepository } from '../../storage/adaptation';
import type { ConnectionRepository } from '../../storage/connections';
import type { ConversationRepository } from '../../storage/conversations';
import type { TacitDatabase } from '../../storage/database';
import type { DraftRepository } from '../../storage/drafts';
import type { Locks } from '../../storage/locks';
import type { ModelRepository } from '../../storage/models';
import type { PreferenceRepository } from '../../storage/preferences';
import type { SettingRepository } from '../../storage/settings';
import type { TurnRepository } from '../../storage/turns';
import type { EngineLoadPlan } from './engine';
import type { OfflineParts } from './offline';
import type { AddressBar } from './route';

/**
 * What the app asks of the world outside it. compose.ts builds the real one; tests build one in memory.
 * Slices and use cases get their parts of it as arguments and import nothing that touches the browser.
 */
export interface Platform {
  readonly engine: Engine;
  readonly loadPlan: EngineLoadPlan;
  readonly storage: AppStorage;
  readonly providers: ProviderGateway;
  readonly knowledge: Knowledge;
  readonly address: AddressBar;
  readonly clock: Clock;
  readonly offline: OfflineParts;
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
  /** What went wrong and what to do about it, in words for a person. Null when it was only stopped by the user. */
  describe(thrown: unknown, connection: Connection): Promise<ResponseFailure | null>;
}

/** Static knowledge, fetched when it is first needed. */
export interface Knowledge {
  /** Models that people use today; the pool while nothing is connected. */
  catalogue(): Promise<readonly ModelCard[]>;
  /** Names under which the public fingerprints may know a provider's model, the most exact first. */
  publicIds(providerModelId: string): Promise<readonly string[]>;
  /** Axis constants, prompt clusters and public fingerprints, from the exported model's folder. */
  fingerprints(): Promise<FingerprintTable>;
}

/** The repositories of src/storage over one open database. Every method rejects with StorageFailure. */
export interface AppStorage {
  readonly database: TacitDatabase;
  readonly conversations: ConversationRepository;
  readonly turns: TurnRepository;
  readonly preferences: PreferenceRepository;
  readonly adaptation: AdaptationRepository;
  readonly models: ModelRepository;
  readonly connections: ConnectionRepository;
  readonly settings: SettingRepository;
  readonly drafts: DraftRepository;
  readonly locks: Locks;
}
