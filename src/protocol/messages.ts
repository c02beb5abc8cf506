import type { Words } from '../core/phrase';
import type { EngineError, EngineMethod, EngineMethods } from './engine';

/**
 * What crosses the worker boundary. Each message names its method, so that a request, its progress and its reply are tied to
 * one another by type and neither side needs a cast. Everything survives structured clone.
 */
export type EngineCall<Method extends EngineMethod = EngineMethod> = {
  [Name in Method]: {
    readonly type: 'call';
    readonly id: number;
    readonly method: Name;
    readonly request: EngineMethods[Name]['request'];
  };
}[Method];

export type EngineDone<Method extends EngineMethod = EngineMethod> = {
  [Name in Method]: {
    readonly type: 'done';
    readonly id: number;
    readonly method: Name;
    readonly response: EngineMethods[Name]['response'];
  };
}[Method];

export type EngineProgress<Method extends EngineMethod = EngineMethod> = {
  [Name in Method]: {
    readonly type: 'progress';
    readonly id: number;
    readonly method: Name;
    readonly progress: EngineMethods[Name]['progress'];
  };
}[Method];

export interface EngineFailed {
  readonly type: 'failed';
  readonly id: number;
  readonly method: EngineMethod;
  readonly error: EngineError;
}

/** Page → worker. `cancel` names an earlier call. */
export type PageMessage<Method extends EngineMethod = EngineMethod> = EngineCall<Method> | { readonly type: 'cancel'; readonly id: number };

/** Worker → page. */
export type WorkerMessage<Method extends EngineMethod = EngineMethod> = EngineProgress<Method> | EngineDone<Method> | EngineFailed;

/** The worker's side of the wire. */
export interface WorkerPort {
  post<Method extends EngineMethod>(message: WorkerMessage<Method>): void;
  /** Called once. */
  listen(receive: (message: PageMessage) => void): void;
}

/** The page's side of one worker; `terminate` ends it whatever it is doing. */
export interface PagePort {
  post<Method extends EngineMethod>(message: PageMessage<Method>): void;
  /** Called once. `died` reports a script error, a crash or a message that could not be read. */
  listen(receive: (message: WorkerMessage) => void, died: (detail: Words) => void): void;
  terminate(): void;
}

export interface CallOptions<Method extends EngineMethod> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineMethods[Method]['progress']) => void;
}

/** What both the worker's client and the in-process twin implement. Rejects with `EngineFailure`, see failure.ts. */
export interface Engine {
  call<Method extends EngineMethod>(
    method: Method,
    request: EngineMethods[Method]['request'],
    options?: CallOptions<Method>,
  ): Promise<EngineMethods[Method]['response']>;
  dispose(): void;
}

const METHODS: Readonly<Record<EngineMethod, true>> = { load: true, encode: true, route: true, describe: true, adapt: true, nextPair: true };

/**
 * Whether a value that came over a wire is one of ours. Only the envelope is read: both ends are built together, and the
 * payload's type follows from `method`.
 */
export function isPageMessage(value: unknown): value is PageMessage {
  if (!isEnvelope(value)) return false;
  return value.type === 'cancel' || (value.type === 'call' && hasMethod(value) && 'request' in value);
}

export function isWorkerMessage(value: unknown): value is WorkerMessage {
  if (!isEnvelope(value) || !hasMethod(value)) return false;
  switch (value.type) {
    case 'progress':
      return 'progress' in value;
    case 'done':
      return 'response' in value;
    case 'failed':
      return 'error' in value;
    default:
      return false;
  }
}

function isEnvelope(value: unknown): value is { readonly type: unknown; readonly id: number } {
  return typeof value === 'object' && value !== null && 'type' in value && 'id' in value && typeof value.id === 'number';
}

function hasMethod(value: object): boolean {
  return 'method' in value && typeof value.method === 'string' && Object.hasOwn(METHODS, value.method);
}
