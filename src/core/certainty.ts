import { ASK_ABOVE, probabilityAbove } from './policy';
import type { RoutingDecision, ScoredCandidate } from './routing';

export interface Rival {
  readonly modelId: string;
  /** P(its score is above that of the first). */
  readonly probability: number;
}

const FIRST_OPTIMISM = 1.5;

/** The challenger that the policy would show beside the first, from the logged scores and deviations; null when nothing else qualified. */
export function strongestRival({ ranking, optimism = FIRST_OPTIMISM }: Pick<RoutingDecision, 'ranking' | 'optimism'>): Rival | null {
  const [best, ...others] = ranking;
  if (!best) return null;
  let rival: (typeof others)[number] | null = null;
  const optimistic = ({ score, scoreDeviation }: (typeof others)[number]) => score - best.score + optimism * scoreDeviation;
  for (const other of others) if (rival === null || optimistic(other) > optimistic(rival)) rival = other;
  if (rival === null) return null;
  return { modelId: rival.modelId, probability: probabilityAbove({ mean: rival.score - best.score, variance: rival.scoreDeviation ** 2 }) };
}

/** From this pick probability on the other might as well have been chosen. */
const CLOSE_CALL = 0.42;

/** The one that the user would most probably have liked better than the first, from the logged pick probabilities; null when nothing else qualified. */
export function closestRival({ ranking }: Pick<RoutingDecision, 'ranking'>): ScoredCandidate | null {
  return ranking.slice(1).reduce<ScoredCandidate | null>((closest, other) => (closest === null || other.winProbability > closest.winProbability ? other : closest), null);
}

/** The closest rival when choosing it would have been about as good, however certain the order. */
export function closeCall(decision: Pick<RoutingDecision, 'ranking'>): ScoredCandidate | null {
  const rival = closestRival(decision);
  return rival !== null && rival.winProbability >= CLOSE_CALL ? rival : null;
}

/** Whether the router cannot well tell which model is best here: the very condition under which it would ask for a comparison. */
export function isUnsure(decision: Pick<RoutingDecision, 'ranking' | 'optimism'>): boolean {
  return (strongestRival(decision)?.probability ?? 0) > ASK_ABOVE;
}
