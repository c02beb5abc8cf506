import { Dexie, RangeSet, type ObservabilitySet } from 'dexie';
import type { TacitDatabase } from './database';
import type { TableName } from './rows';
import type { Unwatch } from './watch';

/** Which rows of a table changed. */
export interface TableChange {
  /** Primary keys of rows that were added, changed or deleted. */
  readonly keys: readonly string[];
  /** More rows changed than are named, for instance because the table was cleared. */
  readonly many: boolean;
}

/**
 * Follows a table by the keys of what changed, in this tab, another one or a worker, so that a long table need not be read again
 * (https://dexie.org/docs/Dexie/Dexie.on.storagemutated).
 */
export function watchChanges(database: TacitDatabase, table: TableName, onChange: (change: TableChange) => void): Unwatch {
  const listen = (parts: ObservabilitySet) => {
    const change = changeOf(parts, database.name, table);
    if (change.many || change.keys.length > 0) onChange(change);
  };
  Dexie.on.storagemutated.subscribe(listen);
  return () => Dexie.on.storagemutated.unsubscribe(listen);
}

function changeOf(parts: ObservabilitySet, databaseName: string, table: TableName): TableChange {
  const keys = new Set<string>();
  let many = Object.hasOwn(parts, 'all');
  // Updates and deletions are told apart by Dexie; who follows a table has to look anyway.
  for (const kind of ['', ':dels']) {
    const changed = parts[`idb://${databaseName}/${table}/${kind}`];
    if (changed === undefined) continue;
    for (const { from, to } of rangesOf(changed)) {
      if (typeof from === 'string' && from === to) keys.add(from);
      else many = true;
    }
  }
  return { keys: [...keys], many };
}

/** From another tab the set comes without its methods. */
function* rangesOf(changed: NonNullable<ObservabilitySet[string]>): Generator<{ readonly from: unknown; readonly to: unknown }> {
  for (const range of RangeSet(changed)) yield range;
}
