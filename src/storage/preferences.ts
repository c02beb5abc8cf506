import * as v from 'valibot';
import type { AdaptationState } from '../core/adaptation-state';
import type { Turn } from '../core/conversation';
import type { PreferencePair } from '../core/preference';
import type { TacitDatabase } from './database';
import { PREFERENCE_SCHEMA } from './row-schemas';
import { guarded } from './storage-error';
import { updateTurn } from './turns';
import { watch, type Unwatch, type Watcher } from './watch';

/** What an adaptation state lacks compared with the log. */
export type PendingPreferences =
  | { readonly kind: 'current' }
  /** The state is a prefix of the log; these come after it, oldest first. */
  | { readonly kind: 'append'; readonly pairs: readonly PreferencePair[] }
  /** An entry inside what was applied was undone, redone, imported or forgotten: start again from the prior with all of these. */
  | { readonly kind: 'refit'; readonly pairs: readonly PreferencePair[] };

/**
 * The preference log, the truth from which every learned state can be replayed. Entries are appended and never edited; undoing
 * one sets `undoneAt`. Every method rejects with StorageFailure; a malformed entry is a defect and throws TypeError.
 */
export class PreferenceRepository {
  constructor(private readonly database: TacitDatabase) {}

  /**
   * Appends one entry and, in the same transaction, changes the turn it judges, so that a crash never leaves a learned pick that still
   * waits to be made. Log order is append order: `createdAt` is moved past the last entry's if the clock went back or stood still.
   * Appending an id a second time changes nothing. Resolves to the entry as stored.
   */
  async append(pair: PreferencePair, changeTurn?: (turn: Turn) => Turn): Promise<PreferencePair> {
    assertPreference(pair);
    const { preferences, turns, decisions } = this.database;
    return guarded(() =>
      this.database.transaction('rw', preferences, turns, decisions, async () => {
        const existing = await preferences.get(pair.id);
        if (existing !== undefined) return existing;
        const last = await preferences.orderBy('[createdAt+id]').last();
        const createdAt = last === undefined ? pair.createdAt : Math.max(pair.createdAt, last.createdAt + 1);
        const stored = { ...pair, createdAt };
        await preferences.add(stored);
        if (changeTurn !== undefined && pair.turnId !== null) await updateTurn(this.database, pair.turnId, changeTurn);
        return stored;
      }),
    );
  }

  /** Adds entries with their own dates, such as imported ones; ids already there are left as they are. Resolves to how many were new. */
  async importMany(pairs: readonly PreferencePair[]): Promise<number> {
    pairs.forEach(assertPreference);
    const { preferences } = this.database;
    return guarded(() =>
      this.database.transaction('rw', preferences, async () => {
        const known = await preferences.bulkGet(pairs.map((pair) => pair.id));
        const fresh = pairs.filter((_pair, index) => known[index] === undefined);
        await preferences.bulkPut(fresh);
        return fresh.length;
      }),
    );
  }

  get(id: string): Promise<PreferencePair | null> {
    return guarded(async () => (await this.database.preferences.get(id)) ?? null);
  }

  /** The whole log, undone entries included, in replay order. */
  list(): Promise<readonly PreferencePair[]> {
    return guarded(() => this.inOrder());
  }

  watchAll(watcher: Watcher<readonly PreferencePair[]>): Unwatch {
    return watch(() => this.inOrder(), watcher);
  }

  /** What counts: the log without undone entries, in replay order. */
  listActive(): Promise<readonly PreferencePair[]> {
    return guarded(async () => (await this.inOrder()).filter(isActive));
  }

  /** Sets `undoneAt`; false when there is no such entry or it was undone before. */
  undo(id: string, at: number): Promise<boolean> {
    return this.setUndone(id, (pair) => (pair.undoneAt === null ? at : undefined));
  }

  /** Takes an undo back; false when there was nothing to take back. */
  redo(id: string): Promise<boolean> {
    return this.setUndone(id, (pair) => (pair.undoneAt === null ? undefined : null));
  }

  /** Undoes (or, with null, redoes) many entries in one transaction. */
  setManyUndone(ids: readonly string[], undoneAt: number | null): Promise<void> {
    const { preferences } = this.database;
    return guarded(() =>
      this.database.transaction('rw', preferences, async () => {
        const pairs = (await preferences.bulkGet([...ids])).filter((pair) => pair !== undefined && (pair.undoneAt === null) !== (undoneAt === null));
        await preferences.bulkPut(pairs.flatMap((pair) => (pair === undefined ? [] : [{ ...pair, undoneAt }])));
      }),
    );
  }

  /** Deletes the whole log and every learned state, on the user's wish to start over. */
  forgetAll(): Promise<void> {
    const { preferences, adaptation } = this.database;
    return guarded(() =>
      this.database.transaction('rw', preferences, adaptation, async () => {
        await preferences.clear();
        await adaptation.clear();
      }),
    );
  }

  private inOrder(): Promise<PreferencePair[]> {
    return this.database.preferences.orderBy('[createdAt+id]').toArray();
  }

  private setUndone(id: string, decide: (pair: PreferencePair) => number | null | undefined): Promise<boolean> {
    const { preferences } = this.database;
    return guarded(() =>
      this.database.transaction('rw', preferences, async () => {
        const pair = await preferences.get(id);
        const undoneAt = pair === undefined ? undefined : decide(pair);
        if (pair === undefined || undoneAt === undefined) return false;
        await preferences.put({ ...pair, undoneAt });
        return true;
      }),
    );
  }
}

/** Compares a state with the log in replay order (undone entries may be in it). Pure. */
export function pendingPreferences(log: readonly PreferencePair[], state: AdaptationState | null): PendingPreferences {
  const active = log.filter(isActive);
  const lastApplied = state?.lastAppliedId ?? null;
  const applied = lastApplied === null ? 0 : active.findIndex((pair) => pair.id === lastApplied) + 1;
  const isPrefix = (lastApplied === null || applied > 0) && applied === (state?.appliedCount ?? 0);
  if (!isPrefix) return { kind: 'refit', pairs: active };
  const later = active.slice(applied);
  return later.length === 0 ? { kind: 'current' } : { kind: 'append', pairs: later };
}

function isActive(pair: PreferencePair): boolean {
  return pair.undoneAt === null;
}

/** A number that is not one would poison every later fit, so it never enters the log. */
function assertPreference(pair: PreferencePair): void {
  const checked = v.safeParse(PREFERENCE_SCHEMA, pair);
  if (checked.success) return;
  const [issue] = checked.issues;
  throw new TypeError(`Preference ${pair.id} is malformed at ${v.getDotPath(issue) ?? 'the top'}: ${issue.message}`);
}
