import type { EngineMethod, EngineMethods } from './engine';
import { EngineFailure, toEngineError } from './failure';
import type { EngineCall, EngineDone, EngineProgress, WorkerPort } from './messages';
import { unreachable } from '../core/result';

export interface CallContext<Method extends EngineMethod> {
  /** Fires when the page cancels this call. */
  readonly signal: AbortSignal;
  readonly reportProgress: (progress: EngineMethods[Method]['progress']) => void;
}

/** One function a method; a forgotten one fails to compile. They throw `EngineFailure` for expected failures. */
export type EngineHandlers = {
  readonly [Method in EngineMethod]: (
    request: EngineMethods[Method]['request'],
    context: CallContext<Method>,
  ) => Promise<EngineMethods[Method]['response']>;
};

/**
 * Answers calls that arrive on `port`. Calls start at once and may interleave, so that a route does not wait for a long batch;
 * the device itself is kept serial by the runtime's queue. Exactly one `done` or `failed` follows every call.
 */
export function serve(port: WorkerPort, handlers: EngineHandlers): void {
  const running = new Map<number, AbortController>();
  port.listen((message) => {
    switch (message.type) {
      case 'call':
        void answer(port, handlers, message, running);
        return;
      case 'cancel':
        running.get(message.id)?.abort();
        return;
      default:
        unreachable(message);
    }
  });
}

async function answer<Method extends EngineMethod>(
  port: WorkerPort,
  handlers: EngineHandlers,
  call: EngineCall<Method>,
  running: Map<number, AbortController>,
): Promise<void> {
  const { id, method } = call;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const response = await runHandler(port, handlers, call, controller.signal);
    if (controller.signal.aborted) throw new EngineFailure({ kind: 'cancelled' });
    const done: EngineDone<Method> = { type: 'done', id, method, response };
    port.post(done);
  } catch (thrown) {
    port.post({ type: 'failed', id, method, error: controller.signal.aborted ? { kind: 'cancelled' } : toEngineError(thrown) });
  } finally {
    running.delete(id);
  }
}

function runHandler<Method extends EngineMethod>(
  port: WorkerPort,
  handlers: EngineHandlers,
  call: EngineCall<Method>,
  signal: AbortSignal,
): Promise<EngineMethods[Method]['response']> {
  const handler = handlers[call.method];
  return handler(call.request, {
    signal,
    reportProgress: (progress) => {
      const update: EngineProgress<Method> = { type: 'progress', id: call.id, method: call.method, progress };
      if (!signal.aborted) port.post(update);
    },
  });
}
