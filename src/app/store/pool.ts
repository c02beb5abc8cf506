import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Connection } from '../../core/connection';
import type { Candidate, Fingerprint, ModelCard } from '../../core/routing';
import type { ConnectionRepository } from '../../storage/connections';
import type { ModelRepository } from '../../storage/models';
import type { StoredModel } from '../../storage/rows';
import type { EngineSlice } from './engine';
import type { Knowledge } from './platform';

export interface PoolState {
  readonly loaded: boolean;
  readonly connections: readonly Connection[];
  /** Every model of every connection, in Auto's pool or not. */
  readonly models: readonly StoredModel[];
  /** Cards of the public catalogue; empty until fetched. */
  readonly catalogue: readonly ModelCard[];
}

export interface PoolSlice {
  readonly store: StoreApi<PoolState>;
  load(): Promise<void>;
  saveConnection(connection: Connection): Promise<void>;
  /** With its models. */
  removeConnection(connectionId: string): Promise<void>;
  saveModels(models: readonly StoredModel[]): Promise<void>;
  /** What a server lists now; models known before keep what was learned and chosen. */
  replaceModels(connectionId: string, models: readonly StoredModel[]): Promise<void>;
  updateModel(modelId: string, change: (model: StoredModel) => StoredModel): Promise<void>;
  removeModel(modelId: string): Promise<void>;
  /** Whether Auto may choose it. */
  setEnabled(modelId: string, enabled: boolean): Promise<void>;
  setFingerprint(modelId: string, fingerprint: Fingerprint): Promise<void>;
  /** Null when the model is not in the pool or nothing serves it. */
  connected(modelId: string): ConnectedModel | null;
  /** Models that can answer now: connected and switched on for Auto. */
  available(): readonly StoredModel[];
  /**
   * The pool as the router sees it. While nothing can answer it is a showcase of the public catalogue, so that a ranking can still be shown.
   * Encodes descriptions that are new; rejects with EngineFailure.
   */
  candidates(): Promise<readonly Candidate[]>;
  /** Any cards as candidates, for example the authors of quiz answers. */
  candidatesOf(cards: readonly ModelCard[]): Promise<readonly Candidate[]>;
  /** What is known of a model's answers: from this user's own use, which starts from the public measurements. */
  fingerprintOf(modelId: string): Promise<Fingerprint | null>;
  cardOf(modelId: string): ModelCard | null;
  /** Name for display, also of a model that has been removed. */
  nameOf(modelId: string): string;
}

export interface ConnectedModel {
  readonly model: StoredModel;
  readonly connection: Connection;
}

export interface PoolParts {
  readonly models: ModelRepository;
  readonly connections: ConnectionRepository;
  readonly knowledge: Knowledge;
  readonly engine: EngineSlice;
}

interface Entry {
  readonly card: ModelCard;
  /** The provider's own id. */
  readonly remoteId: string;
  readonly fingerprint: Fingerprint | null;
}

