import { describe, expect, it } from 'vitest';
import { ARTIFACT, OUTCOME_MODEL, pickOf, randomFeatures, standardPrior } from './__fixtures__/router';
import { adapt, dismissChange, initialAdaptation } from './adaptation';
import type { AdaptationState } from './adaptation-state';
import { FEATURE_COUNT } from './dimensions';
import { DriftWatch } from './drift';
import type { PreferencePair } from './preference';
import { createRandom } from './random';

const random = createRandom(11);
const PICKS = Array.from({ length: 25 }, (_, i) => pickOf(i, randomFeatures(random), randomFeatures(random)));
const MODEL = { prior: standardPrior(), outcomeModel: OUTCOME_MODEL };

function run(state: AdaptationState | null, picks: readonly PreferencePair[], watch?: DriftWatch): AdaptationState {
  return adapt({ state, picks, relevance: null, ...MODEL, artifactVersion: ARTIFACT.artifactVersion }, watch);
}

describe('adapt', () => {
  it('applied twice equals applied once', () => {
    const once = run(null, PICKS);
    expect(run(once, PICKS)).toBe(once);
    expect(once).toMatchObject({ lastAppliedId: PICKS.at(-1)!.id, appliedCount: 25 });
    expect(once.userEmbedding).toHaveLength(FEATURE_COUNT);
    expect(once.covariance).toHaveLength(FEATURE_COUNT ** 2);
  });

  it('pick by pick equals the replay of the whole log, with a watch and without', () => {
    const watch = new DriftWatch(MODEL);
    let [plain, watched] = [initialAdaptation(MODEL.prior, ARTIFACT.artifactVersion), initialAdaptation(MODEL.prior, ARTIFACT.artifactVersion)];
    for (let count = 1; count <= PICKS.length; count++) {
      plain = run(plain, PICKS.slice(0, count));
      watched = run(watched, PICKS.slice(0, count), watch);
    }
    expect(plain).toEqual(run(null, PICKS));
    expect(watched).toEqual(run(null, PICKS));
  });

  it('undoes a pick by replaying without it', () => {
    const without = PICKS.filter((_, i) => i !== 7);
    expect(run(run(null, PICKS), without)).toEqual(run(null, without));
    expect(run(run(null, PICKS), PICKS.slice(0, -1))).toEqual(run(null, PICKS.slice(0, -1)));
  });

  it('replays under another artifact', () => {
    const old = { ...run(null, PICKS), artifactVersion: 'router-old', userEmbedding: [] };
    expect(run(old, PICKS)).toEqual(run(null, PICKS));
  });

  it('is the prior when all picks are undone', () => {
    expect(run(run(null, PICKS), []).userEmbedding.every((weight) => weight === 0)).toBe(true);
  });

  it('counts as this person’s taste what they share with most', () => {
    const shared = { share: 0.9, shift: new Array<number>(FEATURE_COUNT).fill(0).with(1, 0.8), variance: 0.1 };
    const zero = new Array<number>(FEATURE_COUNT).fill(0);
    const longer = Array.from({ length: 20 }, (_, i) => pickOf(i, zero.with(1, 2), zero));
    const state = adapt({ state: null, picks: longer, relevance: null, prior: { ...MODEL.prior, shared }, outcomeModel: OUTCOME_MODEL, artifactVersion: ARTIFACT.artifactVersion });
    expect(state.userEmbedding[1]!).toBeGreaterThan(0.7);
    expect(state.userEmbedding[1]! / Math.sqrt(state.covariance[FEATURE_COUNT + 1]!)).toBeGreaterThan(2);
  });

  it('keeps a dismissal across replays', () => {
    const dismissed = run(dismissChange(run(null, PICKS)), PICKS);
    expect(dismissed.drift).toMatchObject({ dismissedPickId: PICKS.at(-1)!.id, changeAtPickId: null });
    expect(run(dismissed, PICKS.slice(0, 20)).drift.dismissedPickId).toBe(PICKS.at(-1)!.id);
  });
});
