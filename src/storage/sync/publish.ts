import type { TacitDatabase } from '../database';
import { SCHEMA_VERSION } from '../schema';
import type { SelfState, SyncMark, SyncRecord } from './records';
import { selfState } from './state';
import type { SyncRun } from './run';
import { hashOf, readRows } from './sync-tables';
import { hex, seal } from './vault';

/** Characters of JSON in one segment: a phone holds it, and a server takes it. */
const SEGMENT_CHARACTERS = 2_000_000;
/** Segments after which everything is written anew. */
const MAX_SEGMENTS = 24;
const CHUNK_ROWS = 200;

/**
 * Writes what others do not have yet: new segments first, the index that names them last. Whatever fails on the way, the index still names a whole
 * state, and the next round writes the rest. Resolves to the number of rows written.
 */
export async function publish(run: SyncRun, clock: number): Promise<number> {
  const { database } = run;
  const self = await selfState(database);
  const isTidying = self.segments.length >= MAX_SEGMENTS || self.nonce === null;
  const marks = isTidying ? await database.syncMarks.toArray() : await database.syncMarks.where('pending').equals(1).toArray();
  if (marks.length === 0 && self.nonce !== null) return 0;
  const written: string[] = [];
  let next = self.nextSegment;
  const sent: SentRow[] = [];
  for await (const records of inSegments(database, marks)) {
    run.onProgress?.({ step: 'sending', done: sent.length, total: marks.length });
    const name = `${self.deviceId}-${next}.seg`;
    await run.remote.write(name, await seal(run.vault, name, JSON.stringify({ schemaVersion: SCHEMA_VERSION, records })), run.signal);
    written.push(name);
    next += 1;
    sent.push(...records.map(({ table, key, clock: version, device }) => ({ table, key, clock: version, device })));
    // A number is never used twice, also when this round is cut short: others may have seen the file.
    await database.syncState.put({ ...self, nextSegment: next, clock });
  }
  const segments = isTidying ? written : [...self.segments, ...written];
  const nonce = hex(crypto.getRandomValues(new Uint8Array(8)));
  await writeIndex(run, self.deviceId, segments, nonce);
  await settle(database, { ...self, nextSegment: next, clock, segments, nonce }, sent);
  if (isTidying) await removeOld(run, self.segments, segments);
  return sent.length;
}

async function writeIndex(run: SyncRun, deviceId: string, segments: readonly string[], nonce: string): Promise<void> {
  const name = `${deviceId}.index`;
  const index = { deviceId, deviceName: run.deviceName, updatedAt: run.now(), nonce, segments };
  await run.remote.write(name, await seal(run.vault, name, JSON.stringify(index)), run.signal);
}

type SentRow = Pick<SyncRecord, 'table' | 'key' | 'clock' | 'device'>;

function isVersion(mark: SyncMark, sent: SentRow | undefined): boolean {
  return mark.clock === sent?.clock && mark.device === sent.device;
}

/** Published marks are no longer pending, unless they were changed again meanwhile. */
function settle(database: TacitDatabase, self: SelfState, sent: readonly SentRow[]): Promise<void> {
  const { syncState, syncMarks } = database;
  return database.transaction('rw', syncState, syncMarks, async () => {
    await syncState.put(self);
    const current = await syncMarks.bulkGet(sent.map((row): [string, string] => [row.table, row.key]));
    const settled = current.flatMap((mark, index) => (mark !== undefined && isVersion(mark, sent[index]) ? [{ ...mark, pending: 0 as const }] : []));
    await syncMarks.bulkPut(settled);
  });
}

/** The index no longer names them; should a removal fail, they only take room. */
async function removeOld(run: SyncRun, old: readonly string[], kept: readonly string[]): Promise<void> {
  for (const name of old.filter((segment) => !kept.includes(segment))) {
    await run.remote.remove(name, run.signal).catch((thrown: unknown) => console.warn('An old file of the sync folder stays', name, thrown));
  }
}

/** The marked rows as records, tombstones first: a deleted chat and its turns then travel together. */
async function* inSegments(database: TacitDatabase, marks: readonly SyncMark[]): AsyncGenerator<readonly SyncRecord[]> {
  let records: SyncRecord[] = [];
  let characters = 0;
  const ordered = marks.toSorted((left, right) => Number(left.hash !== null) - Number(right.hash !== null));
  for (let start = 0; start < ordered.length; start += CHUNK_ROWS) {
    for (const record of await recordsOf(database, ordered.slice(start, start + CHUNK_ROWS))) {
      records.push(record);
      characters += JSON.stringify(record.row).length;
      if (characters < SEGMENT_CHARACTERS) continue;
      yield records;
      records = [];
      characters = 0;
    }
  }
  if (records.length > 0) yield records;
}

/** Rows that were changed or became busy since the scan wait for the next round, under a version of their own. */
async function recordsOf(database: TacitDatabase, marks: readonly SyncMark[]): Promise<readonly SyncRecord[]> {
  const records: SyncRecord[] = [];
  for (const table of new Set(marks.map((mark) => mark.table))) {
    const ofTable = marks.filter((mark) => mark.table === table);
    const rows = await readRows(database, table, ofTable.map((mark) => mark.key));
    ofTable.forEach(({ key, clock, device, history, hash, parent }, index) => {
      const local = rows[index];
      const row = local?.kind === 'row' ? local.row : null;
      if (local?.kind !== 'busy' && (row === null ? null : hashOf(row)) === hash) records.push({ table, key, clock, device, history, row, parent });
    });
  }
  return records;
}
