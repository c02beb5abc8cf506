import { expect, it } from 'vitest';
import { nearestTier } from './artifacts';

it('gives an LLM the tier of the training LLM whose public win rate is nearest', () => {
  const table = { winRatePct: [2, 10, 50], tier: [1, 2.5, 5] };
  expect([0, 5.9, 6.1, 29, 31, 99].map((rate) => nearestTier(table, rate))).toEqual([1, 1, 2.5, 2.5, 5, 5]);
});
