import { describe, expect, it } from 'vitest';
import { OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { FEATURE_COUNT } from './dimensions';
import { dot } from './linear-algebra';
import type { Contender } from './policy';
import { normalCdf } from './normal';
import { choosePlan, chooseTeachingPair, expectedImprovement, expectedInformation, OCCASIONS, rememberGain } from './policy';
import { createRandom } from './random';
import { evidenceFromPicks, fitUserEmbedding } from './user-embedding';

const BUDGET = { enabled: true, remaining: 3, epsilon: 0.1, recentGains: [] };
const unit = (axis: number, size = 1) => new Array<number>(FEATURE_COUNT).fill(0).with(axis, size);
const posteriorOf = (variance: number, picks = [] as ReturnType<typeof pickOf>[]) =>
  fitUserEmbedding({ prior: standardPrior(variance), evidence: evidenceFromPicks(picks, null, null), outcomeModel: OUTCOME_MODEL });
const contender = (modelId: string, score: number, features: readonly number[]): Contender => ({ modelId, score, features });

describe('choosePlan', () => {
  const contenders = [contender('a', 1, unit(0)), contender('b', 0.8, unit(1)), contender('c', 0.1, unit(2))];

  it('asks when unsure and shows the best alone when sure', () => {
    expect(choosePlan(posteriorOf(1), contenders, { ...BUDGET, epsilon: 0 }, 1).plan).toMatchObject({ kind: 'compare', reason: 'uncertain', propensity: 1 });
    expect(choosePlan(posteriorOf(1e-4), contenders, { ...BUDGET, epsilon: 0 }, 1).plan).toEqual({ kind: 'single', modelId: 'a', propensity: 1 });
  });

  it('never asks outside the budget', () => {
    for (const budget of [{ ...BUDGET, enabled: false }, { ...BUDGET, remaining: 0 }]) {
      expect(choosePlan(posteriorOf(1), contenders, budget, 1)).toMatchObject({ plan: { kind: 'single', modelId: 'a', propensity: 1 }, propensities: [1, 0, 0] });
    }
    expect(choosePlan(posteriorOf(1), contenders.slice(0, 1), BUDGET, 1).plan.kind).toBe('single');
  });

  it('prefers the challenger it knows less about', () => {
    const picks = Array.from({ length: 60 }, (_, i) => pickOf(i, unit(1, i % 2 === 0 ? 2 : -2), unit(3, 0)));
    const rivals = [contender('a', 1, unit(0)), contender('known', 0.8, unit(1)), contender('unknown', 0.8, unit(2))];
    const { plan } = choosePlan(posteriorOf(1, picks), rivals, { ...BUDGET, epsilon: 0 }, 1);
    expect(plan.kind === 'compare' && plan.modelIds.includes('unknown')).toBe(true);
  });

  it('asks about a good rival before any pick, and looks further the more it has learned', () => {
    // 0.8 √ln 2 = 0.67 deviations: 0.8 + 0.67 · √2 against 0 + 0.67 · √5; after 40 picks 1.55 of them.
    const rivals = [contender('a', 1, unit(0)), contender('second', 0.8, unit(1)), contender('wild', 0, unit(4, 2))];
    const challenger = (picks: number) => {
      const { plan } = choosePlan(posteriorOf(1, Array.from({ length: picks }, (_, i) => pickOf(i, unit(2, i % 2 === 0 ? 1 : -1), unit(3, 0)))), rivals, { ...BUDGET, epsilon: 0 }, 1);
      return plan.kind === 'compare' && plan.modelIds.find((id) => id !== 'a');
    };
    expect([challenger(0), challenger(40)]).toEqual(['second', 'wild']);
  });

  it('shows what its propensities say, over many seeds', () => {
    for (const posterior of [posteriorOf(1), posteriorOf(1e-4)]) {
      const shown = new Map<string, number>();
      let [left, compared] = [0, 0];
      const seeds = 4000;
      const { propensities } = choosePlan(posterior, contenders, { ...BUDGET, epsilon: 0.3 }, 0);
      for (let seed = 0; seed < seeds; seed++) {
        const { plan } = choosePlan(posterior, contenders, { ...BUDGET, epsilon: 0.3 }, seed);
        const ids = plan.kind === 'single' ? [plan.modelId] : plan.modelIds;
        for (const id of ids) shown.set(id, (shown.get(id) ?? 0) + 1 / seeds);
        if (plan.kind === 'compare') {
          compared++;
          if (plan.modelIds[0] === 'a') left++;
        }
      }
      for (const [i, { modelId }] of contenders.entries()) expect(Math.abs((shown.get(modelId) ?? 0) - propensities[i]!)).toBeLessThan(0.03);
      expect(Math.abs(left / compared - 0.5)).toBeLessThan(0.06);
    }
  });

  it('keeps its questions for the prompts where they are worth most', () => {
    const { gain } = choosePlan(posteriorOf(1), contenders, BUDGET, 1);
    const planAfter = (recentGains: readonly number[], epsilon = 0, seed = 1) => choosePlan(posteriorOf(1), contenders, { ...BUDGET, epsilon, recentGains }, seed);
    const [better, worse] = [gain! + 0.1, gain! - 0.1];
    // Of fewer than four prompts nothing can be told; then at most a quarter of them may have been worth as much.
    expect(planAfter([better, better, better]).plan.kind).toBe('compare');
    expect(planAfter([better, worse, worse, worse, worse]).plan.kind).toBe('compare');
    expect(planAfter([better, worse, worse, worse]).plan).toEqual({ kind: 'single', modelId: 'a', propensity: 1 });
    // A bad occasion is as good as any for exploring, and its propensities say so.
    const explored = Array.from({ length: 2000 }, (_, seed) => planAfter([better, better, better, better], 0.3, seed));
    expect(explored.filter(({ plan }) => plan.kind === 'compare' && plan.reason === 'exploration').length / 2000).toBeCloseTo(0.3, 1);
    expect(explored[0]!.propensities.slice(1).reduce((sum, p) => sum + p, 0)).toBeCloseTo(0.3, 9);
  });

  it('says what a question is worth even when there is none left, and nothing when none is wanted', () => {
    const { gain } = choosePlan(posteriorOf(1), contenders, BUDGET, 1);
    expect(choosePlan(posteriorOf(1), contenders, { ...BUDGET, remaining: 0 }, 1).gain).toBe(gain);
    expect(choosePlan(posteriorOf(1), contenders, { ...BUDGET, enabled: false }, 1).gain).toBeNull();
    expect(choosePlan(posteriorOf(1), contenders.slice(0, 1), BUDGET, 1).gain).toBeNull();
  });

  it('repeats itself for the same seed', () => {
    expect(choosePlan(posteriorOf(1), contenders, BUDGET, 42)).toEqual(choosePlan(posteriorOf(1), contenders, BUDGET, 42));
    expect(() => choosePlan(posteriorOf(1), [], BUDGET, 1)).toThrow(/contender/);
  });
});

describe('expectedImprovement', () => {
  it('is E max(0, x) of a Gaussian', () => {
    const [mean, sd] = [-0.4, 1.3];
    let [total, weight] = [0, 0];
    for (let x = -8; x <= 8; x += 0.001) {
      const density = Math.exp((-x * x) / 2);
      weight += density;
      total += density * Math.max(0, mean + sd * x);
    }
    expect(expectedImprovement({ mean, variance: sd ** 2 })).toBeCloseTo(total / weight, 5);
    expect([expectedImprovement({ mean: 2, variance: 0 }), expectedImprovement({ mean: -2, variance: 0 })]).toEqual([2, 0]);
  });
});

describe('rememberGain', () => {
  it('keeps the newest', () => {
    const gains = Array.from({ length: OCCASIONS + 4 }, (_, i) => i).reduce<number[]>(rememberGain, []);
    expect([gains.length, gains[0], gains.at(-1)]).toEqual([OCCASIONS, 4, OCCASIONS + 3]);
  });
});

describe('chooseTeachingPair', () => {
  it('prefers the uncertain direction and logs a fair propensity', () => {
    const picks = Array.from({ length: 40 }, (_, i) => pickOf(i, unit(0, 2), unit(0, 0)));
    const posterior = posteriorOf(1, picks);
    const pairs = [{ id: 'known', left: unit(0), right: unit(0, -1) }, { id: 'new', left: unit(1), right: unit(1, -1) }, { id: 'same', left: unit(2), right: unit(2) }];
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 1000; seed++) {
      const { pairId } = chooseTeachingPair(posterior, pairs, OUTCOME_MODEL, seed);
      counts.set(pairId, (counts.get(pairId) ?? 0) + 1);
    }
    const seedOfNew = Array.from({ length: 20 }, (_, seed) => seed).find((seed) => chooseTeachingPair(posterior, pairs, OUTCOME_MODEL, seed).pairId === 'new')!;
    expect(counts.get('new')! / 1000).toBeGreaterThan(0.9);
    expect(Math.abs(counts.get('new')! / 1000 - chooseTeachingPair(posterior, pairs, OUTCOME_MODEL, seedOfNew).propensity)).toBeLessThan(0.03);
    expect(() => chooseTeachingPair(posterior, [], OUTCOME_MODEL, 1)).toThrow(/No pair/);
  });

  it('measures information that the update then really gains, on average', () => {
    const random = createRandom(2);
    const posterior = posteriorOf(1, Array.from({ length: 5 }, (_, i) => pickOf(i, randomFeatures(random), randomFeatures(random))));
    const pair = { id: 'p', left: unit(1), right: unit(2) };
    const gain = expectedInformation(posterior, pair, OUTCOME_MODEL);
    // ½ log(1 + φ(0)² / (σ² ¼) · δᵀΣδ), the Fisher information of a probit choice, is the small-variance limit.
    const small = expectedInformation(posteriorOf(0.01), pair, OUTCOME_MODEL);
    expect(small).toBeCloseTo(0.5 * Math.log1p(((2 / Math.PI) / 1.702 ** 2) * 0.02), 4);
    expect(gain).toBeGreaterThan(small);
    expect(expectedInformation(posterior, { ...pair, right: pair.left }, OUTCOME_MODEL)).toBe(0);
    expect(gain).toBeLessThan(Math.log(2));
  });
});

it('knows the normal distribution', () => {
  expect(normalCdf(0)).toBeCloseTo(0.5, 6);
  expect(normalCdf(1.959964)).toBeCloseTo(0.975, 6);
  expect(normalCdf(-1.959964)).toBeCloseTo(0.025, 6);
  expect(dot([normalCdf(9), normalCdf(-9)], [1, 1])).toBeCloseTo(1, 9);
});
