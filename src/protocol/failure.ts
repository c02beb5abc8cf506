import type { EngineError } from './engine';
import { unreachable } from '../core/result';

/** An `EngineError` in flight inside one thread. Only the plain `error` crosses the worker boundary. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';

  constructor(readonly error: EngineError) {
    super(describeEngineError(error));
  }
}

/** Any thrown value as plain data. A defect becomes `internal` and keeps its message. */
export function toEngineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineFailure) return thrown.error;
  return { kind: 'internal', detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
}

/** Throws `cancelled` when the signal has fired; called between the stages of a long call. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineFailure({ kind: 'cancelled' });
}

/** One sentence for a person or a log. */
export function describeEngineError(error: EngineError): string {
  switch (error.kind) {
    case 'artifact_unreachable':
      return `The model file ${error.path} could not be fetched (${error.status === null ? 'no answer' : `status ${error.status}`}).`;
    case 'artifact_corrupt':
      return `The model file ${error.path} is damaged: its sha256 is ${error.actualSha256}, expected ${error.expectedSha256}.`;
    case 'manifest_invalid':
      return `The model manifest cannot be used: ${error.detail}`;
    case 'device_failed':
      return `The ${error.device === 'webgpu' ? 'GPU' : 'WebAssembly'} runtime failed: ${error.detail}`;
    case 'timed_out':
      return `The engine gave no sign of life for ${Math.round(error.afterMs / 1000)} s during '${error.method}'.`;
    case 'worker_died':
      return `The engine's worker stopped: ${error.detail}`;
    case 'cancelled':
      return 'Cancelled.';
    case 'not_loaded':
      return 'The engine has not been loaded yet.';
    case 'no_candidates':
      return 'There is no model to choose from.';
    case 'internal':
      return `The engine failed: ${error.detail}`;
    default:
      return unreachable(error);
  }
}
