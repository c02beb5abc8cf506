import { cholesky, invertCholesky, largestDifference, multiplyVector, solveCholesky, varianceAlong } from './linear-algebra';

/**
 * How one weight is really spread over people: most do not care about most traits, and those who do care much. A mixture of Gaussians
 * (spike and slab; Mitchell & Beauchamp 1988, doi 10.2307/2290129), as deviations from the mean, in the units of the weight.
 */
export interface MarginalMixture {
  /** Index of the weight. */
  readonly axis: number;
  /** Sum 1. */
  readonly share: readonly number[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** A Gaussian in natural parameters. Arrays `[n]`, `[n × n]`, of which the lower triangle counts. */
export interface NaturalGaussian {
  readonly precision: Float64Array;
  readonly information: Float64Array;
}

export interface FactoredGaussian {
  readonly mean: Float64Array;
  /** Cholesky factor of the precision. */
  readonly factor: Float64Array;
}

const MAX_SWEEPS = 40;
const DAMPING = 0.6;
const TOLERANCE = 1e-4;
/** What the picks say of an axis has at least this precision, so that a cavity never vanishes. */
const LEAST_PRECISION = 1e-6;
/** Least precision of a site, as a share of the prior's: a slab may widen the posterior, but never undo the prior. */
const LEAST_SITE = -0.6;

/** One axis: its site, mixture ÷ Gaussian prior, as a Gaussian in natural parameters. */
interface Axis {
  readonly index: number;
  readonly priorMean: number;
  readonly priorPrecision: number;
  /** Centred on the prior's mean and scaled to its variance. */
  readonly mixture: MarginalMixture;
  precision: number;
  information: number;
}

/**
 * A posterior under a Gaussian prior → the same under a prior whose marginals are mixtures: one more site of expectation propagation on each of
 * their axes. What the picks say stays as it was fitted, so that this takes the same time however many there are. Mixtures are scaled to the prior's variance; where
 * nothing is known of an axis, its site says nothing.
 */
export function sharpen(posterior: NaturalGaussian & FactoredGaussian, priorMean: ArrayLike<number>, priorCovariance: ArrayLike<number>, mixtures: readonly MarginalMixture[]): FactoredGaussian {
  if (mixtures.length === 0) return posterior;
  const n = posterior.mean.length;
  const axes = mixtures.map((mixture) => axisOf(mixture, priorMean[mixture.axis]!, priorCovariance[mixture.axis * (n + 1)]!));
  settle(axes, marginalOf(posterior, axes));
  return conditioned(posterior, axes.map(({ index }) => index), axes);
}

function axisOf(mixture: MarginalMixture, priorMean: number, priorVariance: number): Axis {
  const { mean, variance } = momentsOf(mixture);
  const scale = Math.sqrt(priorVariance / variance);
  return {
    index: mixture.axis,
    priorMean,
    priorPrecision: 1 / priorVariance,
    mixture: {
      ...mixture,
      mean: mixture.mean.map((value) => priorMean + scale * (value - mean)),
      variance: mixture.variance.map((value) => scale * scale * value),
    },
    precision: 0,
    information: 0,
  };
}

/** The sites touch these axes only, so that they can be settled on the axes' own marginal. */
function marginalOf({ mean, factor }: FactoredGaussian, axes: readonly Axis[]): NaturalGaussian {
  const [n, count] = [mean.length, axes.length];
  const covariance = new Float64Array(count * count);
  axes.forEach(({ index }, row) => {
    const column = solveCholesky(factor, unitVector(n, index));
    axes.forEach((other, at) => (covariance[row * count + at] = column[other.index]!));
  });
  const root = cholesky(covariance, count);
  if (root === null) throw new RangeError('The posterior covariance is not positive definite');
  const precision = invertCholesky(root, count);
  return { precision, information: multiplyVector(precision, axes.map(({ index }) => mean[index]!)) };
}

function settle(axes: readonly Axis[], marginal: NaturalGaussian): void {
  const places = axes.map((_, i) => i);
  let { mean, factor } = conditioned(marginal, places, axes);
  let lastChange = Infinity;
  for (let sweep = 0; sweep < MAX_SWEEPS && lastChange >= TOLERANCE; sweep++) {
    for (const [i, axis] of axes.entries()) renewSite(axis, mean[i]!, varianceAlong(factor, unitVector(mean.length, i)));
    const next = conditioned(marginal, places, axes);
    lastChange = largestDifference(next.mean, mean);
    ({ mean, factor } = next);
  }
}

/** Takes site and Gaussian prior out of the axis's marginal, puts the mixture in, and keeps the difference. */
function renewSite(axis: Axis, mean: number, variance: number): void {
  const { priorPrecision, mixture } = axis;
  const said = Math.max(1 / variance - axis.precision - priorPrecision, LEAST_PRECISION);
  const informationSaid = mean / variance - axis.information - priorPrecision * axis.priorMean;
  const tilted = momentsOf(tilt(mixture, informationSaid / said, 1 / said));
  const precision = Math.max(1 / tilted.variance - said - priorPrecision, LEAST_SITE * priorPrecision);
  const information = tilted.mean * (said + priorPrecision + precision) - informationSaid - priorPrecision * axis.priorMean;
  axis.precision += DAMPING * (precision - axis.precision);
  axis.information += DAMPING * (information - axis.information);
}

/** The mixture times N(mean, variance), normalised. Loops, since this runs hundreds of times a fit. */
function tilt(mixture: MarginalMixture, mean: number, variance: number): MarginalMixture {
  const count = mixture.share.length;
  const [share, middle, spread] = [new Array<number>(count), new Array<number>(count), new Array<number>(count)];
  let most = -Infinity;
  for (let k = 0; k < count; k++) {
    const total = mixture.variance[k]! + variance;
    const off = mean - mixture.mean[k]!;
    share[k] = Math.log(mixture.share[k]! / Math.sqrt(total)) - (off * off) / (2 * total);
    middle[k] = mixture.mean[k]! + (mixture.variance[k]! / total) * off;
    spread[k] = (mixture.variance[k]! * variance) / total;
    most = Math.max(most, share[k]!);
  }
  let sum = 0;
  for (let k = 0; k < count; k++) {
    share[k] = Math.exp(share[k]! - most);
    sum += share[k]!;
  }
  for (let k = 0; k < count; k++) share[k] = share[k]! / sum;
  return { axis: mixture.axis, share, mean: middle, variance: spread };
}

function momentsOf({ share, mean, variance }: MarginalMixture): { mean: number; variance: number } {
  let [first, second] = [0, 0];
  for (let k = 0; k < share.length; k++) first += share[k]! * mean[k]!;
  for (let k = 0; k < share.length; k++) second += share[k]! * (variance[k]! + (mean[k]! - first) ** 2);
  return { mean: first, variance: second };
}

function unitVector(n: number, index: number): Float64Array {
  return new Float64Array(n).fill(1, index, index + 1);
}

/** A Gaussian times the axes' sites, which stand at `places`. Sites that would leave no distribution, several wide slabs on correlated axes, are held at no precision of their own. */
function conditioned({ precision, information }: NaturalGaussian, places: readonly number[], axes: readonly Axis[]): FactoredGaussian {
  const n = information.length;
  const total = information.slice();
  axes.forEach((axis, i) => (total[places[i]!] = total[places[i]!]! + axis.information));
  const factor = cholesky(plusDiagonal(precision, n, places, axes, -Infinity), n) ?? cholesky(plusDiagonal(precision, n, places, axes, 0), n);
  if (factor === null) throw new RangeError('The posterior precision is not positive definite');
  return { mean: solveCholesky(factor, total), factor };
}

function plusDiagonal(matrix: Float64Array, n: number, places: readonly number[], axes: readonly Axis[], least: number): Float64Array {
  const sum = matrix.slice();
  axes.forEach(({ precision }, i) => {
    const at = places[i]! * (n + 1);
    sum[at] = sum[at]! + Math.max(precision, least);
  });
  return sum;
}
