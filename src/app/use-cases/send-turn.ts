import { modalitiesOf } from '../../core/attachments';
import { newConversation, TEMPORARY_ID, type Attachment, type ChatSetup, type Conversation, type StandIn, type Turn, type TurnMode } from '../../core/conversation';
import type { RoutingDecision } from '../../core/routing';
import type { App } from '../store/app';
import { titleFrom } from '../store/conversations';
import { awaitsPick, branch } from '../store/turn-tree';
import { thrownText } from '../words/thrown-text';
import { afterAnswer } from './after-answer';
import { currentSetup } from './chat-setup';
import { choose, confirmBudget, opinion, unsureStandIn } from './choose-plan';
import { skipComparison } from './judge-comparison';
import { noteOccasion } from './routing-request';
import { messagesFor } from './messages';
import { nameChat } from './name-chat';
import { standInForFailure } from './stand-in';
import { newResponse, streamResponse } from './stream-response';

export interface SendRequest {
  readonly prompt: string;
  /** Null = Auto. */
  readonly chosenModelId: string | null;
  /** The turn it follows; null starts a conversation, or a branch at its beginning. */
  readonly parentId: string | null;
  readonly attachments?: readonly Attachment[];
  /** The user has seen that the chosen model takes no images and wants it all the same. */
  readonly withoutImages?: boolean;
}

export type SendOutcome =
  /** The turn is stored and its answer on the way. `answered` resolves when it has ended, however it did. */
  | { readonly kind: 'sent'; readonly conversationId: string; readonly answered: Promise<void> }
  /** Nothing is connected that could answer. */
  | { readonly kind: 'no_model' }
  /** The user's own limits leave no model; `decision.plan` says which to relax. */
  | { readonly kind: 'nothing_qualifies'; readonly decision: RoutingDecision }
  /** The router is not awake, and of the models none that is allowed to take its place takes this prompt. */
  | { readonly kind: 'not_ready' }
  /** The chat's own model is not connected, and no other takes its place unasked. */
  | { readonly kind: 'pinned_gone'; readonly modelId: string }
  /** The model that the user chose, here or for the chat, takes no images. */
  | { readonly kind: 'takes_no_images'; readonly modelId: string }
  /** The user was asked, and said no. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'not_saved'; readonly message: string };

interface Plan {
  readonly mode: TurnMode;
  /** One, or two to compare, left first. */
  readonly modelIds: readonly string[];
  readonly decision: RoutingDecision | null;
  readonly standIn?: StandIn;
}

/** A prompt is sent: choose, store, answer, learn. What was typed is only given up once it is on disk. */
export async function sendTurn(app: App, request: SendRequest): Promise<SendOutcome> {
  if (app.pool.available().length === 0 && request.chosenModelId === null) return { kind: 'no_model' };
  app.chat.setChoosing(true);
  try {
    // Files pass from the draft to the conversation, so they have to be there.
    await app.composer.settled();
    await passOverComparison(app, request.parentId);
    const { turns, conversationId } = app.chat.store.getState();
    const begun = app.conversations.find(conversationId ?? '');
    const path = branch(turns, request.parentId);
    const plan = await makePlan(app, request, path);
    if ('kind' in plan) return plan;
    const known = conversationId === null ? null : await app.conversations.read(conversationId);
    // A temporary chat that was left meanwhile is over, and its prompt goes nowhere.
    if (conversationId === TEMPORARY_ID && known?.createdAt !== begun?.createdAt) return { kind: 'declined' };
    const { turn, conversation } = buildTurn(app, request, plan, known);
    await app.chat.begin(turn, conversation);
    const answered = answer(app, turn);
    // Beside the answer, which neither waits for the count nor is lost with it: the turn is stored.
    await noteOccasion(app, plan.modelIds.length === 2, plan.decision?.comparisonGain ?? null).catch((thrown: unknown) => console.warn('The comparisons of today were not counted', thrown));
    return { kind: 'sent', conversationId: conversation.id, answered };
  } catch (thrown) {
    return { kind: 'not_saved', message: thrownText(thrown) };
  } finally {
    app.chat.setChoosing(false);
  }
}

