import type { AvailableModel, LanguageModel, StreamPart, StreamRequest } from '../../providers/language-model';
import { ProviderFailure } from '../../providers/failure';
import type { ProviderError } from '../../providers/language-model';

/** One step of a scripted answer: text, a failure, or waiting until the test says go. */
export type ScriptStep = string | { readonly fail: ProviderError } | { readonly wait: Promise<void> };

/** A back end that answers from a script for each model. Records what it was asked. */
export class FakeLanguageModel implements LanguageModel {
  readonly requests: StreamRequest[] = [];
  readonly scripts = new Map<string, readonly ScriptStep[]>();
  models: readonly AvailableModel[] = [];

  async *stream(request: StreamRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    this.requests.push(request);
    yield { type: 'start', responseModel: request.model };
    for (const step of this.scripts.get(request.model) ?? [`Answer of ${request.model}.`]) {
      if (typeof step === 'string') yield { type: 'text-delta', text: step };
      else if ('fail' in step) throw new ProviderFailure(step.fail);
      else await untilAborted(step.wait, signal);
    }
    yield { type: 'end', finishReason: 'stop', usage: { inputTokens: 10, outputTokens: 20, estimated: false } };
  }

  async listModels(): Promise<readonly AvailableModel[]> {
    return this.models;
  }
}

function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ProviderFailure({ kind: 'cancelled' })), { once: true });
    work.then(resolve, reject);
  });
}
