import { describe, expect, it } from 'vitest';
import { predictedResponse, measuredAxes } from './axes-of-cell';
import { picksFirst, utility } from './simulated-user';

const USER = { id: 'u', kind: 'linear', quality_weight: 1, cost_weight: 1, trait_weights: { brevity: 1 }, noise: 0.1 };
const SCALES = { mean: new Float64Array([-4.9, 1.2, 47, 0.4, 0.3, -0.5, 0.3, 0.04]), deviation: new Float64Array([1, 1.3, 27, 0.6, 0.7, 0.7, 0.5, 0.2]), costLow: 1e-6, costHigh: 1e-2 };
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
  it('come back as the same traits, words and cost', () => {
    const traits = new Float64Array([-0.1, 0.5, -1, 0.2, 0, 1, -0.3, 0.4]);
    // brevity is −ln(1 + words): the length axis must agree with it.
    const words = Math.expm1(-(traits[0]! * SCALES.deviation[0]! + SCALES.mean[0]!));
    const cell = { measures: { code_frac: 0.3 }, words, costUsd: 1e-4, winRate: 0.5, traits, cost: 0.5 };
    const seen = predictedResponse(measuredAxes(cell, CONSTANTS, SCALES), CONSTANTS, SCALES);
    expect(seen.words).toBeCloseTo(words, 6);
    expect(seen.cost).toBeCloseTo(0.5, 9);
    expect(seen.squaredLnWords).toBeCloseTo(Math.log1p(words) ** 2, 6);
    Array.from(seen.traits).forEach((value, trait) => expect(value).toBeCloseTo(traits[trait]!, 6));
  });
});
