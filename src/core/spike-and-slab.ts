import { addScaled, cholesky, solveCholesky } from './linear-algebra';

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
  const axes = mixtures.map((mixture) => axisOf(mixture, priorMean[mixture.axis]!, priorCovariance[mixture.axis * (posterior.mean.length + 1)]!));
  let { mean, factor }: FactoredGaussian = posterior;
  let lastChange = axes.length === 0 ? 0 : Infinity;
  for (let sweep = 0; sweep < MAX_SWEEPS && lastChange >= TOLERANCE; sweep++) {
    for (const axis of axes) renewSite(axis, mean[axis.index]!, varianceOf(factor, axis.index, mean.length));
    const next = withSites(posterior, axes);
    lastChange = addScaled(next.mean, mean, -1).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    ({ mean, factor } = next);
  }
  return { mean, factor };
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

/** The mixture times N(mean, variance), normalised. */
function tilt({ axis, ...mixture }: MarginalMixture, mean: number, variance: number): MarginalMixture {
  const totals = mixture.variance.map((spread) => spread + variance);
  const logs = totals.map((total, k) => Math.log(mixture.share[k]! / Math.sqrt(total)) - (mean - mixture.mean[k]!) ** 2 / (2 * total));
  const most = Math.max(...logs);
  const odds = logs.map((value) => Math.exp(value - most));
  const sum = odds.reduce((a, b) => a + b, 0);
  return {
    axis,
    share: odds.map((value) => value / sum),
    mean: totals.map((total, k) => mixture.mean[k]! + (mixture.variance[k]! / total) * (mean - mixture.mean[k]!)),
    variance: totals.map((total, k) => (mixture.variance[k]! * variance) / total),
  };
}

function momentsOf({ share, mean, variance }: MarginalMixture): { mean: number; variance: number } {
  const first = share.reduce((sum, weight, k) => sum + weight * mean[k]!, 0);
  return { mean: first, variance: share.reduce((sum, weight, k) => sum + weight * (variance[k]! + (mean[k]! - first) ** 2), 0) };
}

/** The i-th marginal variance from the Cholesky factor of the precision: |L⁻¹ e_i|². */
function varianceOf(factor: Float64Array, index: number, n: number): number {
  const solved = new Float64Array(n);
  let sum = 0;
  for (let i = index; i < n; i++) {
    let value = i === index ? 1 : 0;
    for (let j = index; j < i; j++) value -= factor[i * n + j]! * solved[j]!;
    solved[i] = value / factor[i * n + i]!;
    sum += solved[i]! * solved[i]!;
  }
  return sum;
}

/** Sites that would leave no distribution, several wide slabs on correlated axes, are held at no precision of their own. */
function withSites(posterior: NaturalGaussian, axes: readonly Axis[]): FactoredGaussian {
  const n = posterior.information.length;
  const information = posterior.information.slice();
  for (const { index, information: said } of axes) information[index] = information[index]! + said;
  const factor = cholesky(plusDiagonal(posterior.precision, n, axes, -Infinity), n) ?? cholesky(plusDiagonal(posterior.precision, n, axes, 0), n);
  if (factor === null) throw new RangeError('The posterior precision is not positive definite');
  return { mean: solveCholesky(factor, information), factor };
}

function plusDiagonal(matrix: Float64Array, n: number, axes: readonly Axis[], least: number): Float64Array {
  const sum = matrix.slice();
  for (const { index, precision } of axes) sum[index * (n + 1)] = sum[index * (n + 1)]! + Math.max(precision, least);
  return sum;
}
