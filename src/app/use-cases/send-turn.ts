import type { Conversation, Turn, TurnMode } from '../../core/conversation';
import type { RoutingDecision } from '../../core/routing';
import type { App } from '../store/app';
import { titleFrom } from '../store/conversations';
import { awaitsPick, branch } from '../store/turn-tree';
import { afterAnswer } from './after-answer';
import { choose, defaultModelId } from './choose-plan';
import { skipComparison } from './judge-comparison';
import { countComparison } from './routing-request';
import { messagesFor } from './messages';
import { newResponse, streamResponse } from './stream-response';

export interface SendRequest {
  readonly prompt: string;
  /** Null = Auto. */
  readonly chosenModelId: string | null;
  /** The turn it follows; null starts a conversation, or a branch at its beginning. */
  readonly parentId: string | null;
}

export type SendOutcome =
  /** The turn is stored and its answer on the way. `answered` resolves when it has ended, however it did. */
  | { readonly kind: 'sent'; readonly conversationId: string; readonly answered: Promise<void> }
  /** Nothing is connected that could answer. */
  | { readonly kind: 'no_model' }
  /** The user's own limits leave no model; `decision.plan` says which to relax. */
  | { readonly kind: 'nothing_qualifies'; readonly decision: RoutingDecision }
  | { readonly kind: 'not_saved'; readonly message: string };

interface Plan {
  readonly mode: TurnMode;
  /** One, or two to compare, left first. */
  readonly modelIds: readonly string[];
  readonly decision: RoutingDecision | null;
}

/** A prompt is sent: choose, store, answer, learn. What was typed is only given up once it is on disk. */
export async function sendTurn(app: App, request: SendRequest): Promise<SendOutcome> {
  if (app.pool.available().length === 0 && request.chosenModelId === null) return { kind: 'no_model' };
  app.chat.setChoosing(true);
  try {
    await passOverComparison(app, request.parentId);
    const { turns, conversationId } = app.chat.store.getState();
    const path = branch(turns, request.parentId);
    const plan = await makePlan(app, request, path);
    if ('kind' in plan) return plan;
    const known = conversationId === null ? null : await app.platform.storage.conversations.get(conversationId);
    const { turn, conversation } = buildTurn(app, request, plan, known);
    await app.chat.begin(turn, conversation);
    if (plan.modelIds.length === 2) await countComparison(app);
    return { kind: 'sent', conversationId: conversation.id, answered: answer(app, turn, path) };
  } catch (thrown) {
    return { kind: 'not_saved', message: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    app.chat.setChoosing(false);
  }
}

/** Going on without picking passes the comparison over. */
async function passOverComparison(app: App, lastId: string | null): Promise<void> {
  const last = lastId === null ? null : app.chat.find(lastId);
  if (last && awaitsPick(last)) await skipComparison(app, last.id);
}

async function makePlan(app: App, { prompt, chosenModelId }: SendRequest, path: readonly Turn[]): Promise<Plan | SendOutcome> {
  const choice = await choose(app, prompt, path, chosenModelId === null);
  const decision = choice.kind === 'decided' ? choice.decision : null;
  if (chosenModelId !== null) {
    return app.pool.connected(chosenModelId) ? { mode: 'manual', modelIds: [chosenModelId], decision } : { kind: 'no_model' };
  }
  if (decision === null) {
    const fallback = defaultModelId(app);
    return fallback === null ? { kind: 'no_model' } : { mode: 'auto', modelIds: [fallback], decision: null };
  }
  switch (decision.plan.kind) {
    case 'none':
      return { kind: 'nothing_qualifies', decision };
    case 'single':
      return { mode: 'auto', modelIds: [decision.plan.modelId], decision };
    case 'compare':
      return { mode: 'compare', modelIds: decision.plan.modelIds, decision };
  }
}

function buildTurn(app: App, request: SendRequest, plan: Plan, known: Conversation | null): { turn: Turn; conversation: Conversation } {
  const { clock } = app.platform;
  const now = clock.now();
  const responses = plan.modelIds.map((modelId) => newResponse(app, modelId));
  const [first, second] = responses;
  const turn: Turn = {
    id: clock.newId(),
    conversationId: known?.id ?? clock.newId(),
    parentId: request.parentId,
    createdAt: now,
    prompt: request.prompt,
    mode: plan.mode,
    decision: plan.decision,
    responses,
    shownResponseId: second ? null : (first?.id ?? null),
    comparison: first && second ? { responseIds: [first.id, second.id], preferenceId: null } : null,
    thumbs: null,
  };
  const conversation: Conversation = known
    ? { ...known, updatedAt: now, currentTurnId: turn.id }
    : { id: turn.conversationId, title: titleFrom(request.prompt), createdAt: now, updatedAt: now, pinnedModelId: null, currentTurnId: turn.id, limits: app.limits.pending() };
  return { turn, conversation };
}

async function answer(app: App, turn: Turn, path: readonly Turn[]): Promise<void> {
  const messages = messagesFor(path, turn.prompt);
  await Promise.all(turn.responses.map((response) => streamResponse(app, turn.id, response, messages)));
  await afterAnswer(app, turn.id);
}
