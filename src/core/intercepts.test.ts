import { describe, expect, it } from 'vitest';
import { ARTIFACT, AXIS_CONSTANTS, candidate, outputsOf, pickOf, randomFeatures, requestOf } from './__fixtures__/router';
import { decide, fitPerson } from './decide';
import { EMBEDDING_SIZE, FEATURE_COUNT } from './dimensions';
import { interceptsOf } from './intercepts';
import type { PreferencePair } from './preference';
import { createRandom } from './random';
import type { Candidate } from './routing';

const random = createRandom(5);
const ALIKE = randomFeatures(random).map(Math.fround);
const POOL = [candidate('liked'), candidate('other')];
const judgedOnes = POOL.map((entry): Candidate => ({ ...entry, fingerprint: { count: 100, axes: ALIKE.slice(0, 12), clusterQuality: [], clusterLength: [], clusterCount: [], judged: true } }));

/** `liked` is preferred to `other`, whose answers read the same. */
function wins(count: number): PreferencePair[] {
  return Array.from({ length: count }, (_, i) => {
    const pick = pickOf(i, ALIKE, ALIKE);
    return { ...pick, chosen: { ...pick.chosen, modelId: 'liked' }, rejected: { ...pick.rejected!, modelId: 'other' } };
  });
}

function decideAfter(picks: readonly PreferencePair[], pool: readonly Candidate[] = POOL) {
  const request = requestOf(pool, { graph: { picks, decay: picks.map(() => 1) } });
  return decide({ request, outputs: outputsOf(pool.map(() => ALIKE), pool.map((_, i) => (i === 0 ? 0 : 0.05)), picks.length), artifact: ARTIFACT, axisConstants: AXIS_CONSTANTS, queryEmbedding: new Float32Array(EMBEDDING_SIZE) });
}

describe('intercepts', () => {
  it('are those of candidates that were met and never judged', () => {
    const picks = wins(2);
    expect(interceptsOf([...POOL, candidate('never met')], picks, 0.1).modelIds).toEqual(['liked', 'other']);
    expect(interceptsOf([POOL[1]!, judgedOnes[0]!], picks, 0.1).modelIds).toEqual(['other']);
    expect(interceptsOf(POOL, [], 0.1).modelIds).toEqual([]);
  });

  it('are at most 24, of those met most often', () => {
    const pool = Array.from({ length: 30 }, (_, i) => candidate(`m${i}`));
    const meets = (i: number) => ({ ...wins(1)[0]!, chosen: { ...wins(1)[0]!.chosen, modelId: `m${i}` } });
    const picks = [...pool.keys(), 29, 28].map(meets);
    const { modelIds } = interceptsOf(pool, picks, 0.1);
    expect(modelIds).toHaveLength(24);
    expect(modelIds.slice(0, 3)).toEqual(['m28', 'm29', 'm0']);
  });

  it('rank an LLM first whose answers keep winning though they read like the others', () => {
    expect(decideAfter([]).ranking[0]?.modelId).toBe('other');
    const { ranking, explanation } = decideAfter(wins(6));
    expect(ranking[0]?.modelId).toBe('liked');
    expect(explanation.axes[0]?.axis).toBe('model');
    expect(ranking[0]?.features).toHaveLength(FEATURE_COUNT);
  });

  it('enter the explanation exactly, by reason and by pick', () => {
    const { ranking, explanation } = decideAfter([...wins(6), pickOf(9, randomFeatures(random), randomFeatures(random))]);
    const margin = ranking[0]!.score - ranking[1]!.score;
    expect(explanation.axes.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 9);
    expect(explanation.priorContribution + explanation.picks.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 6);
  });

  it('are not fitted where quality was judged: picks there are evidence of taste only', () => {
    const { ranking, explanation } = decideAfter(wins(6), judgedOnes);
    expect(ranking[0]?.modelId).toBe('other');
    expect(explanation.axes.find(({ axis }) => axis === 'model')?.contribution).toBe(0);
  });

  it('leave the user embedding its place: 20 weights, then one for each LLM met, then the threshold', () => {
    const picks = wins(3);
    const request = requestOf(POOL, { graph: { picks, decay: [1, 1, 1] } });
    const { posterior, intercepts } = fitPerson({ request, outputs: outputsOf([ALIKE, ALIKE], [0, 0], 3), artifact: ARTIFACT });
    expect(intercepts.modelIds).toEqual(['liked', 'other']);
    expect(posterior.size).toBe(FEATURE_COUNT + 3);
    expect(posterior.mean[FEATURE_COUNT]).toBeGreaterThan(0);
    expect(posterior.mean[FEATURE_COUNT]).toBeCloseTo(-posterior.mean[FEATURE_COUNT + 1]!, 9);
    expect(posterior.mean.subarray(0, FEATURE_COUNT).every((weight) => Math.abs(weight) < 1e-12)).toBe(true);
  });
});
