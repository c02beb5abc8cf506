import { describe, expect, it } from 'vitest';
import { OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { FEATURE_COUNT } from './dimensions';
import { winProbabilityAt } from './likelihood';
import { cholesky, dot, identityMatrix } from './linear-algebra';
import { createRandom } from './random';
import type { MarginalMixture } from './spike-and-slab';
import { sharpen } from './spike-and-slab';
import { attributeToPicks, evidenceFromPicks, fitUserEmbedding } from './user-embedding';

const AXIS = 3;
/** Seven of ten hardly care; the others care a lot, one way or the other. Mean 0, variance 1. */
const MIXTURE: MarginalMixture = { axis: AXIS, share: [0.15, 0.7, 0.15], mean: [-1.7, 0, 1.7], variance: [0.3, 0.061, 0.3] };
const NOBODY = new Array<number>(FEATURE_COUNT).fill(0);

const density = (z: number) => MIXTURE.share.reduce((sum, share, k) => sum + (share * Math.exp(-((z - MIXTURE.mean[k]!) ** 2) / (2 * MIXTURE.variance[k]!))) / Math.sqrt(MIXTURE.variance[k]!), 0);

function fit(contrasts: readonly number[], mixtures = [MIXTURE]) {
  const picks = contrasts.map((contrast, i) => pickOf(i, NOBODY.with(AXIS, contrast), NOBODY));
  return fitUserEmbedding({ prior: { ...standardPrior(), mixtures }, evidence: evidenceFromPicks(picks, null, null), outcomeModel: OUTCOME_MODEL });
}

/** Mean and variance of the weight given wins at these contrasts, integrated. */
function integrated(contrasts: readonly number[]) {
  let [mass, first, second] = [0, 0, 0];
  for (let z = -8; z <= 8; z += 0.002) {
    const p = density(z) * contrasts.reduce((product, contrast) => product * winProbabilityAt(contrast * z, OUTCOME_MODEL.pickNoise), 1);
    mass += p;
    first += z * p;
    second += z * z * p;
  }
  return { mean: first / mass, variance: second / mass - (first / mass) ** 2 };
}

describe('a spike-and-slab prior', () => {
  it.each([[[2]], [[2, 2, 2]], [[2, 2, 2, 2, 2, 2, 2, 2]], [[3, -2, 3, -2]], [[-2, -2, -2]]])('comes close to the true posterior after wins at %j', (contrasts) => {
    const truth = integrated(contrasts);
    const posterior = fit(contrasts);
    const gaussian = fit(contrasts, []);
    expect(Math.abs(posterior.mean[AXIS]! - truth.mean)).toBeLessThan(0.08);
    expect(Math.abs(posterior.mean[AXIS]! - truth.mean)).toBeLessThanOrEqual(Math.abs(gaussian.mean[AXIS]! - truth.mean) + 1e-6);
    expect(Math.abs(posterior.covariance[AXIS * (posterior.size + 1)]! - truth.variance)).toBeLessThan(0.4 * truth.variance);
  });

  it('says nothing before the first pick', () => {
    expect(fit([]).mean).toEqual(fit([], []).mean);
    expect(fit([]).covariance).toEqual(fit([], []).covariance);
  });

  it('believes in no taste on little evidence, and in a strong one on much', () => {
    const [little, much] = [[1, -1, 1], [3, 3, 3, 3, 3, 3, 3, 3]];
    expect(Math.abs(fit(little).mean[AXIS]!)).toBeLessThan(Math.abs(fit(little, []).mean[AXIS]!));
    expect(fit(much).mean[AXIS]!).toBeGreaterThan(1.4);
  });

  it('follows the scale and the centre of the Gaussian prior', () => {
    const precision = identityMatrix(1).map((value) => value / 4);
    const unmoved = sharpen({ precision, information: Float64Array.of(0.5), mean: Float64Array.of(2), factor: cholesky(precision, 1)! }, [2], [4], [{ ...MIXTURE, axis: 0 }]);
    expect(unmoved.mean[0]).toBeCloseTo(2, 3);
    expect(1 / unmoved.factor[0]! ** 2).toBeCloseTo(4, 3);
  });

  it('never loses the distribution, however wide its slabs and however many axes', () => {
    const random = createRandom(4);
    const mixtures = Array.from({ length: 12 }, (_, axis) => ({ axis, share: [0.9, 0.1], mean: [0, 0], variance: [0.01, 9.9] }));
    const covariance = identityMatrix(FEATURE_COUNT).map((value) => (value === 1 ? 1 : 0.3));
    const picks = Array.from({ length: 60 }, (_, i) => pickOf(i, randomFeatures(random, 2), randomFeatures(random, 2)));
    const posterior = fitUserEmbedding({ prior: { ...standardPrior(), covariance, mixtures }, evidence: evidenceFromPicks(picks, null, null), outcomeModel: OUTCOME_MODEL });
    expect(cholesky(posterior.covariance, posterior.size)).not.toBeNull();
    expect(posterior.mean.every(Number.isFinite)).toBe(true);
  });

  it('leaves the split by picks exact', () => {
    const random = createRandom(7);
    const picks = Array.from({ length: 30 }, (_, i) => pickOf(i, randomFeatures(random), randomFeatures(random)));
    const mixtures = [1, 3, 5].map((axis) => ({ ...MIXTURE, axis }));
    const posterior = fitUserEmbedding({ prior: { ...standardPrior(), mixtures }, evidence: evidenceFromPicks(picks, null, null), outcomeModel: OUTCOME_MODEL });
    const gaussian = fitUserEmbedding({ prior: standardPrior(), evidence: evidenceFromPicks(picks, null, null), outcomeModel: OUTCOME_MODEL });
    expect(posterior.mean).not.toEqual(gaussian.mean);
    const direction = randomFeatures(random);
    const total = attributeToPicks(posterior, direction).reduce((sum, { contribution }) => sum + contribution, 0);
    expect(total).toBeCloseTo(dot(direction, posterior.mean.map((value, i) => value - posterior.priorMean[i]!), FEATURE_COUNT), 3);
    // Nearly all of what was learned is the picks' doing.
    expect(Math.hypot(...posterior.priorMean.subarray(0, FEATURE_COUNT))).toBeLessThan(0.2 * Math.hypot(...posterior.mean.subarray(0, FEATURE_COUNT)));
  });
});
