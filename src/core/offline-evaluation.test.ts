import { describe, expect, it } from 'vitest';
import type { ModelledOutcome } from './offline-evaluation';
import { estimateDoublyRobust, estimateSnips } from './offline-evaluation';
import { createRandom } from './random';

/** Two actions with mean rewards .3 and .7; logged with probabilities .8 and .2; the target takes the second with probability .9 (true value .66). */
function simulate(count: number, seed: number, modelBias: number): ModelledOutcome[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const second = random() < 0.2;
    return {
      propensity: second ? 0.2 : 0.8,
      targetProbability: second ? 0.9 : 0.1,
      reward: random() < (second ? 0.7 : 0.3) ? 1 : 0,
      predictedReward: (second ? 0.7 : 0.3) + modelBias,
      predictedTargetReward: 0.66 + modelBias,
    };
  });
}

describe('offline evaluation', () => {
  it('covers the true value about 95 times in 100', () => {
    let snips = 0;
    let doublyRobust = 0;
    for (let seed = 0; seed < 200; seed++) {
      const log = simulate(400, seed, 0);
      for (const [estimate, hit] of [[estimateSnips(log), () => snips++], [estimateDoublyRobust(log), () => doublyRobust++]] as const) {
        if (estimate.ok && estimate.value.interval95[0] <= 0.66 && estimate.value.interval95[1] >= 0.66) hit();
      }
    }
    expect(snips).toBeGreaterThan(180);
    expect(doublyRobust).toBeGreaterThan(180);
  });

  it('is doubly robust: a biased reward model does not bias it', () => {
    const [right, biased] = [estimateDoublyRobust(simulate(4000, 1, 0)), estimateDoublyRobust(simulate(4000, 1, 0.4))];
    if (!right.ok || !biased.ok) throw new Error('expected estimates');
    expect(biased.value.value).toBeCloseTo(right.value.value, 10);
    expect(Math.abs(right.value.value - 0.66)).toBeLessThan(0.05);
  });

  it('is the plain mean when both policies agree', () => {
    const log = Array.from({ length: 40 }, (_, i) => ({ propensity: 1, targetProbability: 1, reward: i % 2 }));
    const estimate = estimateSnips(log);
    expect(estimate).toMatchObject({ ok: true, value: { value: 0.5, effectiveSampleSize: 40, decisions: 40 } });
  });

  it('refuses below an effective sample size of 20, however many decisions there are', () => {
    expect(estimateSnips([])).toMatchObject({ ok: false, error: { kind: 'too_few_samples', effectiveSampleSize: 0, required: 20 } });
    const lopsided = Array.from({ length: 1000 }, (_, i) => ({ propensity: i < 5 ? 0.001 : 1, targetProbability: 1, reward: 1 }));
    expect(estimateSnips(lopsided)).toMatchObject({ ok: false, error: { kind: 'too_few_samples' } });
    expect(estimateDoublyRobust(simulate(10, 1, 0))).toMatchObject({ ok: false });
  });

  it('names an impossible entry', () => {
    const log = simulate(100, 1, 0);
    expect(estimateSnips([...log, { propensity: 0, targetProbability: 1, reward: 1 }])).toMatchObject({ ok: false, error: { kind: 'invalid_log', detail: expect.stringContaining('Decision 100') } });
    expect(estimateDoublyRobust([{ ...log[0]!, predictedReward: NaN }, ...log])).toMatchObject({ ok: false, error: { kind: 'invalid_log' } });
  });
});
