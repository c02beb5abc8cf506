import { phrase } from '../core/phrase';
import type { EngineError, EngineMethod, EngineMethods, EngineStatus } from './engine';
import { EngineFailure } from './failure';
import type { CallOptions, EngineCall, EngineDone, EngineProgress, PagePort, WorkerMessage } from './messages';
import { unreachable } from '../core/result';
import { Watchdog } from './watchdog';
import type { SilenceLimits } from './watchdog';

interface PendingCall<Method extends EngineMethod> {
  readonly resolve: (response: EngineMethods[Method]['response']) => void;
  readonly reject: (failure: EngineFailure) => void;
  readonly onProgress: CallOptions<Method>['onProgress'];
  readonly watchdog: Watchdog;
}

type PendingCalls = { readonly [Method in EngineMethod]: Map<number, PendingCall<Method>> };

/**
 * One worker from birth to death: matches replies to calls, watches for silence, and rejects whatever is open when the worker
 * ends. It never restarts anything; the client does.
 */
export class WorkerSession {
  private readonly pending: PendingCalls = {
    load: new Map(),
    encode: new Map(),
    route: new Map(),
    describe: new Map(),
    adapt: new Map(),
    nextPair: new Map(),
  };
  private readonly answered = new Set<EngineMethod>();
  private nextId = 1;
  private ended: EngineError | null = null;
  private loadedStatus: EngineStatus | null = null;
  private spoke = false;

  constructor(
    private readonly port: PagePort,
    private readonly limits: SilenceLimits,
    private readonly onStatus: (status: EngineStatus) => void = () => undefined,
  ) {
    port.listen(
      (message) => this.receive(message),
      (detail) => this.end({ kind: 'worker_died', detail }),
    );
  }

  get alive(): boolean {
    return this.ended === null;
  }

  /** Null until a load has succeeded in this worker. */
  get status(): EngineStatus | null {
    return this.loadedStatus;
  }

  /** False while nothing has come from the worker: its script may not even have started. */
  get heard(): boolean {
    return this.spoke;
  }

  /** Rejects with `EngineFailure`; an abort rejects at once, whether or not the worker can stop. */
  send<Method extends EngineMethod>(
    method: Method,
    request: EngineMethods[Method]['request'],
    options: CallOptions<Method> = {},
  ): Promise<EngineMethods[Method]['response']> {
    const { signal } = options;
    if (this.ended !== null) return Promise.reject(new EngineFailure(this.ended));
    if (signal?.aborted === true) return Promise.reject(new EngineFailure({ kind: 'cancelled' }));
    const id = this.nextId++;
    const cancel = () => this.cancel(method, id);
    const reply = new Promise<EngineMethods[Method]['response']>((resolve, reject) => {
      const watchdog = this.watch(method, id);
      this.pending[method].set(id, { resolve, reject, onProgress: options.onProgress, watchdog });
      signal?.addEventListener('abort', cancel, { once: true });
      this.post({ type: 'call', id, method, request });
    });
    return reply.finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Terminates the worker; every open call rejects with `error`. */
  end(error: EngineError): void {
    if (this.ended !== null) return;
    this.ended = error;
    this.port.terminate();
    for (const calls of Object.values(this.pending)) {
      for (const call of calls.values()) {
        call.watchdog.stop();
        call.reject(new EngineFailure(error));
      }
      calls.clear();
    }
  }

  private post<Method extends EngineMethod>(call: EngineCall<Method>): void {
    try {
      this.port.post(call);
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      this.take(call.method, call.id)?.reject(new EngineFailure({ kind: 'internal', detail: phrase('The request cannot be sent: {{detail}}', { detail }) }));
    }
  }

  private watch(method: EngineMethod, id: number): Watchdog {
    const { firstMs, laterMs } = this.limits[method];
    const limitMs = this.answered.has(method) ? laterMs : firstMs;
    return new Watchdog(limitMs, () => {
      this.take(method, id)?.reject(new EngineFailure({ kind: 'timed_out', method, afterMs: limitMs }));
      this.end({ kind: 'worker_died', detail: phrase("It was stopped because '{{method}}' did not answer.", { method }) });
    });
  }

  private cancel(method: EngineMethod, id: number): void {
    const call = this.take(method, id);
    if (call === null) return;
    this.port.post({ type: 'cancel', id });
    call.reject(new EngineFailure({ kind: 'cancelled' }));
  }

  private receive(message: WorkerMessage): void {
    if (this.ended !== null) return;
    this.spoke = true;
    this.noteLife();
    switch (message.type) {
      case 'progress':
        this.forward(message);
        return;
      case 'done':
        this.answered.add(message.method);
        if (message.method === 'load') this.noteLoaded(message.response);
        this.settle(message);
        return;
      case 'failed':
        this.take(message.method, message.id)?.reject(new EngineFailure(message.error));
        return;
      default:
        unreachable(message);
    }
  }

  private noteLoaded(status: EngineStatus): void {
    this.loadedStatus = status;
    this.onStatus(status);
  }

  /** The worker serves one call after another, so any message is a sign of life for all that wait. */
  private noteLife(): void {
    for (const calls of Object.values(this.pending)) {
      for (const call of calls.values()) call.watchdog.reset();
    }
  }

  private forward<Method extends EngineMethod>(update: EngineProgress<Method>): void {
    this.pending[update.method].get(update.id)?.onProgress?.(update.progress);
  }

  private settle<Method extends EngineMethod>(done: EngineDone<Method>): void {
    this.take(done.method, done.id)?.resolve(done.response);
  }

  private take<Method extends EngineMethod>(method: Method, id: number): PendingCall<Method> | null {
    const calls: Map<number, PendingCall<Method>> = this.pending[method];
    const call = calls.get(id) ?? null;
    call?.watchdog.stop();
    calls.delete(id);
    return call;
  }
}
