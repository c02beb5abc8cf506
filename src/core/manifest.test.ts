import { describe, expect, it } from 'vitest';
import { AXIS_CONSTANTS, manifestJson } from './__fixtures__/router';
import { AXIS_COUNT, AXIS_NAMES, EMBEDDING_SIZE, FEATURE_COUNT, LLM_FEATURE_COUNT } from './dimensions';
import { CLUSTER_COUNT, FINGERPRINT_AT } from './llm-features';
import { parseFingerprints, parseManifest } from './manifest';

function changed(path: string, value: unknown): unknown {
  const json: Record<string, unknown> = structuredClone(manifestJson());
  const keys = path.split('.');
  const last = keys.pop()!;
  const holder = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, json);
  holder[last] = value;
  return json;
}

describe('parseManifest', () => {
  it('accepts what the trainer writes and names the version after the router', () => {
    const parsed = parseManifest(manifestJson());
    if (!parsed.ok) throw new Error(parsed.error.detail);
    expect(parsed.value.artifactVersion).toBe('router-abababababab');
    expect(parsed.value.router.priorCorrelation).toHaveLength(FEATURE_COUNT ** 2);
    expect(parsed.value.router.spikeAndSlab).toEqual([expect.objectContaining({ axis: AXIS_NAMES.indexOf('warmth'), share: [0.7, 0.3] })]);
    expect(parsed.value.router.queryWords.get('poem')).toBe(1);
    expect(parsed.value.encoder.files['q8']).toBe('encoder/onnx/model_quantized.onnx');
  });

  const spike = { axis: 'warmth', share: [0.7, 0.3], mean: [0, 0], variance: [0.02, 1] };
  const identity = Array.from({ length: FEATURE_COUNT }, (_, i) => new Array<number>(FEATURE_COUNT).fill(0).with(i, 1));
  it.each([
    ['schemaVersion', 2],
    ['router.axes', ['quality']],
    ['router.residualDims', 9],
    ['router.tieNu', 0],
    ['router.tauVariance', -1],
    ['router.populationMean', [1, 2]],
    ['router.interceptVariance', 0],
    ['router.spikeAndSlab', [{ ...spike, axis: 'charm' }]],
    ['router.spikeAndSlab', [{ ...spike, share: [0.7, 0.2] }]],
    ['router.spikeAndSlab', [{ ...spike, mean: [0] }]],
    ['router.spikeAndSlab', [{ ...spike, variance: [0.02, 0] }]],
    ['router.spikeAndSlab', [spike, spike]],
    ['router.queryWords', Array.from({ length: 385 }, (_, i) => `word${i}`)],
    ['router.priorCorrelation', identity.map((row) => row.map(() => 1))],
    ['router.priorCorrelation', identity.with(0, identity[0]!.with(1, 0.5))],
    ['router.queryFeatureNames', ['a']],
    ['router.llmFeatureNames', undefined],
    ['router.inputs', []],
    ['encoder.dims', 768],
    ['files', { 'router.onnx': { sha256: 'ab', bytes: 1 } }],
    ['files', {}],
  ])('refuses a wrong %s and says where', (path, value) => {
    const parsed = parseManifest(changed(path, value));
    if (parsed.ok) throw new Error('expected a failure');
    expect(parsed.error.kind).toBe('manifest_invalid');
    expect(parsed.error.detail).toContain(path);
  });

  it('refuses what is no manifest at all', () => {
    for (const json of [null, 'text', [], 3]) expect(parseManifest(json)).toMatchObject({ ok: false, error: { kind: 'manifest_invalid' } });
  });
});

describe('parseFingerprints', () => {
  const llm = { tier: 3.5, fingerprint: new Array<number>(LLM_FEATURE_COUNT - FINGERPRINT_AT).fill(0).with(1, 0.7).with(AXIS_COUNT, 1) };
  const json = {
    schemaVersion: 1,
    axes: { mean: AXIS_CONSTANTS.mean, sd: AXIS_CONSTANTS.sd },
    cost: { p1Usd: 1e-6, p99Usd: 0.03 },
    centroids: Array.from({ length: CLUSTER_COUNT }, () => new Array<number>(EMBEDDING_SIZE).fill(0.05)),
    llms: { 'gpt-4': llm, unjudged: { ...llm, tier: null } },
  };

  it('accepts a table', () => {
    const parsed = parseFingerprints(json);
    if (!parsed.ok) throw new Error(parsed.error.detail);
    expect(parsed.value.fingerprints['gpt-4']).toMatchObject({ count: 500, axes: expect.arrayContaining([0.7]) });
    expect(parsed.value.tiers).toEqual({ 'gpt-4': 3.5 });
    expect(parsed.value.axisConstants.costP99Usd).toBe(0.03);
  });

  it.each([
    ['axes.sd', { ...json, axes: { mean: AXIS_CONSTANTS.mean, sd: AXIS_CONSTANTS.sd.with(0, 0) } }],
    ['cost', { ...json, cost: { p1Usd: 1, p99Usd: 0.5 } }],
    ['centroids', { ...json, centroids: [] }],
    ['llms.gpt-4.fingerprint', { ...json, llms: { 'gpt-4': { ...llm, fingerprint: [1] } } }],
  ])('refuses a wrong %s', (path, broken) => {
    const parsed = parseFingerprints(broken);
    expect(parsed.ok ? '' : parsed.error.detail).toContain(path);
  });
});
