export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] ?? 0;
  return values.length === 0 ? Number.NaN : total / values.length;
}

/**
 * 95 % paired bootstrap over users of a ratio of means Σ numerator / Σ denominator (denominator 1 gives a mean).
 * Captured reward and headroom are such ratios, so that a user with little at stake does not dominate.
 */
export function bootstrapRatio(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  random: () => number,
  resamples = 1000,
): Interval {
  const count = numerator.length;
  const draws = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let top = 0;
    let bottom = 0;
    for (let index = 0; index < count; index++) {
      const user = Math.floor(random() * count);
      top += numerator[user] ?? 0;
      bottom += denominator[user] ?? 0;
    }
    draws[resample] = top / bottom;
  }
  draws.sort();
  return {
    mean: mean(numerator) / mean(denominator),
    low: draws[Math.floor(0.025 * resamples)] ?? Number.NaN,
    high: draws[Math.ceil(0.975 * resamples) - 1] ?? Number.NaN,
  };
}

/** Expected calibration error over ten equal bins of probabilities that came true or not. */
export function calibrationError(probabilities: readonly number[], cameTrue: readonly boolean[]): number {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, probability: 0, hits: 0 }));
  probabilities.forEach((probability, index) => {
    const bin = bins[Math.min(9, Math.floor(probability * 10))];
    if (!bin) return;
    bin.count += 1;
    bin.probability += probability;
    bin.hits += cameTrue[index] ? 1 : 0;
  });
  const total = probabilities.length || 1;
  return bins.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.hits) / total, 0);
}
