import type { TacitDatabase } from './database';
import type { Draft } from './rows';
import { guarded } from './storage-error';

/** Unsent text, one draft per composer. Every method rejects with StorageFailure. */
export class DraftRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(id: string): Promise<Draft | null> {
    return guarded(async () => (await this.database.drafts.get(id)) ?? null);
  }

  /** Stores the text; an empty one removes the draft. */
  save(draft: Draft): Promise<void> {
    if (draft.text === '') return this.remove(draft.id);
    return guarded(async () => {
      await this.database.drafts.put(draft);
    });
  }

  remove(id: string): Promise<void> {
    return guarded(() => this.database.drafts.delete(id));
  }
}
