import { modalitiesOf } from '../../core/attachments';
import { isUnsure } from '../../core/certainty';
import type { Attachment, StandIn, Turn } from '../../core/conversation';
import { connectionIdOf, type RoutingDecision } from '../../core/routing';
import type { StoredModel } from '../../storage/rows';
import type { App } from '../store/app';
import type { Question, Reply } from '../store/questions';
import { route, ROUTING_DEADLINE_MS, routingKey, routingRequest, sameKey } from './routing-request';

export type Choice =
  | { readonly kind: 'decided'; readonly decision: RoutingDecision }
  /** The router did not answer, and the user agreed, now or for good, that this model does. */
  | { readonly kind: 'stand_in'; readonly modelId: string; readonly standIn: StandIn }
  /** The router did not answer, and there is no model that could stand in. */
  | { readonly kind: 'no_stand_in' }
  | { readonly kind: 'declined' };

/** What the router is asked about. */
interface Asking {
  readonly prompt: string;
  readonly path: readonly Turn[];
  readonly attachments: readonly Attachment[];
}

/**
 * The router's decision for Auto, from the preview when it was made for exactly this. After 300 ms without one, or when the router fails, a
 * stand-in is announced and asked for; the wait goes on meanwhile, so that the router may still come in time. With the user's standing
 * consent the stand-in answers at once. Never rejects.
 */
export async function choose(app: App, asking: Asking): Promise<Choice> {
  const previewed = previewedDecision(app, asking);
  if (previewed) return { kind: 'decided', decision: previewed };
  const abandoned = new AbortController();
  const deciding = decide(app, asking, true, abandoned.signal);
  const first = await withinDeadline(app, deciding);
  const choice = first !== 'late' && first !== null ? decided(first) : await standIn(app, asking, deciding, first === null);
  abandoned.abort();
  return choice;
}

/** What the router thinks of a prompt that goes to a model chosen by hand; null when it does not say so in time. Never rejects. */
export async function opinion(app: App, asking: Asking): Promise<RoutingDecision | null> {
  const previewed = previewedDecision(app, asking);
  if (previewed || !app.engine.isReady()) return previewed;
  const abandoned = new AbortController();
  const decision = await withinDeadline(app, decide(app, asking, false, abandoned.signal));
  abandoned.abort();
  return decision === 'late' ? null : decision;
}

/** A preview may plan a comparison that a model chosen by hand has no use for: its ranking holds all the same. */
function previewedDecision(app: App, { prompt, path, attachments }: Asking): RoutingDecision | null {
  const { preview } = app.composer.store.getState();
  return preview.kind === 'decided' && sameKey(preview.key, routingKey(app, prompt, path, attachments)) ? preview.decision : null;
}

function decided(decision: RoutingDecision): Choice {
  return { kind: 'decided', decision };
}

/** Waits for the engine as long as it takes; null when engine or route fail. */
async function decide(app: App, { prompt, path, attachments }: Asking, mayCompare: boolean, signal: AbortSignal): Promise<RoutingDecision | null> {
  try {
    if (!(await engineAwake(app, signal))) return null;
    return await route(app, await routingRequest(app, prompt, path, mayCompare, attachments), signal);
  } catch {
    return null;
  }
}

/** False once the engine has failed, or nobody waits any more. */
function engineAwake({ engine }: App, signal: AbortSignal): Promise<boolean> {
  const known = () => (signal.aborted || engine.store.getState().phase.kind === 'failed' ? false : engine.isReady() ? true : null);
  return new Promise((resolve) => {
    const check = () => {
      const awake = known();
      if (awake === null) return;
      stop();
      resolve(awake);
    };
    const stop = engine.store.subscribe(check);
    signal.addEventListener('abort', check, { once: true });
    check();
  });
}

async function withinDeadline<Value>(app: App, work: Promise<Value>): Promise<Value | 'late'> {
  let cancel: () => void = () => undefined;
  const deadline = new Promise<'late'>((resolve) => {
    cancel = app.platform.clock.after(ROUTING_DEADLINE_MS, () => resolve('late'));
  });
  const first = await Promise.race([work, deadline]);
  cancel();
  return first;
}

async function standIn(app: App, { path, attachments }: Asking, deciding: Promise<RoutingDecision | null>, hasFailed: boolean): Promise<Choice> {
  const modelId = defaultModelId(app, [...path.flatMap((turn) => turn.attachments), ...attachments]);
  // Where nothing may take its place, the router is waited for; it also says which limit to lift.
  if (modelId === null) {
    const late = app.engine.isReady() ? await deciding : null;
    return late ? decided(late) : { kind: 'no_stand_in' };
  }
  const reason = hasFailed ? 'router_failed' : 'late';
  if (app.settings.store.getState().whenLate === 'default') return { kind: 'stand_in', modelId, standIn: { reason, insteadOf: null, agreed: 'standing' } };
  const question = (failed: boolean): Question => ({ kind: 'stand_in', modelId, cause: failed ? 'failed' : app.engine.isReady() ? 'slow' : 'loading' });
  const asked = app.questions.ask(question(hasFailed));
  let failed = hasFailed;
  const rescued = new Promise<RoutingDecision>((resolve) => {
    void deciding.then((decision) => {
      if (decision) return resolve(decision);
      failed = true;
      asked.change(question(true));
    });
  });
  const first = await Promise.race([asked.reply, rescued]);
  if (typeof first === 'object') {
    asked.withdraw();
    return decided(first);
  }
  if (first === 'no') return { kind: 'declined' };
  await remember(app, first);
  return { kind: 'stand_in', modelId, standIn: { reason: failed ? 'router_failed' : 'late', insteadOf: null, agreed: 'asked' } };
}

async function remember(app: App, reply: Reply): Promise<void> {
  if (reply === 'always') await app.settings.set('whenLate', 'default');
}

/** The user's default, if it can answer, may, and takes what is attached, else the first such model of the pool. */
export function defaultModelId(app: App, attachments: readonly Attachment[] = []): string | null {
  const needed = modalitiesOf(attachments);
  const { defaultModelId: wanted } = app.settings.store.getState();
  const takesAll = (model: StoredModel) => needed.every((modality) => model.card.modalities.includes(modality));
  const allowed = app.pool.available().filter((model) => app.limits.allows(model.card) && !app.budget.isSpent(connectionIdOf(model.id)) && takesAll(model));
  return allowed.find((model) => model.id === wanted)?.id ?? allowed[0]?.id ?? null;
}

/**
 * What the user's default model does for an unsure router: null unless the user wants it to step in then. A comparison, where one is
 * due, goes before: it is how the router becomes sure.
 */
export function unsureStandIn(app: App, decision: RoutingDecision): { readonly modelId: string; readonly standIn: StandIn } | null {
  if (app.settings.store.getState().whenUnsure !== 'default' || decision.plan.kind !== 'single' || !isUnsure(decision)) return null;
  const modelId = defaultModelId(app);
  const qualifies = decision.ranking.some((candidate) => candidate.modelId === modelId);
  if (modelId === null || !qualifies || modelId === decision.plan.modelId) return null;
  return { modelId, standIn: { reason: 'unsure', insteadOf: decision.plan.modelId, agreed: 'standing' } };
}

/** Whether a model may answer although the month's limit of its connection is used up: asked each time. */
export async function confirmBudget(app: App, modelId: string): Promise<boolean> {
  const connectionId = connectionIdOf(modelId);
  if (connectionId === null || !app.budget.isSpent(connectionId)) return true;
  return (await app.questions.ask({ kind: 'over_budget', modelId, connectionId }).reply) !== 'no';
}
