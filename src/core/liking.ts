import type { RoutingDecision, ScoredCandidate } from './routing';
import { pickProbability } from './user-embedding';

type Ranking = RoutingDecision['ranking'];

/** The score without explicit wishes: what the user is expected to like, whatever it costs or how long it takes. */
export function tasteScore({ score, wishScore }: ScoredCandidate): number {
  return score - wishScore;
}

/**
 * The temperature that calibrated a decision's win probabilities, recovered from them: logit p = T m / √(1 + π v / 8). The widest margin
 * tells it best; 1 when no margin tells it.
 */
export function temperatureOf(ranking: Ranking): number {
  const [best, ...others] = ranking;
  if (!best) return 1;
  let widest = 0;
  let temperature = 1;
  for (const { score, scoreDeviation, winProbability } of others) {
    const margin = score - best.score;
    if (Math.abs(margin) <= widest || winProbability <= 1e-6 || winProbability >= 1 - 1e-6) continue;
    widest = Math.abs(margin);
    temperature = (Math.log(winProbability / (1 - winProbability)) * Math.sqrt(1 + (Math.PI * scoreDeviation ** 2) / 8)) / margin;
  }
  return widest < 1e-9 ? 1 : temperature;
}

export interface LikingMargin {
  readonly mean: number;
  /** Posterior standard deviation; when neither is the first, an upper bound, since the log holds deviations against the first only. */
  readonly deviation: number;
}

/** How much more `a` is liked than `b`, wishes apart. Both are of `ranking`. */
export function likingMargin(ranking: Ranking, a: ScoredCandidate, b: ScoredCandidate): LikingMargin {
  const mean = tasteScore(a) - tasteScore(b);
  if (a.modelId === b.modelId) return { mean, deviation: 0 };
  const [best] = ranking;
  // A standard deviation is a norm: |a − b| ≤ |a − best| + |best − b|, and exact when one of them is the best.
  const deviationOf = ({ modelId, scoreDeviation }: ScoredCandidate) => (modelId === best?.modelId ? 0 : scoreDeviation);
  return { mean, deviation: deviationOf(a) + deviationOf(b) };
}

/** P(the user prefers the answer of `a` to that of `b`), wishes apart. */
export function likingProbability(ranking: Ranking, a: ScoredCandidate, b: ScoredCandidate): number {
  const { mean, deviation } = likingMargin(ranking, a, b);
  return pickProbability({ mean, variance: deviation ** 2 }, temperatureOf(ranking));
}

export interface FrontierPoint {
  readonly modelId: string;
  readonly costUsd: number;
  /** P(preferred to the chosen model's answer), wishes apart; 0.5 for the chosen one itself. */
  readonly liking: number;
  readonly isChosen: boolean;
  /** No other model is both liked at least as much and as cheap. */
  readonly isEfficient: boolean;
}

/** Expected cost against expected liking of every model with a known price, cheapest first. */
export function frontierOf(ranking: Ranking, chosenId: string | null): readonly FrontierPoint[] {
  const chosen = ranking.find((candidate) => candidate.modelId === chosenId) ?? ranking[0];
  if (!chosen) return [];
  const points = ranking.flatMap((candidate) =>
    candidate.expectedCostUsd === null
      ? []
      : [{ modelId: candidate.modelId, costUsd: candidate.expectedCostUsd, liking: likingProbability(ranking, candidate, chosen), isChosen: candidate.modelId === chosen.modelId }],
  );
  const beats = (other: (typeof points)[number], point: (typeof points)[number]) =>
    other.costUsd <= point.costUsd && other.liking >= point.liking && (other.costUsd < point.costUsd || other.liking > point.liking);
  return points.map((point) => ({ ...point, isEfficient: !points.some((other) => beats(other, point)) })).toSorted((a, b) => a.costUsd - b.costUsd || b.liking - a.liking);
}
