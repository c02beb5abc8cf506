import { TEMPORARY_ID, type ModelResponse, type ResponseFailure, type StandIn, type TokenUsage } from '../../core/conversation';
import { phrase } from '../../core/phrase';
import type { ChatMessage } from '../../providers/language-model';
import type { ProgressWriter } from '../../storage/progress-writer';
import type { App } from '../store/app';
import type { ConnectedModel } from '../store/pool';
import { storageErrorText } from '../words/thrown-text';
import { accountFor } from './account';
import { noteExpense } from './note-expense';
import { ResponseReceiver } from './response-receiver';

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

/**
 * Receives one response: parts reach the screen once a frame and the disk about once a second; whatever was received is kept
 * however it ends. Never rejects; a failure is in the response. Resolves with its final state. `cut` is the answer that is continued, as it was.
 */
export async function streamResponse(
  app: App,
  turnId: string,
  start: ModelResponse,
  messages: readonly ChatMessage[],
  cut: ModelResponse | null = null,
): Promise<ModelResponse> {
  const signal = app.chat.start(start.id);
  const connected = app.pool.connected(start.modelId);
  const card = connected?.model.card ?? null;
  await noteExpense(app, start, accountFor({ ...start, usage: PROMPT_ONLY }, card, messages, cut));
  const writer = await startWriter(app, turnId, start.id);
  const receiver = new ResponseReceiver(app, turnId, start, writer, cut);
  const ended = connected ? await receive(app, connected, messages, receiver, signal) : receiver.fail(MODEL_GONE);
  const account = accountFor(ended, card, messages, cut);
  const final = { ...ended, finishedAt: app.platform.clock.now(), ...account };
  // What is shown as ended is on the disk: somebody who reads "Stopped here." may close the page at once.
  await Promise.all([noteExpense(app, start, account), writer.finish(final)]);
  receiver.close();
  app.chat.showResponse(turnId, final);
  app.chat.end(start.id);
  return final;
}

type Writer = Pick<ProgressWriter, 'push' | 'finish'>;

/** Nothing of a temporary chat reaches the disk. */
const NO_WRITER: Writer = { push: () => undefined, finish: async () => true };

async function startWriter(app: App, turnId: string, responseId: string): Promise<Writer> {
  if (app.chat.find(turnId)?.conversationId === TEMPORARY_ID) return NO_WRITER;
  return app.platform.storage.startProgress({
    turnId,
    responseId,
    onError: (error) => app.chat.setStorageProblem(storageErrorText(error)),
  });
}

const PROMPT_ONLY: TokenUsage = { inputTokens: null, outputTokens: 0, estimated: true };

const MODEL_GONE: ResponseFailure = {
  kind: 'model_gone',
  message: phrase('This model is no longer connected.'),
  advice: phrase('Connect it again under Models, or choose another model.'),
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
