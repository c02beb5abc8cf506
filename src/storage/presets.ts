import type { Preset } from '../core/conversation';
import type { TacitDatabase } from './database';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** Named ways to set up a chat, by name. Every method rejects with StorageFailure. */
export class PresetRepository {
  constructor(private readonly database: TacitDatabase) {}

  list(): Promise<readonly Preset[]> {
    return guarded(() => this.byName());
  }

  watchAll(watcher: Watcher<readonly Preset[]>): Unwatch {
    return watch(() => this.byName(), watcher);
  }

  save(preset: Preset): Promise<void> {
    return guarded(async () => {
      await this.database.presets.put(preset);
    });
  }

  /** Chats made from it keep what it said. */
  remove(id: string): Promise<void> {
    return guarded(() => this.database.presets.delete(id));
  }

  private async byName(): Promise<readonly Preset[]> {
    return (await this.database.presets.toArray()).toSorted((left, right) => left.name.localeCompare(right.name));
  }
}
