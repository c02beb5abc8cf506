import { describe, expect, it } from 'vitest';
import { ARTIFACT, AXIS_CONSTANTS, candidate, outputsOf, pickOf, randomFeatures, requestOf } from './__fixtures__/router';
import type { DecisionInput } from './decide';
import { decide, expectedCost } from './decide';
import { EMBEDDING_SIZE, FEATURE_COUNT, axisIndex } from './dimensions';
import { createRandom } from './random';
import type { RoutingRequest } from './routing';
import { NEUTRAL_UTILITY } from './routing';

const random = createRandom(21);
const FEATURES = [randomFeatures(random), randomFeatures(random), randomFeatures(random)];
const POOL = [candidate('a'), candidate('b'), candidate('c')];
const PICKS = Array.from({ length: 30 }, (_, i) => pickOf(i, FEATURES[i % 2]!, randomFeatures(random), { outcome: i % 5 === 4 ? 'both_good' : 'win' }));

function inputOf(changes: Partial<RoutingRequest> = {}, utility = [0.1, 0.2, 0.3]): DecisionInput {
  const request = requestOf(POOL, changes);
  return {
    request,
    outputs: outputsOf(FEATURES.map((row) => row.map(Math.fround)), utility, request.graph.picks.length),
    artifact: ARTIFACT,
    axisConstants: AXIS_CONSTANTS,
    queryEmbedding: new Float32Array(EMBEDDING_SIZE),
  };
}

const WITH_PICKS = { graph: { picks: PICKS, decay: PICKS.map(() => 1) } };

describe('decide', () => {
  it('ranks by shared utility when nothing is known about the user', () => {
    const decision = decide(inputOf());
    expect(decision.ranking.map(({ modelId }) => modelId)).toEqual(['c', 'b', 'a']);
    expect(decision.plan).toEqual({ kind: 'single', modelId: 'c', propensity: 1 });
    expect(decision.artifactVersion).toBe(ARTIFACT.artifactVersion);
    expect(decision.ranking[0]).toMatchObject({ scoreDeviation: 0, winProbability: 0.5, propensity: 1 });
  });

  it('moves the ranking towards what was picked', () => {
    const before = decide(inputOf()).ranking.find(({ modelId }) => modelId === 'a')!;
    const picks = Array.from({ length: 12 }, (_, i) => pickOf(i, FEATURES[0]!, FEATURES[2]!));
    const decision = decide(inputOf({ graph: { picks, decay: picks.map(() => 1) } }));
    expect(decision.ranking[0]?.modelId).toBe('a');
    expect(decision.ranking[0]!.score).toBeGreaterThan(before.score);
  });

  it('is pure: the same input gives the same decision', () => {
    expect(decide(inputOf(WITH_PICKS))).toEqual(decide(inputOf(WITH_PICKS)));
  });

  it('explains the margin exactly, by axis and by pick', () => {
    for (const utility of [NEUTRAL_UTILITY, { economy: 0.7, speed: 1, length: -0.5, quality: 0.2 }]) {
      const { explanation, ranking } = decide(inputOf({ ...WITH_PICKS, utility }));
      const margin = ranking[0]!.score - ranking[1]!.score;
      const byAxis = explanation.axes.reduce((sum, { contribution }) => sum + contribution, 0);
      const byPick = explanation.priorContribution + explanation.otherPicks.contribution + explanation.picks.reduce((sum, { contribution }) => sum + contribution, 0);
      expect(explanation.runnerUpId).toBe(ranking[1]!.modelId);
      expect(Math.abs(explanation.margin - margin)).toBeLessThan(1e-6);
      expect(Math.abs(byAxis - margin)).toBeLessThan(1e-6);
      expect(Math.abs(byPick - margin)).toBeLessThan(1e-6);
      expect(explanation.picks).toHaveLength(20);
      expect(explanation.otherPicks.count).toBe(10);
    }
  });

  it('lets an explicit wish win over many picks, at once and by the same amount', () => {
    const economy = axisIndex('economy');
    const effect = (changes: Partial<RoutingRequest>, row: number) => {
      const score = (utility: typeof NEUTRAL_UTILITY) => decide(inputOf({ ...changes, utility })).ranking.find(({ modelId }) => modelId === POOL[row]!.card.id)!.score;
      return score({ ...NEUTRAL_UTILITY, economy: 1 }) - score(NEUTRAL_UTILITY);
    };
    for (const row of [0, 1, 2]) {
      expect(effect({}, row)).toBeCloseTo(effect(WITH_PICKS, row), 9);
      expect(Math.sign(effect({}, row))).toBe(Math.sign(FEATURES[row]![economy]!));
    }
  });

  it('masks hard constraints before the argmax', () => {
    const constraints = { ...requestOf(POOL).constraints, excludedModelIds: ['c'] };
    const decision = decide(inputOf({ constraints }, [0, 0, 100]));
    expect(decision.ranking.map(({ modelId }) => modelId)).not.toContain('c');
    expect(decision.excluded).toEqual([{ modelId: 'c', reason: 'switched_off', reasons: ['switched_off'] }]);
  });

  it('says so when nothing qualifies', () => {
    const constraints = { ...requestOf(POOL).constraints, localOnly: true };
    const decision = decide(inputOf({ constraints }));
    expect(decision.plan).toEqual({ kind: 'none', relax: ['not_local'] });
    expect(decision.ranking).toEqual([]);
    expect(decision.excluded).toHaveLength(3);
    expect(decide({ ...inputOf(), request: requestOf([]) }).plan).toEqual({ kind: 'none', relax: [] });
  });

  it('expects length from the predicted axis and cost from the price', () => {
    const [best] = decide(inputOf()).ranking;
    expect(best!.expectedWords).toBe(Math.max(1, Math.round(Math.expm1(Math.fround(FEATURES[2]![1]!) + 5))));
    expect(expectedCost(POOL[0]!.card, 1000, 300)).toBeCloseTo((1000 * 1 + 399 * 3) / 1e6, 12);
    expect(expectedCost({ ...POOL[0]!.card, priceInUsdPerMTok: null }, 1000, 300)).toBeNull();
    expect(expectedCost({ ...POOL[0]!.card, local: true }, 1000, 300)).toBe(0);
  });

  it('ignores padded rows and refuses outputs that do not fit', () => {
    const input = inputOf();
    const padded = { ...input.outputs, utility: Float32Array.from([...input.outputs.utility, -1e4]), axes: new Float32Array(4 * 12), residual: new Float32Array(4 * 8) };
    padded.axes.set(input.outputs.axes);
    padded.residual.set(input.outputs.residual);
    expect(decide({ ...input, outputs: padded })).toEqual(decide(input));
    expect(() => decide({ ...input, outputs: { ...input.outputs, utility: new Float32Array(2) } })).toThrow(/do not fit 3 candidates/);
    expect(() => decide({ ...input, request: { ...input.request, graph: { picks: PICKS, decay: [] } } })).toThrow(/30 picks/);
  });

  it('gives every candidate a propensity when comparing', () => {
    const decision = decide(inputOf({ comparison: { enabled: true, remaining: 5, epsilon: 0.2, recentGains: [] } }));
    expect(decision.plan.kind).toBe('compare');
    expect(decision.ranking.every(({ propensity }) => propensity > 0)).toBe(true);
    expect(decision.ranking.slice(1).reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(1, 9);
    expect(decision.ranking[0]!.features).toHaveLength(FEATURE_COUNT);
  });
});
