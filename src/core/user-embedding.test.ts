import { describe, expect, it } from 'vitest';
import { OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { FEATURE_COUNT } from './dimensions';
import { FITTED_SIZE, logTie, sigmoid, tieSlope } from './likelihood';
import { dot } from './linear-algebra';
import type { Outcome, PreferencePair } from './preference';
import { createRandom } from './random';
import { attributeToPicks, evidenceFromPicks, fitUserEmbedding, pickProbability, predictMargin } from './user-embedding';

const OUTCOME_CYCLE: readonly Outcome[] = ['win', 'win', 'tie', 'both_good', 'both_bad', 'win'];

function mixedPicks(count: number, seed: number): PreferencePair[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) =>
    pickOf(i, randomFeatures(random), i % 7 === 3 ? null : randomFeatures(random), { outcome: OUTCOME_CYCLE[i % 6]!, weight: 0.2 + random() }));
}

function fit(picks: readonly PreferencePair[], variance = 1) {
  return fitUserEmbedding({ prior: standardPrior(variance), evidence: evidenceFromPicks(picks, null, null), outcomeModel: OUTCOME_MODEL });
}

describe('fitUserEmbedding', () => {
  it('returns the prior when there is no evidence', () => {
    const posterior = fit([]);
    expect(Array.from(posterior.mean.subarray(0, FEATURE_COUNT))).toEqual(new Array(FEATURE_COUNT).fill(0));
    expect(posterior.mean[FEATURE_COUNT]).toBe(OUTCOME_MODEL.tauMean);
    expect(posterior.covariance[0]).toBeCloseTo(1, 12);
  });

  it('reaches the optimum for every mix of outcomes', () => {
    for (const count of [1, 5, 50, 256]) expect(fit(mixedPicks(count, count), 4).gradientNorm).toBeLessThan(1e-8);
  });

  it('solves a one-pick problem as the scalar equation says', () => {
    const chosen = new Array<number>(FEATURE_COUNT).fill(0).with(3, 2);
    const posterior = fit([pickOf(0, chosen, new Array<number>(FEATURE_COUNT).fill(0))]);
    const z = posterior.mean[3]!;
    expect(z).toBeCloseTo(2 * (1 - sigmoid(2 * z)), 10);
    const p = sigmoid(2 * z);
    expect(posterior.covariance[3 * FITTED_SIZE + 3]).toBeCloseTo(1 / (1 + 4 * p * (1 - p)), 10);
  });

  it('moves the threshold down for "both good" and up for "both bad"', () => {
    const zero = new Array<number>(FEATURE_COUNT).fill(0);
    expect(fit([pickOf(0, zero, zero, { outcome: 'both_good' })]).mean[FEATURE_COUNT]).toBeLessThan(OUTCOME_MODEL.tauMean);
    expect(fit([pickOf(0, zero, zero, { outcome: 'both_bad' })]).mean[FEATURE_COUNT]).toBeGreaterThan(OUTCOME_MODEL.tauMean);
  });

  it('leaves a pick of weight 0 out and takes weight 2 as two picks', () => {
    const [first, second] = mixedPicks(2, 9);
    expect(fit([first!, { ...second!, weight: 0 }]).mean).toEqual(fit([first!]).mean);
    const twice = fit([{ ...first!, weight: 1 }, { ...first!, id: 'again', weight: 1 }]).mean;
    for (const [i, value] of fit([{ ...first!, weight: 2 }]).mean.entries()) expect(value).toBeCloseTo(twice[i]!, 9);
  });

  it('does not depend on where it starts', () => {
    const evidence = evidenceFromPicks(mixedPicks(40, 2), null, null);
    const cold = fitUserEmbedding({ prior: standardPrior(), evidence, outcomeModel: OUTCOME_MODEL });
    const start = cold.mean.map((value) => value + 0.7);
    const warm = fitUserEmbedding({ prior: standardPrior(), evidence, outcomeModel: OUTCOME_MODEL, start });
    for (const [i, value] of warm.mean.entries()) expect(value).toBeCloseTo(cold.mean[i]!, 8);
  });

  it('recovers a taste from simulated picks', () => {
    const random = createRandom(5);
    const taste = randomFeatures(random);
    const picks = Array.from({ length: 400 }, (_, i) => {
      const [a, b] = [randomFeatures(random), randomFeatures(random)];
      const aWins = random() < sigmoid(dot(taste, a) - dot(taste, b));
      return aWins ? pickOf(i, a, b) : pickOf(i, b, a);
    });
    const { mean } = fit(picks);
    const cosine = dot(mean, taste, FEATURE_COUNT) / Math.sqrt(dot(mean, mean, FEATURE_COUNT) * dot(taste, taste));
    expect(cosine).toBeGreaterThan(0.9);
  });

  it('stays finite on extreme evidence', () => {
    const picks = Array.from({ length: 20 }, (_, i) => pickOf(i, new Array<number>(FEATURE_COUNT).fill(50), new Array<number>(FEATURE_COUNT).fill(-50)));
    const posterior = fit(picks, 100);
    expect(posterior.mean.every(Number.isFinite)).toBe(true);
    expect(posterior.covariance.every(Number.isFinite)).toBe(true);
  });

  it('refuses evidence that is not finite or of the wrong size', () => {
    expect(() => fit([pickOf(0, [1, 2], [3, 4])])).toThrow(/20 finite features/);
    expect(() => fit([pickOf(0, new Array<number>(FEATURE_COUNT).fill(NaN), new Array<number>(FEATURE_COUNT).fill(0))])).toThrow(/finite/);
    expect(() => fit([{ ...mixedPicks(1, 1)[0]!, weight: -1 }])).toThrow(/Weight -1/);
    expect(() => evidenceFromPicks(mixedPicks(3, 1), [1], null)).toThrow(/3 picks but 1 values of decay/);
  });

  it('updates fast: 256 picks within a few milliseconds', () => {
    const evidence = evidenceFromPicks(mixedPicks(256, 4), null, null);
    const run = () => fitUserEmbedding({ prior: standardPrior(), evidence, outcomeModel: OUTCOME_MODEL });
    for (let i = 0; i < 20; i++) run();
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }).sort((a, b) => a - b);
    // 5 ms is the target on a quiet machine; the assertion leaves room for a busy one.
    expect(times[0]).toBeLessThan(10);
  });
});

