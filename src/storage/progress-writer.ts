import type { ModelResponse } from '../core/conversation';
import type { Locks } from './locks';
import { streamLockName } from './recovery';
import { toStorageError, type StorageError } from './storage-error';
import type { TurnRepository } from './turns';

export const PROGRESS_INTERVAL_MS = 1000;

export interface ProgressWriterOptions {
  readonly turns: Pick<TurnRepository, 'saveResponseProgress'>;
  readonly locks: Locks;
  readonly turnId: string;
  readonly responseId: string;
  readonly intervalMs?: number;
  /** A write failed (a full disk, say). Streaming goes on; the next write tries again with all the text. */
  readonly onError: (error: StorageError) => void;
}

/**
 * Writes one streaming response to disk, at most once per interval, always the newest state, one write at a time.
 * Holds the response's lock until `finish`, so that other tabs know it is alive.
 */
export class ProgressWriter {
  private newest: ModelResponse | null = null;
  private stored = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing: Promise<void> = Promise.resolve();
  /** A hidden page may be thrown away, and a reload hides it first. */
  private readonly flushWhenHidden = () => {
    if (document.visibilityState === 'hidden') void this.flush();
  };

  private constructor(
    private readonly options: ProgressWriterOptions,
    private readonly release: () => void,
  ) {
    if (typeof document !== 'undefined') document.addEventListener('visibilitychange', this.flushWhenHidden);
  }

  /** Takes the lock first; resolves even when another tab holds it, since the text matters more. */
  static async start(options: ProgressWriterOptions): Promise<ProgressWriter> {
    const release = await options.locks.tryHold(streamLockName(options.responseId)).catch(() => null);
    return new ProgressWriter(options, release ?? (() => undefined));
  }

  /** Cheap; call it for every part received. */
  push(response: ModelResponse): void {
    this.newest = response;
    this.timer ??= setTimeout(() => void this.flush(), this.options.intervalMs ?? PROGRESS_INTERVAL_MS);
  }

  /** Writes what is waiting now, for instance when the page is being hidden. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  /** Writes the final state and lets go of the lock. False when it could not be stored (`onError` said why) or the turn is gone. */
  async finish(response: ModelResponse): Promise<boolean> {
    this.newest = response;
    this.stored = false;
    await this.flush();
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', this.flushWhenHidden);
    this.release();
    return this.stored;
  }

  private async write(): Promise<void> {
    const response = this.newest;
    if (response === null) return;
    this.newest = null;
    try {
      this.stored = await this.options.turns.saveResponseProgress(this.options.turnId, response);
    } catch (thrown) {
      this.newest ??= response;
      this.stored = false;
      this.options.onError(toStorageError(thrown));
    }
  }
}
