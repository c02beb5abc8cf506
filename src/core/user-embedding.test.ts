import { describe, expect, it } from 'vitest';
import { OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { FEATURE_COUNT } from './dimensions';
import { logTie, sigmoid, tabulate, tiltOf, winProbabilityAt } from './likelihood';
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

  it('settles for every mix of outcomes', () => {
    for (const count of [1, 5, 50, 256]) expect(fit(mixedPicks(count, count), 4).lastChange).toBeLessThan(1e-4);
  });

  it('has the exact mean and variance of one pick', () => {
    const chosen = new Array<number>(FEATURE_COUNT).fill(0).with(3, 2);
    const posterior = fit([pickOf(0, chosen, new Array<number>(FEATURE_COUNT).fill(0))]);
    let [mass, first, second] = [0, 0, 0];
    for (let z = -8; z <= 8; z += 0.001) {
      const density = Math.exp((-z * z) / 2) * winProbabilityAt(2 * z, OUTCOME_MODEL.pickNoise);
      mass += density;
      first += z * density;
      second += z * z * density;
    }
    expect(posterior.mean[3]).toBeCloseTo(first / mass, 4);
    expect(posterior.covariance[3 * posterior.size + 3]).toBeCloseTo(second / mass - (first / mass) ** 2, 4);
  });

  it('comes closer to the true posterior mean than its mode would', () => {
    // Two picks on one axis, integrated numerically.
    const axis = (value: number) => new Array<number>(FEATURE_COUNT).fill(0).with(5, value);
    const posterior = fit([pickOf(0, axis(3), axis(0)), pickOf(1, axis(0), axis(1))], 4);
    let [mass, first] = [0, 0];
    for (let z = -20; z <= 20; z += 0.001) {
      const density = Math.exp((-z * z) / 8) * winProbabilityAt(3 * z, OUTCOME_MODEL.pickNoise) * winProbabilityAt(-z, OUTCOME_MODEL.pickNoise);
      mass += density;
      first += z * density;
    }
    expect(Math.abs(posterior.mean[5]! - first / mass)).toBeLessThan(0.02);
  });

  it('moves the threshold down for "both good" and up for "both bad"', () => {
    const zero = new Array<number>(FEATURE_COUNT).fill(0);
    expect(fit([pickOf(0, zero, zero, { outcome: 'both_good' })]).mean[FEATURE_COUNT]).toBeLessThan(OUTCOME_MODEL.tauMean);
    expect(fit([pickOf(0, zero, zero, { outcome: 'both_bad' })]).mean[FEATURE_COUNT]).toBeGreaterThan(OUTCOME_MODEL.tauMean);
  });

  it('leaves a pick of weight 0 out and learns less from a lighter one', () => {
    const [first, second] = mixedPicks(2, 9);
    expect(fit([first!, { ...second!, weight: 0 }]).mean).toEqual(fit([first!]).mean);
    const chosen = new Array<number>(FEATURE_COUNT).fill(0).with(3, 2);
    const learned = [0.1, 0.4, 1].map((weight) => fit([pickOf(0, chosen, new Array<number>(FEATURE_COUNT).fill(0), { weight })]).mean[3]!);
    expect(learned[0]).toBeGreaterThan(0);
    expect(learned).toEqual(learned.toSorted((a, b) => a - b));
  });

  it('does not depend on the order of the picks', () => {
    const picks = mixedPicks(40, 2);
    const turned = fit(picks.toReversed()).mean;
    for (const [i, value] of fit(picks).mean.entries()) expect(value).toBeCloseTo(turned[i]!, 8);
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
});

describe('attributeToPicks', () => {
  it('splits z* − μ0 exactly into Σ0 Σ (ν − τ u) x', () => {
    for (const seed of [1, 2, 3]) {
      const posterior = fit(mixedPicks(60, seed), 2.5);
      const direction = randomFeatures(createRandom(seed + 100));
      const moved = dot(direction, posterior.mean) - dot(direction, posterior.priorMean);
      const parts = attributeToPicks(posterior, direction);
      expect(Math.abs(parts.reduce((sum, part) => sum + part.contribution, 0) - moved)).toBeLessThan(1e-9);
    }
  });

  it('gives a pick of two judged responses one contribution', () => {
    const parts = attributeToPicks(fit([pickOf(0, new Array<number>(FEATURE_COUNT).fill(1), new Array<number>(FEATURE_COUNT).fill(2), { outcome: 'both_good' })]), new Array<number>(FEATURE_COUNT).fill(1));
    expect(parts).toHaveLength(1);
  });
});

describe('likelihood', () => {
  const zero = new Array<number>(FEATURE_COUNT).fill(0);
  const table = tabulate(evidenceFromPicks([pickOf(0, zero.with(0, 1), zero), pickOf(1, zero.with(0, 1), zero, { outcome: 'tie' })], null, null), OUTCOME_MODEL.population);
  const model = { ...OUTCOME_MODEL, pickNoise: { share: [0.6, 0.4], variance: [0.5, 4] } };

  it('has the slope and curvature of log Z, for wins and ties', () => {
    for (const t of [0, 1]) {
      for (const mean of [-4, -0.5, 0, 1, 3]) {
        const h = 1e-3;
        const at = (m: number) => tiltOf(table, t, m, 1.3, model).logZ;
        const { slope, curvature } = tiltOf(table, t, mean, 1.3, model);
        expect(slope).toBeCloseTo((at(mean + h) - at(mean - h)) / (2 * h), 3);
        expect(curvature).toBeCloseTo(-(at(mean + h) - 2 * at(mean) + at(mean - h)) / (h * h), 1);
      }
    }
  });

  it('stays finite however surprising a pick is', () => {
    for (const mean of [-1e3, -60, 60, 1e3]) for (const value of Object.values(tiltOf(table, 0, mean, 0.1, model))) expect(Number.isFinite(value)).toBe(true);
  });

  it('calls a tie likeliest at equal scores', () => {
    expect(logTie(0, 0.7)).toBeGreaterThan(logTie(2, 0.7));
    expect(logTie(40, 0.7)).toBeCloseTo(logTie(-40, 0.7), 12);
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
