import type { EngineError, EngineMethod, EngineMethods } from './engine';

/** Page → worker. `cancel` names an earlier call. */
export type EngineCall = {
  [Method in EngineMethod]: { readonly type: 'call'; readonly id: number; readonly method: Method; readonly request: EngineMethods[Method]['request'] };
}[EngineMethod];

export type PageMessage = EngineCall | { readonly type: 'cancel'; readonly id: number };

/** Worker → page. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: EngineMethods[EngineMethod]['progress'] }
  | { readonly type: 'done'; readonly id: number; readonly response: EngineMethods[EngineMethod]['response'] }
  | { readonly type: 'failed'; readonly id: number; readonly error: EngineError };

/** What both the worker's client and the in-process twin implement. */
export interface Engine {
  call<Method extends EngineMethod>(
    method: Method,
    request: EngineMethods[Method]['request'],
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: EngineMethods[Method]['progress']) => void },
  ): Promise<EngineMethods[Method]['response']>;
  dispose(): void;
}
