import { attachmentTokens, modalitiesOf } from '../../core/attachments';
import type { Attachment, Turn } from '../../core/conversation';
import type { RoutingDecision, RoutingRequest } from '../../core/routing';
import { rememberGain } from '../../core/policy';
import { estimateTokens } from '../../core/tokens';
import type { StoredModel } from '../../storage/rows';
import type { App } from '../store/app';
import type { PreviewKey } from '../store/composer';
import { currentSetup } from './chat-setup';
import { shownResponse } from '../store/turn-tree';

/** Routing never delays a send by more than this; then the default model answers. */
export const ROUTING_DEADLINE_MS = 300;

/** Earlier turns as the router reads them, oldest first: it looks at the beginnings, and counts the length of all. */
export function routingContext(path: readonly Turn[]): readonly string[] {
  return path.map((turn) => [turn.prompt, shownResponse(turn)?.text ?? ''].join('\n').trim());
}

/** Everything the router needs for one prompt. Rejects with EngineFailure when descriptions cannot be encoded. */
export async function routingRequest(
  app: App,
  prompt: string,
  path: readonly Turn[],
  mayCompare: boolean,
  attachments: readonly Attachment[] = [],
): Promise<RoutingRequest> {
  const { utility, comparison, comparisonUsage } = app.settings.store.getState();
  const { rules, excludedModelIds } = app.limits.current();
  const context = routingContext(path);
  const files = [...path.flatMap((turn) => turn.attachments), ...attachments];
  const remaining = comparison.perDay - comparisonsToday(app);
  return {
    // Files without a word are routed by their names.
    prompt: prompt === '' ? attachments.map(({ name }) => name).join(' ') : prompt,
    context,
    candidates: await app.pool.candidates(),
    graph: app.memory.graph(),
    constraints: {
      ...rules,
      // The catalogue stands in for an empty pool; nobody serves its models.
      connectionIds: app.pool.available().length === 0 ? null : rules.connectionIds,
      excludedModelIds,
      spentConnectionIds: app.budget.spentConnectionIds(),
      requiredContextTokens: [...context, prompt, currentSetup(app).systemPrompt].reduce((sum, text) => sum + estimateTokens(text), attachmentTokens(files)),
      requiredModalities: modalitiesOf(files),
    },
    utility,
    // A temporary chat teaches nothing, so it is not asked to.
    comparison: { enabled: mayCompare && comparison.enabled && !app.chat.isTemporary(), remaining: Math.max(0, remaining), epsilon: comparison.epsilon, recentGains: comparisonUsage.recentGains },
    seed: app.platform.clock.newSeed(),
  };
}

/** What a decision was made for; a change of any part makes it stale. */
export function routingKey(app: App, prompt: string, path: readonly Turn[], attachments: readonly Attachment[] = []): PreviewKey {
  const { models, connections } = app.pool.store.getState();
  const { utility, comparison, comparisonUsage } = app.settings.store.getState();
  const limits = app.limits.current();
  const { log, adaptation } = app.memory.store.getState();
  return [prompt.trim(), path.at(-1)?.id ?? null, poolSignature(models), connections.map(({ id }) => id).join(), JSON.stringify(limits), app.budget.spentConnectionIds().join(), utility, comparison, comparisonUsage, log, adaptation, attachments.map(({ id }) => id).join(), currentSetup(app).systemPrompt, app.chat.isTemporary()];
}

const signatures = new WeakMap<readonly StoredModel[], string>();

/** Changes when the router would see another pool; a stored embedding alone does not change it. */
function poolSignature(models: readonly StoredModel[]): string {
  const known = signatures.get(models);
  if (known !== undefined) return known;
  const signature = JSON.stringify(models.map(({ card, enabled, connectionId, fingerprint }) => [card, enabled, connectionId, fingerprint?.count ?? 0]));
  signatures.set(models, signature);
  return signature;
}

export function sameKey(left: PreviewKey, right: PreviewKey): boolean {
  return left.length === right.length && left.every((part, index) => Object.is(part, right[index]));
}

export async function route(app: App, request: RoutingRequest, signal?: AbortSignal): Promise<RoutingDecision> {
  const { decision, timings } = await app.engine.engine.call('route', request, signal ? { signal } : {});
  app.engine.noteTimings(timings);
  return decision;
}

/** Local calendar day, `YYYY-MM-DD`. */
export function dayOf(time: number): string {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

function comparisonsToday(app: App): number {
  const { day, count } = app.settings.store.getState().comparisonUsage;
  return day === dayOf(app.platform.clock.now()) ? count : 0;
}

/** Counts a shown comparison against today's budget and remembers what one was worth at this prompt; two tabs count together. */
export async function noteOccasion(app: App, compared: boolean, gain: number | null): Promise<void> {
  if (!compared && gain === null) return;
  const today = dayOf(app.platform.clock.now());
  await app.settings.change('comparisonUsage', ({ day, count, recentGains }) => ({
    day: today,
    count: (day === today ? count : 0) + (compared ? 1 : 0),
    recentGains: gain === null ? recentGains : rememberGain(recentGains, gain),
  }));
}