/** Going on without picking passes the comparison over. */
async function passOverComparison(app: App, lastId: string | null): Promise<void> {
  const last = lastId === null ? null : app.chat.find(lastId);
  if (last && awaitsPick(last)) await skipComparison(app, last.id);
}

async function makePlan(app: App, request: SendRequest, path: readonly Turn[]): Promise<Plan | SendOutcome> {
  const { prompt, chosenModelId, attachments = [] } = request;
  const wanted = chosenModelId ?? currentSetup(app).pinnedModelId;
  const asking = { prompt, path, attachments };
  if (wanted !== null) {
    const plan = planFor(app, request, wanted);
    if ('kind' in plan) return plan;
    return (await confirmBudget(app, wanted)) ? { ...plan, decision: await opinion(app, asking) } : { kind: 'declined' };
  }
  const choice = await choose(app, asking);
  switch (choice.kind) {
    case 'decided':
      return planOf(app, choice.decision);
    case 'stand_in':
      return { mode: 'auto', modelIds: [choice.modelId], decision: null, standIn: choice.standIn };
    case 'no_stand_in':
      return { kind: 'not_ready' };
    case 'declined':
      return choice;
  }
}

function planOf(app: App, decision: RoutingDecision): Plan | SendOutcome {
  const unsure = unsureStandIn(app, decision);
  if (unsure) return { mode: 'auto', modelIds: [unsure.modelId], decision, standIn: unsure.standIn };
  switch (decision.plan.kind) {
    case 'none':
      return { kind: 'nothing_qualifies', decision };
    case 'single':
      return { mode: 'auto', modelIds: [decision.plan.modelId], decision };
    case 'compare':
      return { mode: 'compare', modelIds: decision.plan.modelIds, decision };
  }
}

/** The model that was chosen for this prompt, or for the chat. */
function planFor(app: App, { chosenModelId, attachments = [], withoutImages = false }: SendRequest, modelId: string): Plan | SendOutcome {
  const model = app.pool.connected(modelId)?.model;
  if (!model) return chosenModelId === null ? { kind: 'pinned_gone', modelId } : { kind: 'no_model' };
  const takesAll = modalitiesOf(attachments).every((modality) => model.card.modalities.includes(modality));
  if (!takesAll && !withoutImages) return { kind: 'takes_no_images', modelId };
  return { mode: chosenModelId === null ? 'pinned' : 'manual', modelIds: [modelId], decision: null };
}

function buildTurn(app: App, request: SendRequest, plan: Plan, known: Conversation | null): { turn: Turn; conversation: Conversation } {
  const { clock } = app.platform;
  const now = clock.now();
  const responses = plan.modelIds.map((modelId) => newResponse(app, modelId, plan.standIn));
  const [first, second] = responses;
  const turn: Turn = {
    id: clock.newId(),
    conversationId: known?.id ?? clock.newId(),
    parentId: request.parentId,
    createdAt: now,
    prompt: request.prompt,
    attachments: request.attachments ?? [],
    mode: plan.mode,
    decision: plan.decision,
    responses,
    shownResponseId: second ? null : (first?.id ?? null),
    comparison: first && second ? { responseIds: [first.id, second.id], preferenceId: null } : null,
    thumbs: null,
  };
  const conversation: Conversation = known
    ? { ...known, updatedAt: now, currentTurnId: turn.id }
    : newConversation({ ...setupOf(app), id: turn.conversationId, title: titleFrom(request.prompt || (request.attachments?.[0]?.name ?? '')), createdAt: now, currentTurnId: turn.id, limits: app.limits.pending() });
  return { turn, conversation };
}

function setupOf(app: App): ChatSetup {
  const { systemPrompt, presetId, pinnedModelId } = currentSetup(app);
  return { systemPrompt, presetId, pinnedModelId };
}

async function answer(app: App, turn: Turn): Promise<void> {
  const asked = await Promise.all(turn.responses.map(async (response) => ({ response, messages: await messagesFor(app, turn, response.modelId) })));
  await Promise.all(asked.map(({ response, messages }) => streamResponse(app, turn.id, response, messages)));
  await standInForFailure(app, turn.id);
  await afterAnswer(app, turn.id);
  await nameChat(app, turn.id).catch((thrown: unknown) => console.warn('The chat keeps its title', thrown));
}
