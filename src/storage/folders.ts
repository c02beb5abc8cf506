import type { Folder } from '../core/conversation';
import type { TacitDatabase } from './database';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** Folders of conversations. Every method rejects with StorageFailure. */
export class FolderRepository {
  constructor(private readonly database: TacitDatabase) {}

  list(): Promise<readonly Folder[]> {
    return guarded(() => this.database.folders.toArray());
  }

  watchAll(watcher: Watcher<readonly Folder[]>): Unwatch {
    return watch(() => this.database.folders.toArray(), watcher);
  }

  save(folder: Folder): Promise<void> {
    return guarded(async () => {
      await this.database.folders.put(folder);
    });
  }

  /** Changes one folder as it is on disk now. */
  update(id: string, change: (folder: Folder) => Folder): Promise<void> {
    const { folders } = this.database;
    return guarded(() =>
      this.database.transaction('rw', folders, async () => {
        const current = await folders.get(id);
        if (current) await folders.put(change(current));
      }),
    );
  }

  /** Deletes a folder; its conversations stay, in none. */
  remove(id: string): Promise<void> {
    const { folders, conversations } = this.database;
    return guarded(() =>
      this.database.transaction('rw', folders, conversations, async () => {
        await conversations.filter(({ folderId }) => folderId === id).modify({ folderId: null });
        await folders.delete(id);
      }),
    );
  }
}
