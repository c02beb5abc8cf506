import { phrase } from '../../core/phrase';
import { isLlmReply, LlmFailure, type LlmMessage, type LlmReply, type LlmRequest, type ModelPlan } from '../../protocol/local-llm';

/** A worker that computes reads no messages; one that does not heed the flag either is ended. */
const STOP_GRACE_MS = 3_000;

export interface WorkerLike {
  postMessage(message: LlmRequest): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

export interface ClientParts {
  readonly createWorker: () => WorkerLike;
  /** Null where the page is not cross-origin isolated. */
  readonly createStopFlag: () => SharedArrayBuffer | null;
  readonly after: (milliseconds: number, action: () => void) => () => void;
}

export interface DownloadOptions {
  readonly hub: string;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
}

/** The page's side of downloaded models: a worker for each download, and one that answers and keeps its model in memory. */
export class LocalLlmClient {
  private chat: WorkerLike | null = null;
  private nextId = 1;

  constructor(private readonly parts: ClientParts) {}

  /** What has arrived stays when it is cancelled or fails. Throws LlmFailure. */
  async download(plan: ModelPlan, { hub, signal, onProgress }: DownloadOptions): Promise<void> {
    if (signal.aborted) throw new LlmFailure({ kind: 'cancelled' });
    const worker = this.parts.createWorker();
    const id = this.nextId++;
    const replies = new ReplyQueue(worker, id);
    const stop = () => worker.postMessage({ type: 'stop', id });
    signal.addEventListener('abort', stop);
    try {
      worker.postMessage({ type: 'download', id, hub, plan });
      for (;;) {
        const reply = await replies.next();
        if (reply.type === 'progress') onProgress(reply.bytes);
        if (reply.type === 'failed') throw new LlmFailure(reply.error);
        if (reply.type === 'done') return;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      worker.terminate();
    }
  }

  /** Yields `started`, `text` …, `done`. Throws LlmFailure; leaving the loop early stops the answer. */
  async *generate(plan: ModelPlan, messages: readonly LlmMessage[], maxOutputTokens: number, signal: AbortSignal): AsyncGenerator<LlmReply> {
    if (signal.aborted) throw new LlmFailure({ kind: 'cancelled' });
    const worker = (this.chat ??= this.parts.createWorker());
    const id = this.nextId++;
    const replies = new ReplyQueue(worker, id);
    const stopFlag = this.parts.createStopFlag();
    let isOver = false;
    let keep: (() => void) | null = null;
    const stop = () => {
      if (isOver || keep !== null) return;
      if (stopFlag !== null) Atomics.store(new Int32Array(stopFlag), 0, 1);
      worker.postMessage({ type: 'stop', id });
      keep = this.parts.after(STOP_GRACE_MS, () => {
        this.drop(worker);
        replies.fail({ kind: 'cancelled' });
      });
    };
    signal.addEventListener('abort', stop);
    try {
      worker.postMessage({ type: 'generate', id, plan, messages, maxOutputTokens, stopFlag });
      for (;;) {
        const reply = await replies.next();
        if (reply.type === 'failed') {
          // After a failure of the device the whole runtime is not trusted again.
          if (reply.error.kind === 'device_failed') this.drop(worker);
          throw new LlmFailure(reply.error);
        }
        isOver = reply.type === 'done';
        yield reply;
        if (isOver) return;
      }
    } finally {
      stop();
      signal.removeEventListener('abort', stop);
      replies.whenOver(() => keep?.());
    }
  }

  /** Frees the memory of the model that answered last. */
  forget(): void {
    if (this.chat !== null) this.drop(this.chat);
  }

  private drop(worker: WorkerLike): void {
    worker.terminate();
    if (this.chat === worker) this.chat = null;
  }
}

/** Replies to one request, in order, for a reader that takes them one by one. */
class ReplyQueue {
  private readonly waiting: LlmReply[] = [];
  private wake: (() => void) | null = null;
  private isOver = false;
  private over: (() => void) | null = null;

  constructor(
    worker: WorkerLike,
    private readonly id: number,
  ) {
    worker.addEventListener('message', ({ data }) => {
      if (isLlmReply(data) && data.id === id) this.push(data);
    });
    worker.addEventListener('error', ({ message }) => this.fail({ kind: 'device_failed', detail: message ?? phrase('The worker could not be loaded.') }));
  }

  async next(): Promise<LlmReply> {
    for (;;) {
      const reply = this.waiting.shift();
      if (reply) return reply;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  fail(error: Extract<LlmReply, { readonly type: 'failed' }>['error']): void {
    if (!this.isOver) this.push({ type: 'failed', id: this.id, error });
  }

  /** Calls back once nothing more will come. */
  whenOver(callback: () => void): void {
    if (this.isOver) return callback();
    this.over = callback;
  }

  private push(reply: LlmReply): void {
    this.waiting.push(reply);
    this.wake?.();
    if (reply.type !== 'done' && reply.type !== 'failed') return;
    this.isOver = true;
    this.over?.();
  }
}
