import { describe, expect, it } from 'vitest';
import { ROUTER, candidate, modelCard, requestOf, standardPrior } from './__fixtures__/router';
import { FEATURE_COUNT, axisIndex } from './dimensions';
import type { RoutingConstraints } from './routing';
import { NEUTRAL_UTILITY } from './routing';
import { applyConstraints, applyExplicitUtility, relaxableConstraints, speedScore, wishFromUtility } from './utility';

const OPEN = requestOf([]).constraints;
const cheap = { totalTokens: 500, costUsd: 0.001 };

describe('explicit wishes', () => {
  it('are nothing when neutral', () => {
    const wish = wishFromUtility(NEUTRAL_UTILITY, ROUTER);
    expect(wish.shift.every((value) => value === 0)).toBe(true);
    expect(speedScore(modelCard('a', { speed: 'fast' }), wish)).toBe(0);
  });

  it('move the prior mean of their axis, and of no other, in proportion', () => {
    const half = applyExplicitUtility(standardPrior(), wishFromUtility({ ...NEUTRAL_UTILITY, economy: 0.5 }, ROUTER));
    const full = applyExplicitUtility(standardPrior(), wishFromUtility({ ...NEUTRAL_UTILITY, economy: 1 }, ROUTER));
    const economy = axisIndex('economy');
    expect(full.mean[economy]).toBeCloseTo(2 * half.mean[economy]!, 12);
    expect(full.mean[economy]).toBeGreaterThan(2);
    expect(Array.from(full.mean).with(economy, 0)).toEqual(new Array(FEATURE_COUNT).fill(0));
    expect(wishFromUtility({ ...NEUTRAL_UTILITY, length: -1 }, ROUTER).shift[axisIndex('length')]).toBeLessThan(0);
    expect(wishFromUtility({ ...NEUTRAL_UTILITY, quality: 1 }, ROUTER).shift[axisIndex('quality')]).toBeGreaterThan(0);
  });

  it('score speed by class, unknown as medium, and stay within the slider', () => {
    const wish = wishFromUtility({ ...NEUTRAL_UTILITY, speed: 7 }, ROUTER);
    expect(wish).toEqual(wishFromUtility({ ...NEUTRAL_UTILITY, speed: 1 }, ROUTER));
    expect(speedScore(modelCard('a', { speed: 'fast' }), wish)).toBeGreaterThan(0);
    expect(speedScore(modelCard('a', { speed: 'slow' }), wish)).toBeLessThan(0);
    expect(speedScore(modelCard('a', { speed: null }), wish)).toBe(0);
    expect(wishFromUtility({ ...NEUTRAL_UTILITY, economy: NaN }, ROUTER).shift[axisIndex('economy')]).toBe(0);
  });
});

describe('applyConstraints', () => {
  const reasonsOf = (constraints: Partial<RoutingConstraints>, changes: Parameters<typeof candidate>[1] = {}, expected = cheap as { totalTokens: number; costUsd: number | null }) =>
    applyConstraints([candidate('a', changes)], { ...OPEN, ...constraints }, [expected]).excluded[0]?.reasons ?? [];

  it('lets everything through when there is no constraint', () => {
    expect(applyConstraints([candidate('a'), candidate('b')], OPEN, [cheap, cheap])).toEqual({ qualified: [0, 1], excluded: [] });
  });

  it('names the reason of each exclusion', () => {
    expect(reasonsOf({ excludedModelIds: ['a'] })).toEqual(['switched_off']);
    expect(reasonsOf({ localOnly: true })).toEqual(['not_local']);
    expect(reasonsOf({ localOnly: true }, { local: true })).toEqual([]);
    expect(reasonsOf({ maxCostUsd: 0.0005 })).toEqual(['too_expensive']);
    expect(reasonsOf({ maxCostUsd: 0.0005 }, {}, { totalTokens: 500, costUsd: null })).toEqual(['too_expensive']);
    expect(reasonsOf({ maxCostUsd: 0 }, {}, { totalTokens: 500, costUsd: 0 })).toEqual([]);
    expect(reasonsOf({ requiredContextTokens: 9000 }, { contextTokens: 8192 })).toEqual(['context_too_small']);
    expect(reasonsOf({}, { contextTokens: 400 })).toEqual(['context_too_small']);
    expect(reasonsOf({ requiredContextTokens: 9000 }, { contextTokens: null })).toEqual([]);
    expect(reasonsOf({ requiredModalities: ['image'] })).toEqual(['missing_modality']);
    expect(reasonsOf({ excludedModelIds: ['a'], localOnly: true })).toEqual(['switched_off', 'not_local']);
  });

  it('masks by provider and by spent budget, from the id of the model', () => {
    const at = (id: string, constraints: Partial<RoutingConstraints>) => applyConstraints([candidate(id)], { ...OPEN, ...constraints }, [cheap]).excluded[0]?.reasons ?? [];
    expect(at('home/a', { connectionIds: ['home'] })).toEqual([]);
    expect(at('far/a', { connectionIds: ['home'] })).toEqual(['other_provider']);
    expect(at('a', { connectionIds: ['home'] })).toEqual(['other_provider']);
    expect(at('far/org/a', { spentConnectionIds: ['far'] })).toEqual(['budget_spent']);
    expect(at('home/a', { spentConnectionIds: ['far'] })).toEqual([]);
    expect(at('far/a', { connectionIds: ['home'], spentConnectionIds: ['far'], maxCostUsd: 0.0005 })).toEqual(['other_provider', 'budget_spent', 'too_expensive']);
  });

  it('holds a model to a need unless it is known to meet it', () => {
    expect(reasonsOf({ vision: true })).toEqual(['no_vision']);
    expect(reasonsOf({ vision: true }, { modalities: ['text', 'image'] })).toEqual([]);
    expect(reasonsOf({ longContext: true }, { contextTokens: 99_999 })).toEqual(['short_context']);
    expect(reasonsOf({ longContext: true }, { contextTokens: null })).toEqual(['short_context']);
    expect(reasonsOf({ longContext: true }, { contextTokens: 100_000 })).toEqual([]);
    expect(reasonsOf({ tools: true }, { tools: null })).toEqual(['no_tools']);
    expect(reasonsOf({ tools: true }, { tools: false })).toEqual(['no_tools']);
    expect(reasonsOf({ tools: true }, { tools: true })).toEqual([]);
  });

  it('says which constraint to relax', () => {
    const { excluded } = applyConstraints(
      [candidate('a'), candidate('b'), candidate('c', { local: true })],
      { ...OPEN, localOnly: true, excludedModelIds: ['c'] },
      [cheap, cheap, cheap],
    );
    expect(relaxableConstraints(excluded)).toEqual(['not_local', 'switched_off']);
    const both = applyConstraints([candidate('a')], { ...OPEN, localOnly: true, excludedModelIds: ['a'] }, [cheap]);
    expect(relaxableConstraints(both.excluded)).toEqual(['switched_off', 'not_local']);
    expect(relaxableConstraints([])).toEqual([]);
  });
});
