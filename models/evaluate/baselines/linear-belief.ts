import { sigmoid } from '../../../src/core/likelihood';

/** Gaussian belief about a weight vector that takes pairwise picks one at a time (extended Kalman filter of a logistic likelihood). */
export class LinearBelief {
  readonly mean: Float64Array;
  private readonly covariance: Float64Array;

  constructor(mean: ArrayLike<number>, variance: ArrayLike<number>) {
    const n = mean.length;
    this.mean = Float64Array.from(mean);
    this.covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) this.covariance[i * n + i] = variance[i]!;
  }

  /** P(win) = σ(slope · (offset + weights · direction)); the win was seen. */
  learn(direction: ArrayLike<number>, offset: number, slope: number): void {
    const gain = this.times(direction);
    const spread = dotOf(gain, direction);
    const p = sigmoid(slope * (offset + dotOf(this.mean, direction)));
    const curvature = slope * slope * p * (1 - p);
    this.move(gain, (slope * (1 - p)) / (1 + curvature * spread), curvature / (1 + curvature * spread));
  }

  /** Least squares: a value of `target` was seen along `direction`, with this noise variance. */
  regress(direction: ArrayLike<number>, target: number, noise: number): void {
    const gain = this.times(direction);
    const spread = dotOf(gain, direction);
    this.move(gain, (target - dotOf(this.mean, direction)) / (noise + spread), 1 / (noise + spread));
  }

  private move(gain: Float64Array, step: number, shrink: number): void {
    const n = gain.length;
    for (let i = 0; i < n; i++) {
      this.mean[i]! += step * gain[i]!;
      for (let j = 0; j < n; j++) this.covariance[i * n + j]! -= shrink * gain[i]! * gain[j]!;
    }
  }

  private times(direction: ArrayLike<number>): Float64Array {
    const n = this.mean.length;
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i]! += this.covariance[i * n + j]! * direction[j]!;
    return out;
  }

  deviation(direction: ArrayLike<number>): number {
    return Math.sqrt(Math.max(0, dotOf(this.times(direction), direction)));
  }

  /** One draw, by the Cholesky factor; jitter keeps it defined when rounding has made it singular. */
  sample(normal: () => number): Float64Array {
    const n = this.mean.length;
    const factor = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = this.covariance[i * n + j]!;
        for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
        factor[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j * n + j]!;
      }
    }
    const noise = Float64Array.from({ length: n }, normal);
    return this.mean.map((value, i) => value + dotOf(factor.subarray(i * n, i * n + i + 1), noise.subarray(0, i + 1)));
  }
}

export function dotOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
