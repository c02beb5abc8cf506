import type { ModelResponse } from '../../core/conversation';
import { connectionIdOf } from '../../core/routing';
import type { App } from '../store/app';
import { thrownText } from '../words/thrown-text';

/** Counts towards the month's spending: first the prompt, so that a crash loses no more than the answer's share, then what it came to. */
export async function noteExpense(app: App, { id, modelId, startedAt }: ModelResponse, { usage, costUsd }: Pick<ModelResponse, 'usage' | 'costUsd'>): Promise<void> {
  const connectionId = connectionIdOf(modelId);
  if (connectionId === null) return;
  const expense = { id, at: startedAt, connectionId, modelId, inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0, costUsd };
  // A request that brought nothing at all, not even a count of tokens, is not charged.
  const work = usage === null ? app.budget.forget(id) : app.budget.record(expense);
  await work.catch((thrown: unknown) => app.chat.setStorageProblem(thrownText(thrown)));
}
