import { TEMPORARY_ID, type Turn } from '../../core/conversation';
import { titleFromModel } from '../../core/title';
import type { ChatMessage } from '../../providers/language-model';
import type { App } from '../store/app';
import { titleFrom } from '../store/conversations';
import { shownResponse } from '../store/turn-tree';
import { accountFor } from './account';
import { defaultModelId } from './choose-plan';
import { noteExpense } from './note-expense';
import { newResponse } from './stream-response';

const REQUEST = 'Write a title for a chat that begins with the following, in its own language, of at most six words. Reply with the title alone.';
/** A title needs no more of the prompt and of the answer. */
const EXCERPT = { prompt: 1500, answer: 500 } as const;
/** Models that think first need room for it. */
const MAX_TOKENS = 1000;

/**
 * If the user has asked for that, the default model names a chat after its first answer. It costs what a short prompt costs, which is counted. A
 * title that was given by hand stays, and a failure leaves the title by rule.
 */
export async function nameChat(app: App, turnId: string): Promise<void> {
  if (app.settings.store.getState().titles !== 'model') return;
  const turn = app.chat.find(turnId) ?? (await app.platform.storage.turns.get(turnId));
  if (!turn || turn.parentId !== null || turn.conversationId === TEMPORARY_ID || !isUnnamed(app, turn)) return;
  const modelId = defaultModelId(app);
  const answer = shownResponse(turn)?.text ?? '';
  if (modelId === null || answer === '') return;
  const content = `${REQUEST}\n\n---\n${turn.prompt.slice(0, EXCERPT.prompt)}\n---\n${answer.slice(0, EXCERPT.answer)}`;
  const title = titleFromModel(await ask(app, modelId, [{ role: 'user', content }]));
  if (title !== '' && isUnnamed(app, turn)) await app.conversations.rename(turn.conversationId, title);
}

function isUnnamed(app: App, { conversationId, prompt, attachments }: Turn): boolean {
  return app.conversations.find(conversationId)?.title === titleFrom(prompt || (attachments[0]?.name ?? ''));
}

/** The reply's text. Rejects with what the provider threw. */
async function ask(app: App, modelId: string, messages: readonly ChatMessage[]): Promise<string> {
  const connected = app.pool.connected(modelId);
  if (!connected) return '';
  const { model, connection } = connected;
  let response = newResponse(app, modelId);
  const languageModel = await app.platform.providers.open(connection);
  try {
    for await (const part of languageModel.stream({ model: model.remoteId, messages, maxOutputTokens: MAX_TOKENS }, new AbortController().signal)) {
      if (part.type === 'text-delta') response = { ...response, text: response.text + part.text };
      if (part.type === 'reasoning-delta') response = { ...response, reasoningText: response.reasoningText + part.text };
      if (part.type === 'end') response = { ...response, usage: part.usage };
    }
    return response.text;
  } finally {
    await noteExpense(app, response, accountFor(response, model.card, messages, null));
  }
}
