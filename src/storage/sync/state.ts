import type { TacitDatabase } from '../database';
import type { PeerState, SelfState } from './records';
import { hex } from './vault';

/** What this device knows of syncing itself; made on first use. */
export async function selfState(database: TacitDatabase): Promise<SelfState> {
  const stored = await database.syncState.get('self');
  if (stored?.kind === 'self') return stored;
  const fresh: SelfState = { id: 'self', kind: 'self', deviceId: newDeviceId(), clock: 0, vaultId: null, nextSegment: 1, segments: [], nonce: null };
  await database.syncState.put(fresh);
  return fresh;
}

export function newDeviceId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(6)));
}

export async function peerState(database: TacitDatabase, deviceId: string): Promise<PeerState> {
  const stored = await database.syncState.get(`peer:${deviceId}`);
  if (stored?.kind === 'peer') return stored;
  return { id: `peer:${deviceId}`, kind: 'peer', deviceId, name: '', tag: null, segments: [], updatedAt: 0 };
}

/** Takes in the others' files once more, for example because keys are wanted now. */
export async function rereadPeers(database: TacitDatabase): Promise<void> {
  await database.syncState.where('id').startsWith('peer:').delete();
}

/** In another vault, or a folder that was emptied: other devices are met anew, and everything that is here is published. */
export function startOver(database: TacitDatabase, vaultId: string, deviceId: string): Promise<SelfState> {
  const { syncState, syncMarks } = database;
  return database.transaction('rw', syncState, syncMarks, async () => {
    const self = await selfState(database);
    const fresh: SelfState = { ...self, deviceId, vaultId, nextSegment: 1, segments: [], nonce: null };
    await syncState.where('id').startsWith('peer:').delete();
    await syncState.put(fresh);
    await syncMarks.toCollection().modify({ pending: 1 });
    return fresh;
  });
}
