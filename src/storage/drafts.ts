import type { TacitDatabase } from './database';
import { isEmptyDraft, type Draft, type StoredAttachment } from './rows';
import { guarded } from './storage-error';

/** What a draft gained and lost since it was last stored. */
export interface DraftFiles {
  readonly added: readonly StoredAttachment[];
  readonly removedIds: readonly string[];
}

const NO_FILES: DraftFiles = { added: [], removedIds: [] };

/** Unsent text and files, one draft per composer. Every method rejects with StorageFailure. */
export class DraftRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<Draft | null> {
    return guarded(async () => (await this.database.drafts.get(id)) ?? null);
  }

  /** Stores the draft together with its new files; an empty one is removed. */
  save(draft: Draft, { added, removedIds }: DraftFiles = NO_FILES): Promise<void> {
    const { drafts, attachments } = this.database;
    return guarded(() =>
      this.database.transaction('rw', drafts, attachments, async () => {
        await attachments.bulkPut([...added]);
        await attachments.bulkDelete([...removedIds]);
        if (isEmptyDraft(draft)) await drafts.delete(draft.id);
        else await drafts.put(draft);
      }),
    );
  }

  remove(id: string): Promise<void> {
    return guarded(() => this.database.drafts.delete(id));
  }
}
