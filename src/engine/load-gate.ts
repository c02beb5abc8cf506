import { phrase } from '../core/phrase';
import type { LoadProgress, LoadRequest } from '../protocol/engine';
import { EngineFailure } from '../protocol/failure';
import type { CallContext } from '../protocol/serve';
import type { LoadedEngine } from './load';

export type Load = (request: LoadRequest, report: (progress: LoadProgress) => void, signal: AbortSignal) => Promise<LoadedEngine>;

interface Current {
  readonly request: LoadRequest;
  readonly engine: Promise<LoadedEngine>;
  readonly listeners: Set<(progress: LoadProgress) => void>;
  readonly controller: AbortController;
  /** Callers that have not given up. */
  waiting: number;
}

/** One load for a worker's life: callers that ask for the same thing share it, and it stops when all of them have given up. */
export class LoadGate {
  private current: Current | null = null;

  constructor(private readonly load: Load) {}

  /** @throws EngineFailure internal when the worker is already set up differently: a device cannot be changed in place. */
  async open(request: LoadRequest, { signal, reportProgress }: CallContext<'load'>): Promise<LoadedEngine> {
    const current = this.current ?? this.start(request);
    if (!sameRequest(current.request, request)) {
      throw new EngineFailure({ kind: 'internal', detail: phrase('This worker is set up for other models or another device; start a fresh one.') });
    }
    const giveUp = (): void => {
      current.waiting -= 1;
      if (current.waiting === 0) current.controller.abort();
    };
    current.waiting += 1;
    current.listeners.add(reportProgress);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await current.engine;
    } finally {
      signal.removeEventListener('abort', giveUp);
      current.listeners.delete(reportProgress);
    }
  }

  /** @throws EngineFailure not_loaded, or whatever the load under way fails with. */
  loaded(): Promise<LoadedEngine> {
    return this.current?.engine ?? Promise.reject(new EngineFailure({ kind: 'not_loaded' }));
  }

  private start(request: LoadRequest): Current {
    const controller = new AbortController();
    const listeners: Current['listeners'] = new Set();
    const report = (progress: LoadProgress): void => listeners.forEach((listener) => listener(progress));
    // One turn later, so that the first caller already listens when the first progress comes.
    const engine = Promise.resolve().then(() => this.load(request, report, controller.signal));
    const current: Current = { request, engine, listeners, controller, waiting: 0 };
    engine.catch(() => {
      if (this.current === current) this.current = null;
    });
    controller.signal.addEventListener('abort', () => {
      if (this.current === current) this.current = null;
    });
    this.current = current;
    return current;
  }
}

function sameRequest(left: LoadRequest, right: LoadRequest): boolean {
  return left.modelsUrl === right.modelsUrl && left.device === right.device && left.allowFallbackAdapter === right.allowFallbackAdapter;
}
