import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random';
import { averageSeeds, costSavedAtEqualUtility, joinPeople, measure, picksToReach, worstTenth } from './measures';
import type { PersonalCurve } from './person-run';

const row = (value: number, count = 20) => new Float64Array(count).fill(value);
const REFERENCE = { random: row(0), oracle: row(2), ceiling: row(1), ownCeiling: row(1), blind: row(0.5), bestSingle: row(0.6), blindCostUsd: row(4) };
const USERS = Array.from({ length: 20 }, (_, index) => ({ id: `u${index}`, kind: index < 10 ? 'a' : 'b', quality_weight: 1, cost_weight: 0, trait_weights: {}, noise: 0 }));

function curve(values: readonly Float64Array[]): PersonalCurve {
  return { name: 'x', utilities: values, top1: values, costUsd: values, sent: values, forecasts: [], frontier: [] };
}

describe('measure', () => {
  it('places a method between random and oracle, user-blind and ceiling, and against the own best single', () => {
    const utilities = Float64Array.from(USERS, (_, index) => (index < 10 ? 0.7 : 0.5));
    const result = measure({ name: 'm', picks: 5, utilities }, USERS, REFERENCE, createRandom(1));
    expect(result.captured.mean).toBeCloseTo(0.3, 9);
    expect(result.headroom?.mean).toBeCloseTo(0.2, 9);
    expect(result.headroomByKind.a?.mean).toBeCloseTo(0.4, 9);
    expect(result.headroomByKind.b?.mean).toBeCloseTo(0, 9);
    expect(result.gainOverBlind.mean).toBeCloseTo(0.05, 9);
    expect(result.winTieLoss).toEqual([10, 0, 10]);
    expect(result.worstDecile).toBeCloseTo(0.25, 9);
  });

  it('gives no headroom where the ceiling is not above user-blind', () => {
    expect(measure({ name: 'm', picks: 0, utilities: row(1) }, USERS, { ...REFERENCE, ceiling: row(0.4) }, createRandom(1)).headroom).toBeNull();
  });
});

describe('worst tenth', () => {
  it('is the mean of the lowest tenth', () => {
    expect(worstTenth(Float64Array.from({ length: 20 }, (_, index) => 20 - index))).toBe(1.5);
  });
});

describe('picks to reach', () => {
  it('interpolates between checkpoints and says when never', () => {
    expect(picksToReach(0.5, [0, 10, 20], [0.1, 0.4, 0.6])).toBeCloseTo(15, 9);
    expect(picksToReach(0.05, [0, 10], [0.1, 0.4])).toBe(0);
    expect(picksToReach(0.9, [0, 10], [0.1, 0.4])).toBeNull();
  });
});

describe('cost saved at equal utility', () => {
  it('is read off the frontier where it crosses the user-blind utility', () => {
    const frontier = [{ utilities: row(0.7), costUsd: row(3) }, { utilities: row(0.3), costUsd: row(1) }];
    expect(costSavedAtEqualUtility({ ...curve([]), frontier }, REFERENCE, createRandom(1))?.mean).toBeCloseTo(0.5, 9);
    const worse = [{ utilities: row(0.4), costUsd: row(3) }, { utilities: row(0.3), costUsd: row(1) }];
    expect(costSavedAtEqualUtility({ ...curve([]), frontier: worse }, REFERENCE, createRandom(1))).toBeNull();
  });
});

describe('curves', () => {
  it('are joined over people and averaged over seeds', () => {
    expect(Array.from(joinPeople([curve([row(1, 2)]), curve([row(2, 1)])]).utilities[0]!)).toEqual([1, 1, 2]);
    expect(Array.from(averageSeeds([curve([row(1, 2)]), curve([row(2, 2)])]).utilities[0]!)).toEqual([1.5, 1.5]);
  });
});
