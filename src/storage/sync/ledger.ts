import type { TacitDatabase } from '../database';
import { turnsOf } from '../turns';
import { mergeRows } from './merge';
import { SYNC_TABLES, type SyncMark, type SyncRecord, type SyncRow, type SyncTableName } from './records';
import { hashOf, keysOf, readRows, writeRow, type LocalRow } from './sync-tables';
import { historyAfter, isLater, orderOf, versionName, type Version } from './versions';

/** Rows looked at in one transaction: others get their turn in between. */
const CHUNK_ROWS = 200;

/** Makes the versions of this device. */
export interface Stamp {
  (history: readonly string[]): Version;
  /** A clock that somebody else has seen: ours goes on from there. */
  observe(clock: number): void;
}

/** Clocks follow the wall and never go back. */
export function createStamp(device: string, last: number, now: () => number): Stamp & { readonly last: () => number } {
  let clock = last;
  const stamp = (history: readonly string[]): Version => {
    clock = Math.max(now(), clock + 1);
    return { clock, device, history };
  };
  return Object.assign(stamp, { observe: (seen: number) => (clock = Math.max(clock, seen)), last: () => clock });
}

/** Keys of connections travel only when the user wants them to. */
export function tablesFor(withKeys: boolean): readonly SyncTableName[] {
  return SYNC_TABLES.filter((table) => withKeys || table !== 'connectionKeys');
}

/**
 * Notices what was changed here since the last time, by comparing each row with the hash it had then: a changed row gets a new version of this device,
 * a missing one a tombstone. Nothing in the app has to remember to tell.
 */
export async function scan(database: TacitDatabase, tables: readonly SyncTableName[], stamp: Stamp, signal: AbortSignal): Promise<void> {
  for (const table of tables) {
    const marked = await database.syncMarks.where('table').equals(table).toArray();
    const keys = new Set([...(await keysOf(database, table)), ...marked.filter((mark) => mark.hash !== null).map((mark) => mark.key)]);
    const all = [...keys];
    for (let start = 0; start < all.length; start += CHUNK_ROWS) {
      signal.throwIfAborted();
      await scanChunk(database, table, all.slice(start, start + CHUNK_ROWS), stamp);
    }
  }
}

function scanChunk(database: TacitDatabase, table: SyncTableName, keys: readonly string[], stamp: Stamp): Promise<void> {
  return database.transaction('rw', [database.table(table === 'connectionKeys' ? 'connections' : table), database.conversations, database.syncMarks], async () => {
    const rows = await readRows(database, table, keys);
    const marks = await database.syncMarks.bulkGet(keys.map((key): [string, string] => [table, key]));
    const changed: SyncMark[] = [];
    for (const [index, key] of keys.entries()) {
      const mark = await noticed(database, { table, key, local: rows[index] ?? { kind: 'absent' }, mark: marks[index] }, stamp);
      if (mark !== null) changed.push(mark);
    }
    await database.syncMarks.bulkPut(changed);
  });
}

interface Seen {
  readonly table: SyncTableName;
  readonly key: string;
  readonly local: LocalRow;
  readonly mark: SyncMark | undefined;
}

/** The new mark of a row that is not as its mark says; null when it is, or is busy. */
async function noticed(database: TacitDatabase, { table, key, local, mark }: Seen, stamp: Stamp): Promise<SyncMark | null> {
  if (local.kind === 'busy' || (local.kind === 'absent' && mark === undefined)) return null;
  const hash = local.kind === 'row' ? hashOf(local.row) : null;
  if (mark !== undefined && mark.hash === hash) return null;
  const parent = local.kind === 'row' ? parentOf(table, local.row) : await goneWith(database, mark);
  return { table, key, hash, parent, pending: 1, ...stamp(mark === undefined ? [] : historyAfter(mark)) };
}

function parentOf(table: SyncTableName, row: SyncRow | null): string | null {
  const parent = table === 'turns' ? row?.['conversationId'] : table === 'attachments' ? row?.['ownerId'] : null;
  return typeof parent === 'string' ? parent : null;
}

/** The chat that a missing turn went with; null when the chat is still there. */
async function goneWith(database: TacitDatabase, mark: SyncMark | undefined): Promise<string | null> {
  const parent = mark?.parent ?? null;
  return parent === null || (await database.conversations.get(parent)) !== undefined ? null : parent;
}

export interface Applied {
  readonly changed: number;
  /** Versions made at the same time on two devices, brought together. */
  readonly merged: number;
  /** Some rows were busy: the same records have to be applied again. */
  readonly deferred: boolean;
}

/** Takes in what another device wrote, chunk by chunk; each chunk is all or nothing, and applying records twice changes nothing. */
export async function apply(database: TacitDatabase, records: readonly SyncRecord[], stamp: Stamp, signal: AbortSignal): Promise<Applied> {
  const totals = { changed: 0, merged: 0, deferred: false };
  // Chats before their turns and attachments, turns before their decisions: whether the one stays decides over the other.
  const ordered = records.toSorted((left, right) => SYNC_TABLES.indexOf(left.table) - SYNC_TABLES.indexOf(right.table));
  const goingOn = await chatsGoingOn(database, records);
  for (let start = 0; start < ordered.length; start += CHUNK_ROWS) {
    signal.throwIfAborted();
    const done = await applyChunk(database, ordered.slice(start, start + CHUNK_ROWS), goingOn, stamp);
    totals.changed += done.changed;
    totals.merged += done.merged;
    totals.deferred ||= done.deferred;
  }
  return totals;
}

