import type { App } from '../store/app';
import { currentSetup } from './chat-setup';
import { unsureStandIn } from './choose-plan';

/** What one key puts in place of what would be sent to now. */
export interface Alternative {
  /** Null = Auto. */
  readonly modelId: string | null;
  /** Why it is the other choice: next in the ranking, the best alone instead of a comparison, or the router's own choice. */
  readonly kind: 'runner_up' | 'best_alone' | 'router' | 'auto';
}

/** Of the preview on screen; null while there is none, or when there is nothing else to choose. */
export function alternativeOf(app: App): Alternative | null {
  const { preview, chosenModelId } = app.composer.store.getState();
  if (preview.kind !== 'decided') return null;
  const { plan, ranking } = preview.decision;
  const { pinnedModelId } = currentSetup(app);
  if (chosenModelId !== null) return pinnedModelId === null && plan.kind !== 'none' ? { modelId: null, kind: 'auto' } : null;
  if (pinnedModelId !== null || plan.kind === 'none') return null;
  if (plan.kind === 'compare') return { modelId: ranking[0]?.modelId ?? null, kind: 'best_alone' };
  if (unsureStandIn(app, preview.decision)) return { modelId: plan.modelId, kind: 'router' };
  const runnerUp = ranking.find((candidate) => candidate.modelId !== plan.modelId);
  return runnerUp && app.pool.connected(runnerUp.modelId) ? { modelId: runnerUp.modelId, kind: 'runner_up' } : null;
}
