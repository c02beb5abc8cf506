import { connectionIdOf, type ExclusionReason, type PoolRules, type RoutingDecision } from '../../core/routing';
import type { App } from '../store/app';

/** The rule that each reason comes from, lifted. */
const LIFTED: Readonly<Partial<Record<ExclusionReason, Partial<PoolRules>>>> = {
  not_local: { localOnly: false },
  other_provider: { connectionIds: null },
  too_expensive: { maxCostUsd: null },
  no_vision: { vision: false },
  short_context: { longContext: false },
  no_tools: { tools: false },
};

/** One way out when nothing qualifies: limits that go together, or a limit that is not the user's to lift with a press. */
export interface Relaxation {
  readonly reasons: readonly ExclusionReason[];
}

/** Each single limit that admits a model when lifted, the one that admits most first; where none alone does, those that do together. */
export function relaxationsOf({ plan, excluded }: Pick<RoutingDecision, 'plan' | 'excluded'>): readonly Relaxation[] {
  if (plan.kind !== 'none' || plan.relax.length === 0) return [];
  const anyAlone = excluded.some(({ reasons }) => reasons.length === 1);
  return anyAlone ? plan.relax.map((reason) => ({ reasons: [reason] })) : [{ reasons: plan.relax }];
}

/** Whether a press can lift it: what the conversation, an attachment or money asks for cannot be wished away. */
export function canRelax({ reasons }: Relaxation): boolean {
  return reasons.every((reason) => LIFTED[reason] !== undefined || reason === 'switched_off' || reason === 'budget_spent');
}

/** Lifts exactly these limits, in the scope that holds now. A spent budget is lifted for the providers that it keeps out. */
export async function relax(app: App, { reasons }: Relaxation, { excluded }: Pick<RoutingDecision, 'excluded'>): Promise<void> {
  const change = Object.assign({}, ...reasons.map((reason) => LIFTED[reason] ?? {}));
  if (Object.keys(change).length > 0) await app.limits.changeRules(change);
  if (reasons.includes('switched_off')) await app.limits.setForChat({ rules: app.limits.current().rules, excludedModelIds: [] });
  if (reasons.includes('budget_spent')) {
    for (const connectionId of spentConnections(excluded)) await app.budget.setLimit(connectionId, null);
  }
}

export function spentConnections(excluded: RoutingDecision['excluded']): readonly string[] {
  return [...new Set(excluded.filter(({ reasons }) => reasons.includes('budget_spent')).flatMap(({ modelId }) => connectionIdOf(modelId) ?? []))];
}
