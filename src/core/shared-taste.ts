import { FEATURE_COUNT } from './dimensions';
import type { TermTable } from './likelihood';
import { addScaled, cholesky, dot, multiplyVector, solveCholesky } from './linear-algebra';
import type { FactoredGaussian, NaturalGaussian } from './spike-and-slab';

/**
 * A second population beside that of the prior, of people who share a taste and differ little from each other: so are most real people, while the first
 * one's (simulated) users differ much and share little. Which of the two somebody is like, their picks tell.
 */
export interface SharedTaste {
  /** Of people who are of it, before any pick; in 0 … 1. */
  readonly share: number;
  /** `[20]` the taste that they share, as a deviation from the first population's. */
  readonly shift: readonly number[];
  /** How much they differ, as a share of the first population's covariance. */
  readonly variance: number;
}

/** Gaussian prior of z and all that is fitted beside it, which the populations have in common. */
interface Prior {
  readonly mean: Float64Array;
  /** `[n × n]`, z independent of what is beside it. */
  readonly precision: Float64Array;
}

/** What would be believed of somebody of the second population, and how probable it has become that they are. */
export interface SharedPosterior extends FactoredGaussian {
  readonly probability: number;
  /** `[n]` of the second population. */
  readonly priorMean: Float64Array;
  /** `[n]` prior variance of each weight as a share of the first population's. */
  readonly scale: Float64Array;
}

/**
 * The posterior under the second population, and by Bayes' rule its probability. The picks' sites are those that were fitted under the first, so that this
 * costs one linear solve however many picks there are, and the constants of the sites cancel in the ratio of both evidences.
 * @throws RangeError when the posterior precision is not positive definite.
 */
export function underSharedTaste({ share, shift, variance }: SharedTaste, first: NaturalGaussian & FactoredGaussian, prior: Prior): SharedPosterior {
  const n = prior.mean.length;
  const scale = new Float64Array(n).fill(1).fill(variance, 0, FEATURE_COUNT);
  const priorMean = new Float64Array(n);
  priorMean.set(prior.mean.subarray(FEATURE_COUNT), FEATURE_COUNT);
  priorMean.set(shift);
  const priorPrecision = dividedRows(prior.precision, scale);
  const [before, after] = [multiplyVector(prior.precision, prior.mean), multiplyVector(priorPrecision, priorMean)];
  const information = addScaled(addScaled(first.information, before, -1), after, 1);
  const factor = cholesky(addScaled(addScaled(first.precision, prior.precision, -1), priorPrecision, 1), n);
  if (factor === null) throw new RangeError('The posterior precision under the shared taste is not positive definite');
  const mean = solveCholesky(factor, information);
  const fits = dot(information, mean) - dot(after, priorMean) - dot(first.information, first.mean) + dot(before, prior.mean);
  const widths = logDeterminant(first.factor) - logDeterminant(factor) - FEATURE_COUNT * Math.log(variance);
  const odds = (share / (1 - share)) * Math.exp((fits + widths) / 2);
  return { mean, factor, priorMean, scale, probability: odds === Infinity ? 1 : odds / (1 + odds) };
}

/** How hard each term pulls at z under a Gaussian posterior of this mean: ν − τ x·mean. */
export function pullsOf(table: TermTable, sites: { readonly precision: Float64Array; readonly information: Float64Array }, mean: Float64Array): Float64Array {
  const pulls = new Float64Array(table.ids.length);
  for (let t = 0; t < pulls.length; t++) {
    pulls[t] = sites.information[t]! - sites.precision[t]! * dot(table.directions.subarray(t * table.size, (t + 1) * table.size), mean);
  }
  return pulls;
}

function dividedRows(matrix: Float64Array, divisor: Float64Array): Float64Array {
  const n = divisor.length;
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] = matrix[i * n + j]! / divisor[i]!;
  return out;
}

/** ln |L Lᵀ| */
function logDeterminant(factor: Float64Array): number {
  const n = Math.sqrt(factor.length);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 2 * Math.log(factor[i * (n + 1)]!);
  return sum;
}