function applyChunk(database: TacitDatabase, records: readonly SyncRecord[], goingOn: ReadonlySet<string>, stamp: Stamp): Promise<Applied> {
  const { conversations, turns, decisions, attachments, preferences, expenses, presets, models, connections, settings, syncMarks } = database;
  return database.transaction('rw', [conversations, turns, decisions, attachments, preferences, expenses, presets, models, connections, settings, syncMarks], async () => {
    const totals = { changed: 0, merged: 0, deferred: false };
    for (const record of records) {
      stamp.observe(record.clock);
      const { table, key } = record;
      const [local = { kind: 'absent' as const }] = await readRows(database, table, [key]);
      if (local.kind === 'busy') {
        totals.deferred = true;
        continue;
      }
      const stored = await syncMarks.get([table, key]);
      const mark = (await noticed(database, { table, key, local, mark: stored }, stamp)) ?? stored;
      const row = local.kind === 'row' ? local.row : null;
      const isKept = record.row === null && row !== null && (await staysWithChat(database, record, goingOn));
      const outcome = resolve(record, mark, row, isKept, stamp);
      if (outcome.row !== undefined) await writeRow(database, table, key, outcome.row);
      if (outcome.mark !== stored) await syncMarks.put(outcome.mark);
      totals.changed += outcome.row === undefined ? 0 : 1;
      totals.merged += outcome.isMerge ? 1 : 0;
    }
    return totals;
  });
}

interface Outcome {
  /** What to store; undefined leaves the row as it is. */
  readonly row?: SyncRow | null;
  readonly mark: SyncMark;
  readonly isMerge: boolean;
}

/** One record against what is here. */
function resolve(record: SyncRecord, mark: SyncMark | undefined, local: SyncRow | null, isKept: boolean, stamp: Stamp): Outcome {
  const { table, key } = record;
  const hash = record.row === null ? null : hashOf(record.row);
  const theirs: SyncMark = { table, key, hash, parent: record.row === null ? record.parent : parentOf(table, record.row), pending: 0, clock: record.clock, device: record.device, history: record.history };
  if (mark === undefined) return { row: record.row, mark: theirs, isMerge: false };
  // The chat went on here while it was deleted there: what was deleted is said anew.
  if (isKept) return { mark: { ...mark, ...stamp(historyAfter(mark, record)), pending: 1 }, isMerge: true };
  const order = orderOf(record, mark);
  if (order === 'same' || order === 'older') return { mark, isMerge: false };
  if (order === 'newer') return { ...(hash !== mark.hash && { row: record.row }), mark: theirs, isMerge: false };
  return bringTogether(record, theirs, mark, local, stamp);
}

function bringTogether(record: SyncRecord, theirs: SyncMark, mark: SyncMark, local: SyncRow | null, stamp: Stamp): Outcome {
  const later = isLater(record, mark) ? theirs : mark;
  if (theirs.hash === mark.hash) return { mark: { ...later, history: historyAfter(theirs, mark) }, isMerge: false };
  const row = mergedRow(record, mark, local, later === theirs);
  const hash = row === null ? null : hashOf(row);
  const merged: SyncMark = { table: mark.table, key: mark.key, hash, parent: parentOf(mark.table, row), pending: 1, ...stamp(historyAfter(theirs, mark)) };
  return { ...(hash !== mark.hash && { row }), mark: merged, isMerge: true };
}

/** An edit outlives a deletion that did not know of it. */
function mergedRow(record: SyncRecord, mark: SyncMark, local: SyncRow | null, theirsIsLater: boolean): SyncRow | null {
  if (record.row === null || local === null) return record.row ?? local;
  const [later, earlier, earlierVersion] = theirsIsLater ? [record.row, local, mark] : [local, record.row, record];
  return mergeRows(record.table, later, earlier, versionName(earlierVersion));
}

/** A chat that is still here keeps the turns and attachments that went with it elsewhere, and a turn its decision. */
async function staysWithChat(database: TacitDatabase, { table, key, parent }: SyncRecord, goingOn: ReadonlySet<string>): Promise<boolean> {
  if (table === 'conversations') return goingOn.has(key);
  if (table === 'decisions') return (await database.turns.get(key)) !== undefined;
  return (table === 'turns' || table === 'attachments') && parent !== null && (await database.conversations.get(parent)) !== undefined;
}

/**
 * Chats that were deleted there while they went on here: at least one turn was not known when it was deleted. The whole chat stays, or its older
 * part would be gone.
 */
async function chatsGoingOn(database: TacitDatabase, records: readonly SyncRecord[]): Promise<ReadonlySet<string>> {
  const tombstones = records.filter((record) => record.row === null);
  const deletedTurns = new Map(tombstones.filter((record) => record.table === 'turns').map((record) => [record.key, record]));
  const goingOn = new Set<string>();
  for (const { key } of tombstones.filter((record) => record.table === 'conversations')) {
    const turnIds = await turnsOf(database, key).primaryKeys();
    const marks = await database.syncMarks.bulkGet(turnIds.map((id): [string, string] => ['turns', id]));
    const isUnknownThere = turnIds.some((id, index) => {
      const deleted = deletedTurns.get(id);
      const mark = marks[index];
      return deleted === undefined || mark === undefined || ['older', 'concurrent'].includes(orderOf(deleted, mark));
    });
    if (isUnknownThere) goingOn.add(key);
  }
  return goingOn;
}
