import { describe, expect, it } from 'vitest';
import { modelCard } from './__fixtures__/router';
import { AXIS_COUNT, EMBEDDING_SIZE, LLM_FEATURE_COUNT } from './dimensions';
import { CLUSTER_COUNT, FINGERPRINT_AT, LLM_FEATURE_NAMES, fingerprintFromFeatures, isWritten, llmFeatures, nearestCluster, updateFingerprint } from './llm-features';
import type { Fingerprint } from './routing';

const feature = (features: Float32Array, name: string) => features[LLM_FEATURE_NAMES.indexOf(name)];
const axes = (length: number) => new Array<number>(AXIS_COUNT).fill(0.5).with(1, length);
const NO_EFFECT = new Array<number>(AXIS_COUNT).fill(0);

describe('llmFeatures', () => {
  it('has a name for each feature', () => {
    expect(LLM_FEATURE_NAMES).toHaveLength(LLM_FEATURE_COUNT);
  });

  it('describes a known card', () => {
    const f = llmFeatures(modelCard('a', { priceInUsdPerMTok: 0.99, contextTokens: 8000, paramsB: 70, released: '2024-01', tier: 4, openWeights: true, reasoning: true }), null);
    expect(feature(f, 'ln_price_in')).toBeCloseTo(0, 6);
    expect(feature(f, 'price_known')).toBe(1);
    expect(feature(f, 'ln_context')).toBeCloseTo((Math.log(8000) - 9) / 2, 6);
    expect(feature(f, 'ln_params')).toBeCloseTo((Math.log(70) - 3) / 2, 6);
    expect(feature(f, 'years_since_2023_07')).toBeCloseTo(0.5, 6);
    expect(feature(f, 'open_weights')).toBe(1);
    expect(feature(f, 'reasoning')).toBe(1);
    expect(feature(f, 'tier')).toBeCloseTo(1 / 1.5, 6);
  });

  it('leaves an unknown group at zero, flag included', () => {
    const f = llmFeatures(modelCard('a', { priceInUsdPerMTok: null, priceOutUsdPerMTok: null, contextTokens: null, paramsB: null, released: null, tier: null }), null);
    expect(f.every((value) => value === 0)).toBe(true);
    expect(feature(llmFeatures(modelCard('a', { released: 'soon' }), null), 'released_known')).toBe(0);
  });

  it('clips the date to what training has seen and knows variants by their id', () => {
    expect(feature(llmFeatures(modelCard('a', { released: '2030-01' }), null), 'years_since_2023_07')).toBe(2);
    expect(feature(llmFeatures(modelCard('a', { released: '2019-01' }), null), 'years_since_2023_07')).toBe(-1.5);
    expect(feature(llmFeatures(modelCard('gpt-4-concise'), null), 'told_concise')).toBe(1);
    expect(feature(llmFeatures(modelCard('gpt-4-verbose'), null), 'told_verbose')).toBe(1);
  });

  it('writes a fingerprint in its place', () => {
    const f = llmFeatures(modelCard('a'), { count: 500, axes: axes(2), clusterQuality: [1], clusterLength: [], clusterCount: [Math.expm1(4)], judged: true });
    expect(feature(f, 'mean_length')).toBe(2);
    expect(feature(f, 'ln_count')).toBeCloseTo(1, 6);
    expect(feature(f, 'cluster_0_quality')).toBe(1);
    expect(feature(f, 'cluster_0_ln_count')).toBeCloseTo(1, 6);
    expect(feature(f, 'cluster_15_ln_count')).toBe(0);
  });
});

describe('llmFeatures of a fingerprint', () => {
  it('waits for three responses', () => {
    const after = (count: number) => Array.from({ length: count }).reduce<Fingerprint | null>((before) => updateFingerprint(before, axes(1), 0, NO_EFFECT), null);
    expect(llmFeatures(modelCard('a'), after(2))).toEqual(llmFeatures(modelCard('a'), null));
    expect(feature(llmFeatures(modelCard('a'), after(3)), 'mean_length')).toBeCloseTo(1, 6);
    expect([isWritten(null), isWritten(after(2)), isWritten(after(3))]).toEqual([false, false, true]);
  });

  it('says whether quality was judged, and goes on saying so', () => {
    const shipped = fingerprintFromFeatures([...new Array<number>(LLM_FEATURE_COUNT - FINGERPRINT_AT - 1).fill(0), 1]);
    const judged = (fingerprint: Fingerprint) => feature(llmFeatures(modelCard('a'), { ...updateFingerprint(fingerprint, axes(1), 0, NO_EFFECT), count: 9 }), 'quality_judged');
    expect(judged(shipped)).toBe(1);
    expect(judged({ ...shipped, judged: false })).toBe(0);
  });
});

describe('updateFingerprint', () => {
  it('keeps running means of what is measured, and quality as it was', () => {
    const once = updateFingerprint(null, axes(1), 3, NO_EFFECT);
    const twice = updateFingerprint(once, axes(2), 3, NO_EFFECT);
    expect(twice.count).toBe(2);
    expect(twice.axes[1]).toBeCloseTo(1.5, 12);
    expect(twice.axes[2]).toBeCloseTo(0.5, 12);
    expect(twice.axes[0]).toBe(0);
  });

  it('lays to the LLM only what the prompt does not explain', () => {
    const terse = updateFingerprint(null, axes(-2), 3, axes(-2.5));
    expect(terse.axes[1]).toBeCloseTo(0.5, 12);
    expect(terse.axes[2]).toBeCloseTo(0, 12);
  });

  it('learns a cluster beside the LLM\'s own mean, shrunk by n / (n + 5)', () => {
    const base = { count: 100, axes: axes(0), clusterQuality: [], clusterLength: [], clusterCount: [], judged: false };
    let fingerprint = updateFingerprint(base, axes(1), 2, NO_EFFECT);
    expect(fingerprint.clusterLength[2]).toBeCloseTo(1 / 6, 1);
    for (let i = 0; i < 3; i++) fingerprint = updateFingerprint(fingerprint, axes(1), 2, NO_EFFECT);
    expect(fingerprint.clusterLength[2]).toBeCloseTo(4 / 9, 1);
    expect(fingerprint.clusterCount[2]).toBe(4);
    expect(fingerprint.clusterLength).toHaveLength(CLUSTER_COUNT);
  });

  it('refuses what does not fit', () => {
    expect(() => updateFingerprint(null, [1, 2], 0, NO_EFFECT)).toThrow(/12 axes/);
    expect(() => updateFingerprint(null, axes(1), CLUSTER_COUNT, NO_EFFECT)).toThrow(/No cluster/);
  });
});

describe('nearestCluster', () => {
  const unit = (i: number) => new Array<number>(EMBEDDING_SIZE).fill(0).with(i, 1);

  it('finds the nearest centroid', () => {
    expect(nearestCluster(unit(2), [unit(0), unit(1), unit(2)])).toBe(2);
    expect(nearestCluster(unit(5), [unit(0), unit(1)])).toBe(0);
  });

  it('refuses an empty table or another size', () => {
    expect(() => nearestCluster(unit(0), [])).toThrow(/No cluster centroids/);
    expect(() => nearestCluster([1], [unit(0)])).toThrow(/384/);
  });
});
