import type { Turn } from '../core/conversation';
import type { Locks } from './locks';
import { closeInterrupted } from './response-progress';
import type { TurnRepository } from './turns';

/** Name of the lock that a tab holds while it streams a response. */
export function streamLockName(responseId: string): string {
  return `tacit-response:${responseId}`;
}

export interface Recovery {
  /** Responses that were closed as interrupted. */
  readonly recovered: readonly { readonly turnId: string; readonly responseId: string }[];
  /** Responses that another tab is still streaming. */
  readonly elsewhere: readonly { readonly turnId: string; readonly responseId: string }[];
}

/**
 * Closes every response left 'streaming' by a tab that is gone. Those of living tabs are left alone and, until `signal` aborts,
 * waited for: should such a tab die, its response is closed then. Rejects with StorageFailure.
 */
export async function recoverInterrupted(
  turns: TurnRepository,
  locks: Locks,
  now: () => number,
  signal: AbortSignal,
): Promise<Recovery> {
  const recovered: { turnId: string; responseId: string }[] = [];
  const elsewhere: { turnId: string; responseId: string }[] = [];
  for (const turn of await turns.listOpen()) {
    for (const responseId of turn.openResponseIds) {
      const entry = { turnId: turn.id, responseId };
      const release = await locks.tryHold(streamLockName(responseId));
      if (release === null) {
        elsewhere.push(entry);
        void closeWhenWriterIsGone(turns, locks, entry, now, signal);
        continue;
      }
      const closed = await closeResponse(turns, entry, now()).finally(release);
      if (closed) recovered.push(entry);
    }
  }
  return { recovered, elsewhere };
}

async function closeWhenWriterIsGone(
  turns: TurnRepository,
  locks: Locks,
  entry: { readonly turnId: string; readonly responseId: string },
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  const release = await locks.hold(streamLockName(entry.responseId), signal).catch(() => null);
  if (release === null) return;
  // A failure here leaves the response for the next start to recover.
  await closeResponse(turns, entry, now())
    .catch(() => false)
    .finally(release);
}

async function closeResponse(
  turns: TurnRepository,
  entry: { readonly turnId: string; readonly responseId: string },
  now: number,
): Promise<boolean> {
  let closed = false;
  await turns.update(entry.turnId, (turn: Turn): Turn => {
    const responses = turn.responses.map((response) => {
      if (response.id !== entry.responseId || response.status !== 'streaming') return response;
      closed = true;
      return closeInterrupted(response, now);
    });
    return closed ? { ...turn, responses } : turn;
  });
  return closed;
}
