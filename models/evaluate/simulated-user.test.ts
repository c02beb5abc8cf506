import { describe, expect, it } from 'vitest';
import { predictedResponse, measuredAxes } from './axes-of-cell';
import { flipped, picksFirst, utility } from './simulated-user';

const USER = { id: 'u', kind: 'linear', quality_weight: 1, cost_weight: 1, trait_weights: { brevity: 1 }, noise: 0.1 };
const SCALES = { mean: new Float64Array([-4.9, 1.2, 47, 0.4, 0.3, -0.5, 0.3, 0.04]), deviation: new Float64Array([1, 1.3, 27, 0.6, 0.7, 0.7, 0.5, 0.2]), costLow: 3e-6, costHigh: 2e-2 };
const CONSTANTS = { mean: [0.2, 5, -1, 1.2, 47, 0.4, 0.3, -0.5, 0.3, 0.04, 0.02, -0.5], sd: [0.3, 1, 2, 1.3, 26, 0.6, 0.7, 0.7, 0.5, 0.2, 0.1, 0.25], costP1Usd: 1e-6, costP99Usd: 1e-2 };

describe('utility', () => {
  it('adds quality, cost and weighted traits as the data folder defines them', () => {
    const traits = [2, 0, 0, 0, 0, 0, 0, 0];
    expect(utility(USER, 'code', { winRate: 0.4, cost: 0.5, traits, words: 100 })).toBeCloseTo(0.4 - 0.15 + 0.5, 9);
    expect(utility({ ...USER, ideal_words: 100 }, 'code', { winRate: 0.4, cost: 0.5, traits, words: 100 * Math.E })).toBeCloseTo(0.75 - 0.25, 9);
    expect(utility({ ...USER, task_trait_weights: { code: { brevity: -1 } } }, 'code', { winRate: 0.4, cost: 0.5, traits, words: 100 })).toBeCloseTo(0.25 - 0.5, 9);
  });

  it('is picked by with noise', () => {
    expect(picksFirst(USER, 1, 0, () => 0)).toBe(true);
    let draw = 0;
    expect(picksFirst({ ...USER, noise: 10 }, 1, 0, () => (draw++ === 0 ? -1 : 1))).toBe(false);
  });
});

describe('axes of a cell', () => {
  it('come back as the same traits, words and cost, on whatever scale the folder has', () => {
    const measures = { words: 150, headers: 1, bullets: 2, flesch: 61, warmth: 1, steps: 2, hedges: 3, examples: 1, ask_back: 1, code_frac: 0.3 };
    const costUsd = 1e-4;
    const seen = predictedResponse(measuredAxes({ measures, costUsd }, CONSTANTS), CONSTANTS, SCALES);
    const raw = [-Math.log1p(150), Math.log1p(3), 61, Math.log1p(1), Math.log1p(2), -Math.log1p(3), Math.log1p(1), Math.log1p(1)];
    Array.from(seen.traits).forEach((value, trait) => expect(value).toBeCloseTo((raw[trait]! - SCALES.mean[trait]!) / SCALES.deviation[trait]!, 6));
    expect(seen.words).toBeCloseTo(150, 6);
    expect(seen.squaredLnWords).toBeCloseTo(Math.log1p(150) ** 2, 6);
    expect(seen.cost).toBeCloseTo(Math.log(costUsd / SCALES.costLow) / Math.log(SCALES.costHigh / SCALES.costLow), 6);
  });
});

describe('flipped', () => {
  it('turns every style weight and mirrors an ideal length, and twice is once', () => {
    const user = { ...USER, task_trait_weights: { code: { warmth: 2 } }, ideal_words: 60 };
    expect(flipped(user)).toMatchObject({ quality_weight: 1, cost_weight: 1, trait_weights: { brevity: -1 }, task_trait_weights: { code: { warmth: -2 } } });
    expect(flipped(user).ideal_words).toBeGreaterThan(150);
    expect(flipped(flipped(user)).ideal_words).toBeCloseTo(60, 6);
  });
});
