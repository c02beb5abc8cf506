import { describe, expect, it } from 'vitest';
import { OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { DriftWatch, HALF_LIFE_GRID, NO_DRIFT, decayWeights, detectDrift } from './drift';
import { sigmoid } from './likelihood';
import { dot } from './linear-algebra';
import type { PreferencePair } from './preference';
import { createRandom } from './random';
import { evidenceFromPicks, fitUserEmbedding } from './user-embedding';

const MODEL = { prior: standardPrior(), outcomeModel: OUTCOME_MODEL };

/** With it two draws of the same pick agree in about 80 % of cases, as they do for the benchmark's simulated users. */
const SPREAD = 0.6;
const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);

/** Simulated picks of someone whose taste is turned into its opposite at `flipAt`. */
function simulate(count: number, flipAt: number, seed: number): { picks: PreferencePair[]; taste: number[] } {
  const random = createRandom(seed);
  const taste = randomFeatures(random);
  const picks = Array.from({ length: count }, (_, i) => {
    const [a, b] = [randomFeatures(random, SPREAD), randomFeatures(random, SPREAD)];
    const margin = (dot(taste, a) - dot(taste, b)) * (i < flipAt ? 1 : -1);
    return random() < sigmoid(margin) ? pickOf(i, a, b) : pickOf(i, b, a);
  });
  return { picks, taste };
}

/** Cosine of the fitted embedding with a taste. */
function agreement(picks: readonly PreferencePair[], decay: readonly number[], taste: readonly number[]): number {
  const { mean } = fitUserEmbedding({ ...MODEL, evidence: evidenceFromPicks(picks, decay, null) });
  return dot(mean, taste, 20) / Math.sqrt(dot(mean, mean, 20) * dot(taste, taste));
}

describe('detectDrift', () => {
  it('is neutral when nothing drifts', () => {
    const drifts = SEEDS.map((seed) => detectDrift(simulate(60, Infinity, seed).picks, MODEL));
    expect(drifts.filter(({ changeAtPickId }) => changeAtPickId !== null).length).toBeLessThanOrEqual(2);
    expect(drifts.filter(({ halfLifePicks }) => halfLifePicks !== null).length).toBeLessThanOrEqual(2);
    const { picks } = simulate(60, Infinity, 0);
    expect(decayWeights(picks, NO_DRIFT)).toEqual(picks.map(() => 1));
  });

  it('notices a flip within 15 picks, about where it happened, and follows the new taste', () => {
    let noticed = 0;
    let [followed, unaware] = [0, 0];
    for (const seed of SEEDS) {
      const { picks, taste } = simulate(55, 40, seed);
      const drift = detectDrift(picks, MODEL);
      const opposite = taste.map((weight) => -weight);
      followed += agreement(picks, decayWeights(picks, drift), opposite) / SEEDS.length;
      unaware += agreement(picks, picks.map(() => 1), opposite) / SEEDS.length;
      if (Math.abs(picks.findIndex(({ id }) => id === drift.changeAtPickId) - 40) <= 6) noticed++;
    }
    expect(noticed).toBeGreaterThanOrEqual(20);
    expect(unaware).toBeLessThan(-0.2);
    expect(followed).toBeGreaterThan(0.2);
  });

  it('ages evidence when taste wanders', () => {
    let aged = 0;
    for (let seed = 0; seed < 6; seed++) {
      const random = createRandom(seed);
      let taste = randomFeatures(random);
      const picks = Array.from({ length: 150 }, (_, i) => {
        const step = randomFeatures(random, 0.5);
        taste = taste.map((weight, axis) => 0.87 * weight + step[axis]!);
        const [a, b] = [randomFeatures(random), randomFeatures(random)];
        return random() < sigmoid(2 * (dot(taste, a) - dot(taste, b))) ? pickOf(i, a, b) : pickOf(i, b, a);
      });
      const drift = detectDrift(picks, MODEL);
      if (drift.halfLifePicks !== null || drift.changeAtPickId !== null) aged++;
    }
    expect(aged).toBeGreaterThanOrEqual(5);
  });

  it('is the same in one go and pick by pick', () => {
    const { picks } = simulate(50, 30, 3);
    const watch = new DriftWatch(MODEL);
    for (let count = 1; count <= picks.length; count++) watch.catchUp(picks.slice(0, count));
    expect(watch.catchUp(picks)).toEqual(detectDrift(picks, MODEL));
    expect(watch.continues(picks.slice(1), null)).toBe(false);
    expect(() => watch.catchUp(picks.slice(1))).toThrow(/does not continue/);
  });

  it('raises no alarm that the user has dismissed', () => {
    const { picks } = simulate(55, 40, 1);
    expect(detectDrift(picks, MODEL).changeAtPickId).not.toBeNull();
    const dismissed = detectDrift(picks, MODEL, picks.at(-1)!.id);
    expect(dismissed.changeAtPickId).toBeNull();
    expect(dismissed.changes).toEqual([]);
  });

  it('starts neutral', () => {
    expect(detectDrift([], MODEL)).toEqual(NO_DRIFT);
    expect(NO_DRIFT.prequentialLoss).toHaveLength(HALF_LIFE_GRID.length);
  });
});

describe('decayWeights', () => {
  const picks = simulate(6, Infinity, 1).picks;

  it('halves every half-life, the newest counting fully', () => {
    expect(decayWeights(picks, { ...NO_DRIFT, halfLifePicks: 5 })).toEqual([1, 0.8, 0.6, 0.4, 0.2, 0].map((age) => 2 ** -age));
  });

  it('holds back what precedes a change, and a little what precedes a suspicion', () => {
    const changed = decayWeights(picks, { ...NO_DRIFT, changeAtPickId: picks[3]!.id });
    expect(changed.slice(3)).toEqual([1, 1, 1]);
    expect(changed[2]).toBeLessThan(0.1);
    const changes = [{ pickId: picks[3]!.id, probability: 0.3 }, { pickId: picks[5]!.id, probability: 0.2 }];
    const suspected = decayWeights(picks, { ...NO_DRIFT, changes });
    // A little above (1 − 0.5)² and (1 − 0.2)²: some doubt is there before anything is seen, and counts for nothing.
    [0.253, 0.253, 0.253, 0.644, 0.644, 1].forEach((weight, i) => expect(suspected[i]).toBeCloseTo(weight, 3));
  });

  it('casts no doubt on the past of a steady taste', () => {
    const changes = picks.slice(1).map(({ id }) => ({ pickId: id, probability: 0.001 }));
    expect(decayWeights(picks, { ...NO_DRIFT, changes })).toEqual(picks.map(() => 1));
  });

  it('sets aside what precedes a strong suspicion, before it is taken as a fact', () => {
    const suspected = decayWeights(picks, { ...NO_DRIFT, changes: [{ pickId: picks[3]!.id, probability: 0.8 }] });
    expect(suspected[2]).toBeLessThan(0.05);
    expect(suspected[3]).toBe(1);
  });

  it('counts all when the change lies before the log', () => {
    expect(decayWeights(picks, { ...NO_DRIFT, changeAtPickId: 'gone' })).toEqual(picks.map(() => 1));
  });
});
