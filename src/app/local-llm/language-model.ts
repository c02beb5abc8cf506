import { phrase } from '../../core/phrase';
import { ProviderFailure } from '../../providers/failure';
import { textOfMessage, type LanguageModel, type ProviderError, type StreamPart, type StreamRequest } from '../../providers/language-model';
import { LlmFailure, type LlmError, type LlmReply, type ModelPlan } from '../../protocol/local-llm';
import type { LocalLlmClient } from './client';
import { localState } from './files';

/** Long enough for an answer, short enough for a small model that has lost its thread. */
const MAX_OUTPUT_TOKENS = 1_024;

/**
 * A GPU that gives up before the first word is replaced by WASM in a fresh worker; should the weights' format not suit it either, that
 * failure is told.
 */
async function* generateSomewhere(client: Pick<LocalLlmClient, 'generate'>, plan: ModelPlan, request: StreamRequest, signal: AbortSignal): AsyncGenerator<LlmReply> {
  const messages = request.messages.map((message) => ({ role: message.role, content: textOfMessage(message) }));
  const maxOutputTokens = request.maxOutputTokens ?? MAX_OUTPUT_TOKENS;
  let hasSpoken = false;
  try {
    for await (const reply of client.generate(plan, messages, maxOutputTokens, signal)) {
      hasSpoken ||= reply.type === 'text';
      yield reply;
    }
  } catch (thrown) {
    const isDevice = thrown instanceof LlmFailure && thrown.error.kind === 'device_failed';
    if (!isDevice || hasSpoken || plan.device === 'wasm') throw thrown;
    yield* client.generate({ ...plan, device: 'wasm' }, messages, maxOutputTokens, signal);
  }
}

/** Downloaded models behind the contract of all others; `model` is the offer's id. */
export function localLanguageModel(client: Pick<LocalLlmClient, 'generate'>, stateOf: typeof localState = localState): LanguageModel {
  return {
    stream: (request, signal) => stream(client, stateOf, request, signal),
    // They are listed by what was downloaded, not asked for.
    listModels: async () => [],
  };
}

async function* stream(client: Pick<LocalLlmClient, 'generate'>, stateOf: typeof localState, request: StreamRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
  let isStarted = false;
  try {
    const state = await stateOf(request.model);
    if (state.kind !== 'installed') throw new LlmFailure({ kind: 'missing_files' });
    for await (const reply of generateSomewhere(client, state.plan, request, signal)) {
      if (reply.type === 'started' && !isStarted) yield { type: 'start', responseModel: request.model };
      isStarted ||= reply.type === 'started';
      if (reply.type === 'text') yield { type: 'text-delta', text: reply.text };
      if (reply.type === 'done') {
        const { inputTokens, outputTokens, reachedLimit } = reply;
        yield { type: 'end', finishReason: reachedLimit ? 'length' : 'stop', usage: { inputTokens, outputTokens, estimated: false } };
      }
    }
  } catch (thrown) {
    if (signal.aborted) throw new ProviderFailure({ kind: 'cancelled' });
    throw thrown instanceof LlmFailure ? new ProviderFailure(toProviderError(thrown.error, request.model)) : thrown;
  }
}

function toProviderError(error: LlmError, model: string): ProviderError {
  switch (error.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'missing_files':
      return { kind: 'model_missing', model };
    case 'context_too_long':
      return { kind: 'context_too_long', detail: phrase('{{tokens}} of {{limit}} tokens.', { tokens: error.tokens, limit: error.limit }) };
    case 'device_failed':
      return { kind: 'device_failed', detail: error.detail };
    default:
      return { kind: 'device_failed', detail: error.kind };
  }
}
