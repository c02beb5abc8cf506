import { describe, expect, it } from 'vitest';
import { OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { FEATURE_COUNT } from './dimensions';
import { explain } from './explanation';
import { winProbabilityAt } from './likelihood';
import { dot } from './linear-algebra';
import type { PreferencePair } from './preference';
import { createRandom } from './random';
import type { SharedTaste } from './shared-taste';
import type { Posterior, UserPrior } from './user-embedding';
import { attributeToPicks, evidenceFromPicks, fitUserEmbedding } from './user-embedding';

const ZERO = new Array<number>(FEATURE_COUNT).fill(0);
const AXIS = 3;
const SHARED: SharedTaste = { share: 0.4, shift: ZERO.with(AXIS, 0.8), variance: 0.1 };
const MIXTURES = [{ axis: 5, share: [0.7, 0.3], mean: [0, 0], variance: [0.05, 3.2] }];

function fit(picks: readonly PreferencePair[], prior: Partial<UserPrior> = {}, population: readonly number[] = ZERO): Posterior {
  return fitUserEmbedding({ prior: { ...standardPrior(), shared: SHARED, ...prior }, evidence: evidenceFromPicks(picks, null, null), outcomeModel: { ...OUTCOME_MODEL, population } });
}

function picksOn(axis: number, contrasts: readonly number[]): PreferencePair[] {
  return contrasts.map((contrast, i) => pickOf(i, ZERO.with(axis, contrast), ZERO));
}

/** Posterior mean on AXIS and probability of the second population, by numerical integration. */
function exact(contrasts: readonly number[]): { mean: number; probability: number } {
  const moments = (mean: number, variance: number) => {
    let [mass, first] = [0, 0];
    for (let z = -10; z <= 10; z += 0.001) {
      const density = Math.exp(-((z - mean) ** 2) / (2 * variance)) / Math.sqrt(variance);
      const p = contrasts.reduce((product, contrast) => product * winProbabilityAt(contrast * z, OUTCOME_MODEL.pickNoise), density);
      mass += p;
      first += z * p;
    }
    return { mass, first };
  };
  const [own, shared] = [moments(0, 1), moments(0.8, SHARED.variance)];
  const total = (1 - SHARED.share) * own.mass + SHARED.share * shared.mass;
  return { mean: ((1 - SHARED.share) * own.first + SHARED.share * shared.first) / total, probability: (SHARED.share * shared.mass) / total };
}

/** How probable the second population has become, read from the part of the mean that is its taste. */
function probabilityOf({ sharedMean }: Posterior): number {
  return sharedMean[AXIS]! / SHARED.shift[AXIS]!;
}

describe('a second population of people who share a taste', () => {
  it('is believed in by its share before any pick', () => {
    const { mean, sharedMean, covariance, size } = fit([]);
    expect(mean[AXIS]).toBeCloseTo(0.4 * 0.8, 12);
    expect(sharedMean[AXIS]).toBeCloseTo(0.4 * 0.8, 12);
    expect(covariance[AXIS * (size + 1)]).toBeCloseTo(0.6 + 0.4 * 0.1 + 0.4 * 0.6 * 0.8 ** 2, 12);
    expect(mean[FEATURE_COUNT]).toBeCloseTo(OUTCOME_MODEL.tauMean, 12);
  });

  it('comes close to the exact mixture of both posteriors', () => {
    for (const contrasts of [[2], [-2], [1, 2, 1.5, -1, 2, 1], [-2, -2, -1, -2, -1, -2, -2, -1]]) {
      const posterior = fit(picksOn(AXIS, contrasts));
      const truth = exact(contrasts);
      expect(Math.abs(posterior.mean[AXIS]! - truth.mean)).toBeLessThan(0.04);
      expect(Math.abs(probabilityOf(posterior) - truth.probability)).toBeLessThan(0.04);
    }
  });

  it('is left behind by somebody of another taste and believed of those who share it', () => {
    expect(probabilityOf(fit(picksOn(AXIS, new Array<number>(12).fill(-2))))).toBeLessThan(0.05);
    const random = createRandom(3);
    const alike = Array.from({ length: 60 }, (_, i) => {
      const [a, b] = [randomFeatures(random), randomFeatures(random)];
      return random() < winProbabilityAt(0.8 * (a[AXIS]! - b[AXIS]!), OUTCOME_MODEL.pickNoise) ? pickOf(i, a, b) : pickOf(i, b, a);
    });
    expect(probabilityOf(fit(alike))).toBeGreaterThan(0.8);
  });

  it('leaves the split of a choice by picks and by axes exact, with mixtures and intercept-like weights beside it', () => {
    const random = createRandom(8);
    const picks = Array.from({ length: 40 }, (_, i) => pickOf(i, randomFeatures(random, 0.3), randomFeatures(random, 0.3), { outcome: i % 5 === 4 ? 'both_good' : 'win' }));
    const posterior = fit(picks, { mixtures: MIXTURES }, randomFeatures(random, 0.2));
    expect(probabilityOf(posterior)).toBeGreaterThan(0.01);
    expect(probabilityOf(posterior)).toBeLessThan(0.99);
    const [chosen, runnerUp] = [randomFeatures(random), randomFeatures(random)];
    const direction = chosen.map((value, i) => value - runnerUp[i]!);
    const byPick = attributeToPicks(posterior, direction).reduce((sum, { contribution }) => sum + contribution, 0);
    expect(Math.abs(byPick - dot(direction, posterior.mean) + dot(direction, posterior.priorMean))).toBeLessThan(1e-9);
    const parts = (modelId: string, features: readonly number[]) => ({ modelId, features, blindUtility: 0, speedScore: 0 });
    const { axes, margin, priorContribution } = explain(posterior, { shift: new Float64Array(FEATURE_COUNT), speed: 0 }, parts('a', chosen), parts('b', runnerUp));
    expect(Math.abs(margin - dot(direction, posterior.mean))).toBeLessThan(1e-9);
    expect(Math.abs(margin - byPick - priorContribution)).toBeLessThan(1e-9);
    // What everybody shares is no reason of this person's.
    const share = axes.find(({ axis }) => axis === 'structure')!.contribution;
    expect(share).toBeCloseTo((posterior.mean[AXIS]! - posterior.sharedMean[AXIS]!) * direction[AXIS]!, 12);
  });

  it('survives evidence beyond every doubt', () => {
    const posterior = fit(Array.from({ length: 50 }, (_, i) => pickOf(i, ZERO.with(AXIS, -40), ZERO.with(AXIS, 40))), { covariance: standardPrior(100).covariance });
    expect(posterior.mean.every(Number.isFinite)).toBe(true);
    expect(posterior.covariance.every(Number.isFinite)).toBe(true);
  });
});

describe("the population's taste", () => {
  it('explains picks by the answers as they were read, so that nothing of it is learned twice', () => {
    const picks = picksOn(AXIS, [2, 2, 2]);
    const learned = (population: readonly number[]) => fit(picks, { shared: null }, population).mean[AXIS]!;
    expect(learned(ZERO.with(AXIS, 2))).toBeLessThan(0.6 * learned(ZERO));
    expect(learned(ZERO.with(AXIS, -2))).toBeGreaterThan(learned(ZERO));
  });
});
