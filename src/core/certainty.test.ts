import { describe, expect, it } from 'vitest';
import { closeCall, closestRival, isUnsure, strongestRival } from './certainty';
import type { ScoredCandidate } from './routing';

const scored = (modelId: string, score: number, scoreDeviation: number): ScoredCandidate => ({
  modelId, score, wishScore: 0, scoreDeviation, winProbability: 0.5, blindUtility: 0, features: [], expectedWords: 100, expectedCostUsd: 0, propensity: 0,
});

describe('certainty', () => {
  it('takes the optimistic challenger, not just the second', () => {
    // b: −1 + 1.5 · 0.1 = −0.85; c: −1.5 + 1.5 · 2 = 1.5, and P(N(−1.5, 2²) > 0) = Φ(−0.75) = 0.2266.
    const rival = strongestRival({ optimism: 1.5, ranking: [scored('a', 2, 0), scored('b', 1, 0.1), scored('c', 0.5, 2)] });
    expect(rival?.modelId).toBe('c');
    expect(rival?.probability).toBeCloseTo(0.2266, 3);
  });

  it('names a close rival only when it might as well have been chosen, whatever its place in the order', () => {
    const ranking = [scored('a', 2, 0), { ...scored('b', 1, 0.1), winProbability: 0.3 }, { ...scored('c', 0.5, 2), winProbability: 0.44 }];
    expect(closestRival({ ranking })?.modelId).toBe('c');
    expect(closeCall({ ranking })?.modelId).toBe('c');
    expect(closeCall({ ranking: ranking.slice(0, 2) })).toBeNull();
    expect(closestRival({ ranking: ranking.slice(0, 1) })).toBeNull();
  });

  it('is unsure above one chance in five', () => {
    expect(isUnsure({ optimism: 1.5, ranking: [scored('a', 2, 0), scored('c', 0.5, 2)] })).toBe(true);
    // Φ(−1) = 0.159
    expect(isUnsure({ optimism: 1.5, ranking: [scored('a', 2, 0), scored('c', 1, 1)] })).toBe(false);
    expect(isUnsure({ optimism: 1.5, ranking: [scored('a', 2, 0)] })).toBe(false);
    expect(isUnsure({ optimism: 1.5, ranking: [] })).toBe(false);
  });
});
