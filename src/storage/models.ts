import type { ModelCard } from '../core/routing';
import type { TacitDatabase } from './database';
import type { StoredModel } from './rows';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** The user's pool of models, by `addedAt`, then name. Every method rejects with StorageFailure. */
export class ModelRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<StoredModel | null> {
    return guarded(async () => (await this.database.models.get(id)) ?? null);
  }

  list(): Promise<readonly StoredModel[]> {
    return guarded(() => this.read());
  }

  watchAll(watcher: Watcher<readonly StoredModel[]>): Unwatch {
    return watch(() => this.read(), watcher);
  }

  save(model: StoredModel): Promise<void> {
    return this.saveMany([model]);
  }

  saveMany(models: readonly StoredModel[]): Promise<void> {
    return guarded(async () => {
      await this.database.models.bulkPut(models.map(dropStaleEmbedding));
    });
  }

  /**
   * Sets the models of one connection to what its server lists now, in one transaction. Known ones keep what was learned and chosen
   * (fingerprint, on/off, embedding, date added) and take the new card; unlisted ones are removed.
   */
  replaceOfConnection(connectionId: string, listed: readonly StoredModel[]): Promise<void> {
    const { models } = this.database;
    return guarded(() =>
      this.database.transaction('rw', models, async () => {
        const known = await models.where('connectionId').equals(connectionId).toArray();
        const knownById = new Map(known.map((model) => [model.id, model]));
        const listedIds = new Set(listed.map((model) => model.id));
        await models.bulkDelete(known.map((model) => model.id).filter((id) => !listedIds.has(id)));
        await models.bulkPut(listed.map((model) => dropStaleEmbedding(keepLearned(model, knownById.get(model.id)))));
      }),
    );
  }

  /** Changes one model as it is on disk now; null when it is gone. */
  update(id: string, change: (model: StoredModel) => StoredModel): Promise<StoredModel | null> {
    const { models } = this.database;
    return guarded(() =>
      this.database.transaction('rw', models, async () => {
        const current = await models.get(id);
        if (current === undefined) return null;
        const next = dropStaleEmbedding(change(current));
        await models.put(next);
        return next;
      }),
    );
  }

  updateCard(id: string, card: ModelCard): Promise<StoredModel | null> {
    return this.update(id, (model) => ({ ...model, card: { ...card, id } }));
  }

  remove(id: string): Promise<void> {
    return guarded(() => this.database.models.delete(id));
  }

  private async read(): Promise<readonly StoredModel[]> {
    const models = await this.database.models.toArray();
    return models.toSorted((left, right) => left.addedAt - right.addedAt || left.card.name.localeCompare(right.card.name));
  }
}

function keepLearned(listed: StoredModel, known: StoredModel | undefined): StoredModel {
  if (known === undefined) return listed;
  const { enabled, addedAt } = known;
  return {
    ...listed,
    enabled,
    addedAt,
    fingerprint: known.fingerprint ?? listed.fingerprint,
    descriptionEmbedding: known.descriptionEmbedding ?? listed.descriptionEmbedding,
  };
}

/** An embedding of another text than the card's description would mislead the router. */
function dropStaleEmbedding(model: StoredModel): StoredModel {
  const { descriptionEmbedding } = model;
  if (descriptionEmbedding === null || descriptionEmbedding.text === model.card.description) return model;
  return { ...model, descriptionEmbedding: null };
}
