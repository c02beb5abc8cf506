import type { RoutingDecision } from '../../core/routing';

/** From here on the runner-up might as well have been chosen. */
const CLOSE_CALL = 0.42;

/** The model that was nearly as likely to be liked best, when the router could hardly tell; null when it was sure, or had no choice. */
export function closeRival(decision: RoutingDecision | null): string | null {
  const [, second] = decision?.ranking ?? [];
  return second && second.winProbability >= CLOSE_CALL ? second.modelId : null;
}
