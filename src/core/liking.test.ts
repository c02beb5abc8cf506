import { describe, expect, it } from 'vitest';
import { frontierOf, likingMargin, likingProbability, temperatureOf } from './liking';
import type { ScoredCandidate } from './routing';
import { pickProbability } from './user-embedding';

function scored(modelId: string, score: number, changes: Partial<ScoredCandidate> = {}): ScoredCandidate {
  return { modelId, score, wishScore: 0, scoreDeviation: 0, winProbability: 0.5, blindUtility: 0, features: [], expectedWords: 100, expectedCostUsd: 0.01, propensity: 0, ...changes };
}

const win = (mean: number, deviation: number, temperature: number) => pickProbability({ mean, variance: deviation ** 2 }, temperature);

describe('liking', () => {
  const ranking = [scored('a', 2), scored('b', 1, { scoreDeviation: 0.5, winProbability: win(-1, 0.5, 0.7) }), scored('c', -1, { scoreDeviation: 2, winProbability: win(-3, 2, 0.7) })];

  it('recovers the temperature of the logged probabilities, and with it the probabilities', () => {
    expect(temperatureOf(ranking)).toBeCloseTo(0.7, 10);
    expect(likingProbability(ranking, ranking[1]!, ranking[0]!)).toBeCloseTo(ranking[1]!.winProbability, 10);
    expect(likingProbability(ranking, ranking[0]!, ranking[2]!)).toBeCloseTo(1 - ranking[2]!.winProbability, 10);
    expect(temperatureOf([scored('a', 1), scored('b', 1)])).toBe(1);
  });

  it('bounds the deviation between two models that are not the first', () => {
    expect(likingMargin(ranking, ranking[1]!, ranking[2]!)).toEqual({ mean: 2, deviation: 2.5 });
    expect(likingMargin(ranking, ranking[1]!, ranking[1]!)).toEqual({ mean: 0, deviation: 0 });
  });

  it('leaves explicit wishes out', () => {
    const wished = [scored('cheap', 3, { wishScore: 3 }), scored('good', 2, { winProbability: win(-1, 0, 1) })];
    expect(likingMargin(wished, wished[0]!, wished[1]!).mean).toBe(-2);
    expect(likingProbability(wished, wished[1]!, wished[0]!)).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  });

  it('finds the models that none beats in both cost and liking', () => {
    const pool = [
      scored('dear', 2, { expectedCostUsd: 0.05 }),
      scored('fair', 1, { expectedCostUsd: 0.01, winProbability: win(-1, 0, 1) }),
      scored('worse', 0, { expectedCostUsd: 0.02, winProbability: win(-2, 0, 1) }),
      scored('unknown', 0, { expectedCostUsd: null }),
      scored('free', -1, { expectedCostUsd: 0, winProbability: win(-3, 0, 1) }),
    ];
    const points = frontierOf(pool, null);
    expect(points.map(({ modelId, isEfficient }) => [modelId, isEfficient])).toEqual([['free', true], ['fair', true], ['worse', false], ['dear', true]]);
    expect(points.at(-1)).toMatchObject({ isChosen: true, liking: 0.5 });
    expect(frontierOf(pool, 'fair').find((point) => point.isChosen)?.modelId).toBe('fair');
    expect(frontierOf([], null)).toEqual([]);
  });
});
