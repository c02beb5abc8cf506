import type { TacitDatabase } from './database';
import type { StoredAttachment } from './rows';
import { guarded } from './storage-error';

/** The bytes of attachments. They come with a draft, pass to its conversation when it is sent, and go with that. Rejects with StorageFailure. */
export class AttachmentRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<StoredAttachment | null> {
    return guarded(async () => (await this.database.attachments.get(id)) ?? null);
  }

  /** Those that are there, by id. */
  getMany(ids: readonly string[]): Promise<ReadonlyMap<string, StoredAttachment>> {
    return guarded(async () => {
      const found = (await this.database.attachments.bulkGet([...ids])).filter((row) => row !== undefined);
      return new Map(found.map((row) => [row.id, row]));
    });
  }
}
