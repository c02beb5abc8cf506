import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random';
import { bootstrapRatio, calibrationError } from './statistics';

describe('bootstrapRatio', () => {
  it('gives the ratio of means and an interval around it that narrows with more people', () => {
    const spread = (count: number) => {
      const top = Float64Array.from({ length: count }, (_, person) => 0.5 + (person % 2 ? 0.3 : -0.3));
      const { mean, low, high } = bootstrapRatio(top, new Float64Array(count).fill(2), createRandom(1));
      expect(mean).toBeCloseTo(0.25, 6);
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
      return high - low;
    };
    expect(spread(400)).toBeLessThan(spread(40) / 2);
  });
});

describe('calibrationError', () => {
  it('is zero for honest probabilities and the gap for boasting ones', () => {
    const happened = Array.from({ length: 100 }, (_, index) => index < 70);
    expect(calibrationError(happened.map(() => 0.7), happened)).toBeCloseTo(0, 9);
    expect(calibrationError(happened.map(() => 0.95), happened)).toBeCloseTo(0.25, 9);
  });
});
