import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineError, EngineStatus, LoadProgress, LoadRequest, StageTimings } from '../../protocol/engine';
import { toEngineError } from '../../protocol/failure';
import type { Engine } from '../../protocol/messages';

export type EnginePhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'ready'; readonly status: EngineStatus }
  | { readonly kind: 'failed'; readonly error: EngineError };

export interface EngineState {
  readonly phase: EnginePhase;
  /** Of the last route; shown in settings. */
  readonly lastTimings: StageTimings | null;
}

export interface EngineSlice {
  readonly store: StoreApi<EngineState>;
  readonly engine: Engine;
  /** Loads once; a call while loading or ready joins the first. Never rejects: failure is a phase. True when ready. */
  start(device: LoadRequest['device']): Promise<boolean>;
  /** Loads afresh: on another device, or after a failure. */
  restart(device: LoadRequest['device']): Promise<boolean>;
  /** Resolves when the engine is ready; keeps waiting through failures and restarts. */
  whenReady(): Promise<void>;
  isReady(): boolean;
  noteTimings(timings: StageTimings): void;
  /** The worker came back by itself, perhaps on another device. */
  noteStatus(status: EngineStatus): void;
}

export interface EngineLoadPlan {
  readonly modelsUrl: string;
  readonly allowFallbackAdapter: boolean;
}

export function createEngineSlice(engine: Engine, plan: EngineLoadPlan): EngineSlice {
  const store = createStore<EngineState>(() => ({ phase: { kind: 'idle' }, lastTimings: null }));
  const isReady = () => store.getState().phase.kind === 'ready';
  let current: Promise<boolean> | null = null;

  const load = async (device: LoadRequest['device']): Promise<boolean> => {
    store.setState({ phase: { kind: 'loading', progress: null } });
    try {
      const request = { ...plan, device };
      const onProgress = (progress: LoadProgress) => store.setState({ phase: { kind: 'loading', progress } });
      const status = await engine.call('load', request, { onProgress });
      store.setState({ phase: { kind: 'ready', status } });
      return true;
    } catch (thrown) {
      store.setState({ phase: { kind: 'failed', error: toEngineError(thrown) } });
      return false;
    }
  };

  const restart = (device: LoadRequest['device']) => {
    current = load(device);
    return current;
  };

  return {
    store,
    engine,
    isReady,
    start: (device) => (store.getState().phase.kind === 'failed' || current === null ? restart(device) : current),
    restart,
    whenReady: () =>
      new Promise((resolve) => {
        if (isReady()) return resolve();
        const stop = store.subscribe(() => {
          if (!isReady()) return;
          stop();
          resolve();
        });
      }),
    noteTimings: (timings) => store.setState({ lastTimings: timings }),
    noteStatus: (status) => {
      if (isReady()) store.setState({ phase: { kind: 'ready', status } });
    },
  };
}
