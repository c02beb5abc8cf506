import * as v from 'valibot';
import type { TacitDatabase } from '../database';
import { SCHEMA_VERSION } from '../schema';
import { apply, createStamp, scan, tablesFor, type Stamp } from './ledger';
import { publish } from './publish';
import { INDEX_SCHEMA, isSyncTable, SEGMENT_SCHEMA, type DeviceIndex, type PeerState, type SelfState, type SyncRecord } from './records';
import type { RemoteFile, SyncRemote } from './remote';
import { newDeviceId, peerState, selfState, startOver } from './state';
import { acceptRow } from './sync-tables';
import type { SyncRun } from './run';
import { checkVault, unseal, VAULT_FILE, type Vault } from './vault';
import { VaultFailure } from './vault-failure';

export interface SyncOutcome {
  readonly received: number;
  readonly sent: number;
  readonly merged: number;
  /** Files that could not be used; their devices write them anew when they next tidy up. */
  readonly damaged: readonly string[];
  /** Devices whose files were written by a newer version. */
  readonly newer: readonly string[];
  readonly devices: readonly { readonly name: string; readonly updatedAt: number }[];
}

/** One round (see run.ts for the whole design): notice what changed here, take in what the others wrote, publish. Rejects with RemoteFailure, VaultFailure or the signal's reason. */
export async function syncOnce(run: SyncRun): Promise<SyncOutcome> {
  const { database, remote, vault, signal } = run;
  if ((await checkVault(remote, vault, signal)) === 'absent') throw new VaultFailure('other_vault', VAULT_FILE);
  const files = await remote.list(signal);
  const self = await settledSelf(run, files);
  const stamp = createStamp(self.deviceId, self.clock, run.now);
  run.onProgress?.({ step: 'comparing', done: 0, total: 1 });
  await scan(database, tablesFor(run.withKeys), stamp, signal);
  await saveClock(database, stamp.last());
  const received = await receiveAll(run, files, self, stamp);
  await saveClock(database, stamp.last());
  const sent = await publish(run, stamp.last());
  return { ...received, sent };
}

async function saveClock(database: TacitDatabase, clock: number): Promise<void> {
  const self = await selfState(database);
  await database.syncState.put({ ...self, clock: Math.max(self.clock, clock) });
}

/** This device in this vault. A copied browser profile would write to its twin's files: the one that notices takes a new name. */
async function settledSelf({ database, remote, vault, signal }: SyncRun, files: readonly RemoteFile[]): Promise<SelfState> {
  const self = await selfState(database);
  if (self.vaultId !== vault.id) return startOver(database, vault.id, self.vaultId === null ? self.deviceId : newDeviceId());
  if (self.nonce === null) return self;
  const name = indexName(self.deviceId);
  if (!files.some((file) => file.name === name)) return startOver(database, vault.id, self.deviceId);
  const index = await readIndex(remote, vault, name, signal).catch(orNull);
  return index === null || index.nonce === self.nonce ? self : startOver(database, vault.id, newDeviceId());
}

/** A damaged index of our own is simply written again. */
function orNull(thrown: unknown): null {
  if (thrown instanceof VaultFailure) return null;
  throw thrown;
}

function indexName(deviceId: string): string {
  return `${deviceId}.index`;
}

async function readIndex(remote: SyncRemote, vault: Vault, name: string, signal: AbortSignal): Promise<DeviceIndex | null> {
  const content = await remote.read(name, signal);
  return content === null ? null : parse(INDEX_SCHEMA, await unseal(vault, name, content), name);
}

function parse<Schema extends v.GenericSchema>(schema: Schema, text: string, name: string): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, JSON.parse(text));
  if (!parsed.success) throw new VaultFailure('damaged', name);
  return parsed.output;
}

interface Received {
  received: number;
  merged: number;
  damaged: string[];
  newer: string[];
  devices: { name: string; updatedAt: number }[];
}

async function receiveAll(run: SyncRun, files: readonly RemoteFile[], self: SelfState, stamp: Stamp): Promise<Received> {
  const totals: Received = { received: 0, merged: 0, damaged: [], newer: [], devices: [] };
  const peers = files.filter((file) => file.name.endsWith('.index') && file.name !== indexName(self.deviceId));
  for (const [at, file] of peers.entries()) {
    run.onProgress?.({ step: 'receiving', done: at, total: peers.length });
    try {
      await receiveFrom(run, file, stamp, totals);
    } catch (thrown) {
      if (!(thrown instanceof VaultFailure)) throw thrown;
      (thrown.kind === 'newer_version' ? totals.newer : totals.damaged).push(thrown.file);
    }
  }
  return totals;
}

async function receiveFrom(run: SyncRun, file: RemoteFile, stamp: Stamp, totals: Received): Promise<void> {
  const { database, remote, vault, signal } = run;
  const known = await peerState(database, file.name.slice(0, -'.index'.length));
  if (file.tag !== null && file.tag === known.tag) return void totals.devices.push({ name: known.name, updatedAt: known.updatedAt });
  const index = await readIndex(remote, vault, file.name, signal);
  if (index === null) return;
  totals.devices.push({ name: index.deviceName, updatedAt: index.updatedAt });
  let peer: PeerState = { ...known, name: index.deviceName, updatedAt: index.updatedAt, segments: known.segments.filter((name) => index.segments.includes(name)) };
  let isComplete = true;
  for (const name of index.segments.filter((segment) => !known.segments.includes(segment))) {
    const taken = await takeSegment(run, name, stamp, totals);
    isComplete &&= taken;
    if (taken) await database.syncState.put((peer = { ...peer, segments: [...peer.segments, name] }));
  }
  await database.syncState.put({ ...peer, tag: isComplete ? file.tag : null });
}

/** False when it has to be read again the next time. */
async function takeSegment({ database, remote, vault, signal, withKeys }: SyncRun, name: string, stamp: Stamp, totals: Received): Promise<boolean> {
  const content = await remote.read(name, signal);
  if (content === null) return false;
  try {
    const segment = parse(SEGMENT_SCHEMA, await unseal(vault, name, content), name);
    if (segment.schemaVersion > SCHEMA_VERSION) throw new VaultFailure('newer_version', name);
    const applied = await apply(database, acceptable(segment, withKeys), stamp, signal);
    totals.received += applied.changed;
    totals.merged += applied.merged;
    return !applied.deferred;
  } catch (thrown) {
    if (!(thrown instanceof VaultFailure) || thrown.kind !== 'damaged') throw thrown;
    totals.damaged.push(name);
    return false;
  }
}

/** Rows that this version understands; others are left out, and stay in their segment. */
function acceptable({ records, schemaVersion }: v.InferOutput<typeof SEGMENT_SCHEMA>, withKeys: boolean): readonly SyncRecord[] {
  return records.flatMap((record): readonly SyncRecord[] => {
    const { table } = record;
    if (!isSyncTable(table) || (table === 'connectionKeys' && !withKeys)) return [];
    const row = record.row === null ? null : acceptRow(table, record.row, schemaVersion);
    return record.row !== null && row === null ? [] : [{ ...record, table, row }];
  });
}