export function createPoolSlice({ models, connections, knowledge, engine }: PoolParts): PoolSlice {
  const store = createStore<PoolState>(() => ({ loaded: false, connections: [], models: [], catalogue: [] }));
  const embeddings = new DescriptionEmbeddings(engine, knowledge);

  const refresh = async () => {
    const [connectionList, modelList] = await Promise.all([connections.list(), models.list()]);
    store.setState({ loaded: true, connections: connectionList, models: modelList });
  };

  const changed = async (work: Promise<unknown>) => {
    await work;
    await refresh();
  };

  const connected = (modelId: string): ConnectedModel | null => {
    const state = store.getState();
    const model = state.models.find((candidate) => candidate.id === modelId);
    const connection = state.connections.find((candidate) => candidate.id === model?.connectionId);
    return model && connection ? { model, connection } : null;
  };

  const available = () => store.getState().models.filter((model) => model.enabled && connected(model.id) !== null);

  const cardOf = (modelId: string) => {
    const state = store.getState();
    return state.models.find((model) => model.id === modelId)?.card ?? state.catalogue.find((card) => card.id === modelId) ?? null;
  };

  const toCandidates = async (entries: readonly Entry[]): Promise<readonly Candidate[]> => {
    embeddings.remember(store.getState().models);
    const fresh = await embeddings.encode(entries.map((entry) => entry.card.description));
    const stale = store.getState().models.filter((model) => fresh.has(model.card.description));
    if (stale.length > 0) await models.saveMany(stale.map((model) => ({ ...model, descriptionEmbedding: embeddings.stored(model.card.description) })));
    const candidates = entries.map(async (entry): Promise<readonly Candidate[]> => {
      const descriptionEmbedding = embeddings.get(entry.card.description);
      if (!descriptionEmbedding) return [];
      const known = await publicFacts(entry.remoteId);
      return [{ card: { ...entry.card, tier: known.tier ?? entry.card.tier }, descriptionEmbedding, fingerprint: entry.fingerprint ?? known.fingerprint }];
    });
    return (await Promise.all(candidates)).flat();
  };

  /** What is publicly measured of a model. */
  const publicFacts = async (remoteId: string) => {
    const [table, ids] = await Promise.all([knowledge.fingerprints(), knowledge.publicIds(remoteId)]);
    const first = <Value>(facts: Readonly<Record<string, Value>>) => ids.map((id) => facts[id]).find((fact) => fact !== undefined) ?? null;
    return { fingerprint: first(table.fingerprints), tier: first(table.tiers) };
  };

  const toEntry = (card: ModelCard): Entry => ({ card, remoteId: card.id, fingerprint: null });

  return {
    store,
    connected,
    available,
    cardOf,
    load: async () => {
      await refresh();
      models.watchAll({ onValue: (list) => store.setState({ models: list }) });
      connections.watchAll({ onValue: (list) => store.setState({ connections: list }) });
      // Nothing waits for the catalogue: it names models and stands in for an empty pool, and whoever needs it asks again.
      knowledge.catalogue().then(
        (catalogue) => store.setState({ catalogue }),
        (thrown: unknown) => console.warn('The catalogue could not be loaded', thrown),
      );
    },
    saveConnection: (connection) => changed(connections.save(connection)),
    removeConnection: (connectionId) => changed(connections.remove(connectionId)),
    saveModels: (list) => changed(models.saveMany(list)),
    replaceModels: (connectionId, list) => changed(models.replaceOfConnection(connectionId, list)),
    updateModel: (modelId, change) => changed(models.update(modelId, change)),
    removeModel: (modelId) => changed(models.remove(modelId)),
    setEnabled: (modelId, enabled) => changed(models.update(modelId, (model) => ({ ...model, enabled }))),
    setFingerprint: (modelId, fingerprint) => changed(models.update(modelId, (model) => ({ ...model, fingerprint }))),
    fingerprintOf: async (modelId) => {
      const model = store.getState().models.find((candidate) => candidate.id === modelId);
      return model?.fingerprint ?? (await publicFacts(model?.remoteId ?? modelId)).fingerprint;
    },
    candidates: async () => {
      const pool = available();
      return toCandidates(pool.length > 0 ? pool : (await knowledge.showcase()).map(toEntry));
    },
    candidatesOf: (cards) => toCandidates(cards.map(toEntry)),
    nameOf: (modelId) => cardOf(modelId)?.name ?? modelId.slice(modelId.lastIndexOf('/') + 1),
  };
}

/** Descriptions encoded in one call: few, so that a prompt or a pick need not wait behind a whole catalogue in the engine's queue. */
const ENCODE_BATCH = 4;

/** Each description is encoded once per encoder: the engine's vectors are kept here and, with the pool's models, on disk. */
class DescriptionEmbeddings {
  private readonly vectors = new Map<string, Float32Array>();
  private encoderId = '';

  constructor(
    private readonly engine: EngineSlice,
    private readonly knowledge: Pick<Knowledge, 'descriptionVectors'>,
  ) {}

  get(text: string): Float32Array | undefined {
    return this.vectors.get(text);
  }

  stored(text: string): StoredModel['descriptionEmbedding'] {
    const vector = this.vectors.get(text);
    return vector && this.encoderId !== '' ? { text, encoderId: this.encoderId, vector } : null;
  }

  remember(models: readonly StoredModel[]): void {
    this.checkEncoder();
    for (const { descriptionEmbedding } of models) {
      if (descriptionEmbedding && descriptionEmbedding.encoderId === this.encoderId) this.vectors.set(descriptionEmbedding.text, descriptionEmbedding.vector);
    }
  }

  /** Resolves with the texts that were new. */
  async encode(texts: readonly string[]): Promise<ReadonlySet<string>> {
    const known = await this.knowledge.descriptionVectors();
    const missing = [...new Set(texts)].filter((text) => !this.take(text, known));
    for (let start = 0; start < missing.length; start += ENCODE_BATCH) await this.encodeBatch(missing.slice(start, start + ENCODE_BATCH));
    return new Set(missing);
  }

  /** From memory or from what came with the app; false when the text has to be encoded. */
  private take(text: string, known: (description: string) => Float32Array | null): boolean {
    if (this.vectors.has(text)) return true;
    const vector = known(text);
    if (vector) this.vectors.set(text, vector);
    return vector !== null;
  }

  private async encodeBatch(texts: readonly string[]): Promise<void> {
    const vectors = await this.engine.engine.call('encode', { texts });
    texts.forEach((text, index) => {
      const vector = vectors[index];
      if (vector) this.vectors.set(text, vector);
    });
  }

  /** Another device may run another quantisation of the encoder; its vectors are not mixed. */
  private checkEncoder(): void {
    const phase = this.engine.store.getState().phase;
    if (phase.kind !== 'ready' || phase.status.encoderFile === this.encoderId) return;
    this.vectors.clear();
    this.encoderId = phase.status.encoderFile;
  }
}
