import type { EngineError } from './engine';
import { english, phrase, type Phrase } from '../core/phrase';
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

/** One sentence for a log. */
export function describeEngineError(error: EngineError): string {
  return english(engineErrorPhrase(error));
}

/** One sentence for a person. */
export function engineErrorPhrase(error: EngineError): Phrase {
  switch (error.kind) {
    case 'artifact_unreachable':
      return error.status === null
        ? phrase('The model file {{path}} could not be fetched (no answer).', { path: error.path })
        : phrase('The model file {{path}} could not be fetched (status {{status}}).', { path: error.path, status: error.status });
    case 'artifact_corrupt':
      return phrase('The model file {{path}} is damaged: its sha256 is {{actual}}, expected {{expected}}.', { path: error.path, actual: error.actualSha256, expected: error.expectedSha256 });
    case 'manifest_invalid':
      return phrase('The model manifest cannot be used: {{detail}}', { detail: error.detail });
    case 'device_failed':
      return phrase('The {{device}} runtime failed: {{detail}}', { device: error.device === 'webgpu' ? 'GPU' : 'WebAssembly', detail: error.detail });
    case 'timed_out':
      return phrase("The engine gave no sign of life for {{seconds}} s during '{{method}}'.", { seconds: Math.round(error.afterMs / 1000), method: error.method });
    case 'worker_died':
      return phrase("The engine's worker stopped: {{detail}}", { detail: error.detail });
    case 'cancelled':
      return phrase('Cancelled.');
    case 'not_loaded':
      return phrase('The engine has not been loaded yet.');
    case 'no_candidates':
      return phrase('There is no model to choose from.');
    case 'internal':
      return phrase('The engine failed: {{detail}}', { detail: error.detail });
    default:
      return unreachable(error);
  }
}
