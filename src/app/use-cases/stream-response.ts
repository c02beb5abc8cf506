import type { ModelResponse, ResponseFailure, StandIn, TokenUsage, Turn } from '../../core/conversation';
import { connectionIdOf, type ModelCard } from '../../core/routing';
import { estimateTokens } from '../../core/tokens';
import type { ChatMessage, StreamPart } from '../../providers/language-model';
import type { ProgressWriter } from '../../storage/progress-writer';
import type { App } from '../store/app';
import type { ConnectedModel } from '../store/pool';
import { shownResponse } from '../store/turn-tree';

export function newResponse(app: App, modelId: string, standIn: StandIn | null = null): ModelResponse {
  return {
    id: app.platform.clock.newId(),
    modelId,
    modelName: app.pool.nameOf(modelId),
    text: '',
    reasoningText: '',
    status: 'streaming',
    failure: null,
    startedAt: app.platform.clock.now(),
    firstTokenAt: null,
    finishedAt: null,
    usage: null,
    costUsd: null,
    standIn,
  };
}

/** The conversation so far as the provider gets it. Turns without any answer keep their prompt. */
export function messagesFor(path: readonly Turn[], prompt: string): readonly ChatMessage[] {
  const earlier = path.flatMap((turn): ChatMessage[] => {
    const answer = shownResponse(turn)?.text ?? '';
    const asked: ChatMessage = { role: 'user', content: turn.prompt };
    return answer === '' ? [asked] : [asked, { role: 'assistant', content: answer }];
  });
  return [...earlier, { role: 'user', content: prompt }];
}

/**
 * Receives one response: parts reach the screen once a frame and the disk about once a second; whatever was received is kept
 * however it ends. Never rejects; a failure is in the response. Resolves with its final state.
 */
export async function streamResponse(app: App, turnId: string, start: ModelResponse, messages: readonly ChatMessage[]): Promise<ModelResponse> {
  const signal = app.chat.start(start.id);
  const connected = app.pool.connected(start.modelId);
  await noteExpense(app, start, accountFor({ ...start, usage: PROMPT_ONLY }, connected?.model.card ?? null, messages));
  const writer = await app.platform.storage.startProgress({
    turnId,
    responseId: start.id,
    onError: (error) => app.chat.setStorageProblem(`${error.message} ${error.advice}`),
  });
  const receiver = new ResponseReceiver(app, turnId, start, writer);
  const ended = connected ? await receive(app, connected, messages, receiver, signal) : receiver.fail(MODEL_GONE);
  const account = accountFor(ended, connected?.model.card ?? null, messages);
  const final = { ...ended, finishedAt: app.platform.clock.now(), ...account };
  await noteExpense(app, start, account);
  receiver.close();
  app.chat.showResponse(turnId, final);
  await writer.finish(final);
  app.chat.end(start.id);
  return final;
}

/** Nothing has been written yet; the prompt is counted from its text. */
const PROMPT_ONLY: TokenUsage = { inputTokens: null, outputTokens: 0, estimated: true };

/** Counts towards the month's spending: first the prompt, so that a crash loses no more than the answer's share, then what it came to. */
async function noteExpense(app: App, { id, modelId, startedAt }: ModelResponse, { usage, costUsd }: Pick<ModelResponse, 'usage' | 'costUsd'>): Promise<void> {
  const connectionId = connectionIdOf(modelId);
  if (connectionId === null) return;
  const expense = { id, at: startedAt, connectionId, modelId, inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0, costUsd };
  // A request that brought nothing at all, not even a count of tokens, is not charged.
  const work = usage === null ? app.budget.forget(id) : app.budget.record(expense);
  await work.catch((thrown: unknown) => app.chat.setStorageProblem(thrown instanceof Error ? thrown.message : String(thrown)));
}

const MODEL_GONE: ResponseFailure = {
  kind: 'model_gone',
  message: 'This model is no longer connected.',
  advice: 'Connect it again under Models, or choose another model.',
};

const EARLY_END: Readonly<Record<'length' | 'content-filter', ResponseFailure>> = {
  length: { kind: 'length', message: 'The answer reached the provider’s length limit.', advice: 'Ask the model to continue.' },
  'content-filter': { kind: 'content_filter', message: 'The provider’s filter stopped the answer.', advice: 'Rephrase the prompt, or regenerate with another model.' },
};

async function receive(
  app: App,
  { model, connection }: ConnectedModel,
  messages: readonly ChatMessage[],
  receiver: ResponseReceiver,
  signal: AbortSignal,
): Promise<ModelResponse> {
  try {
    const languageModel = await app.platform.providers.open(connection);
    const request = { model: model.remoteId, messages, maxOutputTokens: null };
    for await (const part of languageModel.stream(request, signal)) {
      if (signal.aborted) break;
      receiver.take(part);
    }
    return signal.aborted ? receiver.stop() : receiver.complete();
  } catch (thrown) {
    if (signal.aborted) return receiver.stop();
    const failure = await app.platform.providers.describe(thrown, connection);
    return failure ? receiver.fail(failure) : receiver.stop();
  }
}

/** Gathers parts into a response and shows it at most once a frame. */
class ResponseReceiver {
  private cancelFrame: (() => void) | null = null;

  constructor(
    private readonly app: App,
    private readonly turnId: string,
    private response: ModelResponse,
    private readonly writer: ProgressWriter,
  ) {}

  take(part: StreamPart): void {
    switch (part.type) {
      case 'start':
        return;
      case 'text-delta':
        return this.update({ text: this.response.text + part.text, firstTokenAt: this.firstTokenAt() });
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
      return this.fail({ kind: 'empty', message: 'The model ended without an answer.', advice: 'Try again, or choose another model.' });
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

/** Tokens as counted by the provider, else estimated from the texts; the cost follows from the model's prices. */
function accountFor(response: ModelResponse, card: ModelCard | null, messages: readonly ChatMessage[]): Pick<ModelResponse, 'usage' | 'costUsd'> {
  if (response.text === '' && response.reasoningText === '' && response.usage === null) return { usage: null, costUsd: null };
  const usage = completeUsage(response, messages);
  return { usage, costUsd: card && costOf(card, usage) };
}

function completeUsage({ usage, text, reasoningText }: ModelResponse, messages: readonly ChatMessage[]): TokenUsage {
  const counted = usage !== null && usage.inputTokens !== null && usage.outputTokens !== null;
  return {
    inputTokens: usage?.inputTokens ?? messages.reduce((sum, message) => sum + estimateTokens(message.content), 0),
    outputTokens: usage?.outputTokens ?? estimateTokens(text) + estimateTokens(reasoningText),
    estimated: !counted || usage.estimated,
  };
}

function costOf(card: ModelCard, usage: TokenUsage): number | null {
  if (card.local) return 0;
  const { priceInUsdPerMTok, priceOutUsdPerMTok } = card;
  if (priceInUsdPerMTok === null || priceOutUsdPerMTok === null) return null;
  return ((usage.inputTokens ?? 0) * priceInUsdPerMTok + (usage.outputTokens ?? 0) * priceOutUsdPerMTok) / 1e6;
}
