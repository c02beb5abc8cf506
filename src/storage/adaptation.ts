import type { AdaptationState } from '../core/adaptation-state';
import { err, ok, type Result } from '../core/result';
import type { TacitDatabase } from './database';
import { guarded } from './storage-error';
import { watch, type Unwatch, type Watcher } from './watch';

/** The state on disk is not the one this update was computed from; compute it again from `current`. */
export interface StaleAdaptation {
  readonly kind: 'stale';
  readonly current: AdaptationState | null;
}

/** One learned state for each router artifact. Every method rejects with StorageFailure. */
export class AdaptationRepository {
  constructor(private readonly database: TacitDatabase) {}

  get(artifactVersion: string): Promise<AdaptationState | null> {
    return guarded(() => this.read(artifactVersion));
  }

  watchOne(artifactVersion: string, watcher: Watcher<AdaptationState | null>): Unwatch {
    return watch(() => this.read(artifactVersion), watcher);
  }

  /**
   * Stores `next` if the state on disk is still the one it was computed from (`basedOn`, null when there was none). Compare and
   * store are one transaction: of two tabs that learned at once, the second is told to compute again.
   */
  save(next: AdaptationState, basedOn: AdaptationState | null): Promise<Result<AdaptationState, StaleAdaptation>> {
    const { adaptation } = this.database;
    return guarded(() =>
      this.database.transaction('rw', adaptation, async () => {
        const current = await this.read(next.artifactVersion);
        if (!isSameStep(current, basedOn)) return err({ kind: 'stale' as const, current });
        await adaptation.put(next);
        return ok(next);
      }),
    );
  }

  /** Stores a state fitted from the whole log, whatever was there (after an undo, an import, a reset). */
  replace(next: AdaptationState): Promise<void> {
    return guarded(async () => {
      await this.database.adaptation.put(next);
    });
  }

  clear(): Promise<void> {
    return guarded(() => this.database.adaptation.clear());
  }

  private async read(artifactVersion: string): Promise<AdaptationState | null> {
    return (await this.database.adaptation.get(artifactVersion)) ?? null;
  }
}

function isSameStep(current: AdaptationState | null, basedOn: AdaptationState | null): boolean {
  return current?.lastAppliedId === basedOn?.lastAppliedId && current?.appliedCount === basedOn?.appliedCount;
}
