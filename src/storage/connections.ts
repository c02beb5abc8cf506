import type { Connection } from '../core/connection';
import type { TacitDatabase } from './database';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** The user's back ends with their keys; they stay in this browser's database. Every method rejects with StorageFailure. */
export class ConnectionRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<Connection | null> {
    return guarded(async () => (await this.database.connections.get(id)) ?? null);
  }

  list(): Promise<readonly Connection[]> {
    return guarded(() => this.database.connections.toArray());
  }

  watchAll(watcher: Watcher<readonly Connection[]>): Unwatch {
    return watch(() => this.database.connections.toArray(), watcher);
  }

  save(connection: Connection): Promise<void> {
    return guarded(async () => {
      await this.database.connections.put(connection);
    });
  }

  /** Removes a connection with its models in one transaction. */
  remove(id: string): Promise<void> {
    const { connections, models } = this.database;
    return guarded(() =>
      this.database.transaction('rw', connections, models, async () => {
        await connections.delete(id);
        await models.where('connectionId').equals(id).delete();
      }),
    );
  }
}
