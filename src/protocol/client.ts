import { phrase, type Words } from '../core/phrase';
import type { EngineError, EngineMethod, EngineMethods, EngineStatus, LoadRequest } from './engine';
import { engineErrorPhrase, EngineFailure } from './failure';
import type { CallOptions, Engine, PagePort } from './messages';
import { WorkerSession } from './session';
import { SILENCE_LIMITS } from './watchdog';
import type { SilenceLimits } from './watchdog';

export interface WorkerEngineParts {
  /** Starts a fresh worker; called again after one died. */
  readonly createPort: () => PagePort;
  readonly limits?: SilenceLimits;
  /** After every load, those after a restart included. */
  readonly onStatus?: (status: EngineStatus) => void;
}

type Preparations = {
  readonly [Method in EngineMethod]: (request: EngineMethods[Method]['request'], isRetry: boolean) => EngineMethods[Method]['request'];
};

/** Every method is idempotent, so a call that a broken worker swallowed may be asked again. */
const ATTEMPTS = 2;

/**
 * The engine as the page sees it. The worker may die at any time: the client starts a fresh one, loads into it what was last
 * asked for (on WASM when the GPU may be to blame), and asks the lost call once more. The second failure is reported.
 */
export class WorkerEngine implements Engine {
  private session: WorkerSession | null = null;
  private wanted: LoadRequest | null = null;
  private fallbackReason: Words | null = null;
  private disposed = false;
  private readonly reloads = new WeakMap<WorkerSession, Promise<EngineStatus>>();
  private readonly prepare: Preparations = {
    load: (request, isRetry) => this.chooseLoad(request, isRetry),
    encode: (request) => request,
    route: (request) => request,
    describe: (request) => request,
    adapt: (request) => request,
    nextPair: (request) => request,
  };

  constructor(private readonly parts: WorkerEngineParts) {}

  async call<Method extends EngineMethod>(
    method: Method,
    request: EngineMethods[Method]['request'],
    options: CallOptions<Method> = {},
  ): Promise<EngineMethods[Method]['response']> {
    const prepared = this.prepare[method];
    for (let attempt = 1; ; attempt += 1) {
      const ready = prepared(request, attempt > 1);
      const session = this.current();
      try {
        return await this.attempt(session, method, ready, options);
      } catch (thrown) {
        if (!(thrown instanceof EngineFailure) || !isWorkerFault(thrown.error)) throw thrown;
        this.retire(session, thrown.error);
        if (attempt === ATTEMPTS || this.disposed) throw thrown;
        if (options.signal?.aborted === true) throw new EngineFailure({ kind: 'cancelled' });
      }
    }
  }

  dispose(): void {
    this.disposed = true;
    this.session?.end({ kind: 'worker_died', detail: phrase('The engine was closed.') });
    this.session = null;
  }

  private async attempt<Method extends EngineMethod>(
    session: WorkerSession,
    method: Method,
    request: EngineMethods[Method]['request'],
    options: CallOptions<Method>,
  ): Promise<EngineMethods[Method]['response']> {
    if (method !== 'load') await untilAborted(this.ensureLoaded(session), options.signal);
    return session.send(method, request, options);
  }

  /** A worker that has not loaded gets the last wanted load first; without one it answers `not_loaded` itself. */
  private ensureLoaded(session: WorkerSession): Promise<EngineStatus | null> {
    if (session.status !== null || this.wanted === null) return Promise.resolve(session.status);
    const known = this.reloads.get(session);
    if (known !== undefined) return known;
    const reload = session.send('load', this.withFallback(this.wanted));
    this.reloads.set(session, reload);
    reload.catch(() => this.reloads.delete(session));
    return reload;
  }

  /** Asking for the GPU by name gives it another chance after a fault. A worker holds one device, so a change replaces it. */
  private chooseLoad(request: LoadRequest, isRetry: boolean): LoadRequest {
    const retryGpu = !isRetry && request.device === 'webgpu' && this.fallbackReason !== null;
    if (retryGpu) this.fallbackReason = null;
    if (retryGpu || (this.wanted !== null && !sameLoad(this.wanted, request))) {
      this.session?.end({ kind: 'worker_died', detail: phrase('It was replaced, because other settings were asked for.') });
    }
    this.wanted = request;
    return this.withFallback(request);
  }

  private withFallback(request: LoadRequest): LoadRequest {
    return this.fallbackReason === null ? request : { ...request, device: 'wasm', fallbackReason: this.fallbackReason };
  }

  private current(): WorkerSession {
    if (this.disposed) throw new EngineFailure({ kind: 'worker_died', detail: phrase('The engine was closed.') });
    if (this.session === null || !this.session.alive) {
      this.session = new WorkerSession(this.parts.createPort(), this.parts.limits ?? SILENCE_LIMITS, this.parts.onStatus);
    }
    return this.session;
  }

  /** Ends a faulty worker. Several calls may report the same fault; only the first one counts. */
  private retire(session: WorkerSession, error: EngineError): void {
    if (session !== this.session) return;
    const mayBeGpu = session.heard && this.wanted?.device !== 'wasm' && session.status?.device !== 'wasm';
    if (mayBeGpu && this.fallbackReason === null) this.fallbackReason = engineErrorPhrase(error);
    session.end({ kind: 'worker_died', detail: phrase('It was stopped after a fault.') });
    this.session = null;
  }
}

function isWorkerFault(error: EngineError): boolean {
  return error.kind === 'device_failed' || error.kind === 'timed_out' || error.kind === 'worker_died';
}

function sameLoad(left: LoadRequest, right: LoadRequest): boolean {
  return left.modelsUrl === right.modelsUrl && left.device === right.device && left.allowFallbackAdapter === right.allowFallbackAdapter;
}

/** Waits for shared work that must go on for others, but stops waiting when this caller gives up. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  if (signal.aborted) throw new EngineFailure({ kind: 'cancelled' });
  const waiting = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new EngineFailure({ kind: 'cancelled' }));
    signal.addEventListener('abort', stop, { once: true, signal: waiting.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    waiting.abort();
  }
}
