import { joinContinuation } from '../../core/continuation';
import type { ModelResponse, ResponseFailure } from '../../core/conversation';
import { phrase } from '../../core/phrase';
import type { StreamPart } from '../../providers/language-model';
import type { ProgressWriter } from '../../storage/progress-writer';
import type { App } from '../store/app';

const EARLY_END: Readonly<Record<'length' | 'content-filter', ResponseFailure>> = {
  length: { kind: 'length', message: phrase('The answer reached the provider’s length limit.'), advice: phrase('Press Continue for the rest.') },
  'content-filter': { kind: 'content_filter', message: phrase('The provider’s filter stopped the answer.'), advice: phrase('Rephrase the prompt, or regenerate with another model.') },
};

/** Gathers parts into a response and shows it at most once a frame. */
export class ResponseReceiver {
  private cancelFrame: (() => void) | null = null;
  private received = '';

  /** `cut`: the answer that is being continued, as it was; null for a new one. */
  constructor(
    private readonly app: App,
    private readonly turnId: string,
    private response: ModelResponse,
    private readonly writer: Pick<ProgressWriter, 'push'>,
    private readonly cut: ModelResponse | null,
  ) {}

  take(part: StreamPart): void {
    switch (part.type) {
      case 'start':
        return;
      case 'text-delta':
        this.received += part.text;
        return this.update({ text: this.cut ? joinContinuation(this.cut.text, this.received) : this.received, firstTokenAt: this.firstTokenAt() });
      case 'reasoning-delta':
        return this.update({ reasoningText: this.response.reasoningText + part.text, firstTokenAt: this.firstTokenAt() });
      case 'end':
        return this.update({
          usage: part.usage,
          failure: part.finishReason === 'length' || part.finishReason === 'content-filter' ? EARLY_END[part.finishReason] : null,
        });
    }
  }

  complete(): ModelResponse {
    if (this.response.text === '' && this.response.failure === null) {
      return this.fail({ kind: 'empty', message: phrase('The model ended without an answer.'), advice: phrase('Try again, or choose another model.') });
    }
    return { ...this.response, status: 'complete' };
  }

  stop(): ModelResponse {
    return { ...this.response, status: 'stopped' };
  }

  fail(failure: ResponseFailure): ModelResponse {
    return { ...this.response, status: 'failed', failure };
  }

  close(): void {
    this.cancelFrame?.();
  }

  private update(change: Partial<ModelResponse>): void {
    this.response = { ...this.response, ...change };
    this.writer.push(this.response);
    this.cancelFrame ??= this.app.platform.clock.onNextFrame(() => {
      this.cancelFrame = null;
      this.app.chat.showResponse(this.turnId, this.response);
    });
  }

  private firstTokenAt(): number {
    return this.response.firstTokenAt ?? this.app.platform.clock.now();
  }
}