describe('attributeToPicks', () => {
  it('splits z* − μ0 exactly into Σ0 Σ w (d log P / dz)', () => {
    for (const seed of [1, 2, 3]) {
      const posterior = fit(mixedPicks(60, seed), 2.5);
      const direction = randomFeatures(createRandom(seed + 100));
      const moved = dot(direction, posterior.mean) - dot(direction, posterior.priorMean);
      const parts = attributeToPicks(posterior, direction);
      expect(Math.abs(parts.reduce((sum, part) => sum + part.contribution, 0) - moved)).toBeLessThan(1e-6);
    }
  });

  it('gives a pick of two judged responses one contribution', () => {
    const parts = attributeToPicks(fit([pickOf(0, new Array<number>(FEATURE_COUNT).fill(1), new Array<number>(FEATURE_COUNT).fill(2), { outcome: 'both_good' })]), new Array<number>(FEATURE_COUNT).fill(1));
    expect(parts).toHaveLength(1);
  });
});

describe('likelihood', () => {
  it('has the slope and curvature of Davidson ties', () => {
    for (const u of [-40, -3, -0.5, 0, 1, 6, 40]) {
      const h = 1e-4;
      const { slope, curvature } = tieSlope(u, 0.7);
      expect(slope).toBeCloseTo((logTie(u + h, 0.7) - logTie(u - h, 0.7)) / (2 * h), 6);
      expect(curvature).toBeCloseTo(-(logTie(u + h, 0.7) - 2 * logTie(u, 0.7) + logTie(u - h, 0.7)) / (h * h), 4);
    }
  });
});

describe('prediction', () => {
  it('draws an uncertain margin towards one half', () => {
    expect(pickProbability({ mean: 2, variance: 0 })).toBeCloseTo(sigmoid(2), 12);
    expect(pickProbability({ mean: 2, variance: 9 })).toBeLessThan(sigmoid(2));
    expect(pickProbability({ mean: 0, variance: 9 })).toBe(0.5);
  });

  it('knows less about what no pick has shown', () => {
    const chosen = new Array<number>(FEATURE_COUNT).fill(0).with(0, 3);
    const posterior = fit([pickOf(0, chosen, new Array<number>(FEATURE_COUNT).fill(0))]);
    const unit = (i: number) => new Array<number>(FEATURE_COUNT).fill(0).with(i, 1);
    expect(predictMargin(posterior, unit(0)).variance).toBeLessThan(predictMargin(posterior, unit(1)).variance);
  });
});
