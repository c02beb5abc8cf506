import { AXIS_COUNT, FEATURE_COUNT } from '../../src/core/dimensions';
import type { ArtifactManifest } from '../../src/core/manifest';
import type { RouterOutputs } from '../../src/core/router-outputs';
import type { Candidate, Fingerprint } from '../../src/core/routing';
import { DataError } from './files';

/** Parts of the product's path that can be switched off, to see what they are worth. */
export const ABLATIONS = {
  'random-duels': 'chance chooses the two responses shown',
  'expected-axes': 'picks are learned from predicted axes, not from those measured on the responses read',
  'no-drift': 'picks never age and no change of taste is looked for',
  'no-clusters': "an LLM's fingerprint has no per-cluster part",
  'no-fingerprints': 'LLMs are known by card and description only',
  'no-card': 'LLMs are known by description and fingerprint only',
  'no-tier': "the LLM's public quality tier is not known",
  'no-description': "the LLM's description is not read",
  'no-graph-history': 'the picks do not pass through the graph; they only enter the few-shot fit',
  'population-prior': 'the prior of taste is that of the training population, whatever the graph says',
  'gaussian-prior': 'the prior of taste is a Gaussian of the same mean and covariance, without spikes and slabs',
  'one-population': 'the prior of taste is that of the simulated training users, without the second population of real people',
  'flat-prior': 'the prior of taste is wide and centred on nothing',
  'no-intercepts': 'what picks say of an LLM beyond the features of its answers is not learned',
  'no-relevance': 'all picks say the same about every prompt',
  'no-residual': 'the learned residual dimensions are zero',
  'no-encoder': "the prompt's embedding is zero",
} as const;

export type Ablation = keyof typeof ABLATIONS;

/** @throws DataError on a name that does not exist */
export function parseAblations(text: string | undefined): Ablation[] {
  return (text ?? '').split(',').filter(Boolean).map((name) => {
    if (!isAblation(name)) throw new DataError(`unknown ablation ${name}; there are ${Object.keys(ABLATIONS).join(', ')}`);
    return name;
  });
}

function isAblation(name: string): name is Ablation {
  return name in ABLATIONS;
}

export function ablateCandidates(candidates: readonly Candidate[], off: ReadonlySet<Ablation>): readonly Candidate[] {
  return candidates.map((candidate) => {
    let { card, descriptionEmbedding, fingerprint } = candidate;
    if (off.has('no-fingerprints')) fingerprint = null;
    if (off.has('no-clusters')) fingerprint = withoutClusters(fingerprint);
    if (off.has('no-card')) card = { ...card, priceInUsdPerMTok: null, priceOutUsdPerMTok: null, contextTokens: null, paramsB: null, released: null, tier: null, openWeights: false };
    if (off.has('no-tier')) card = { ...card, tier: null };
    if (off.has('no-description')) descriptionEmbedding = new Float32Array(descriptionEmbedding.length);
    return { card, descriptionEmbedding, fingerprint };
  });
}

export function withoutClusters(fingerprint: Fingerprint | null): Fingerprint | null {
  return fingerprint === null ? null : { ...fingerprint, clusterQuality: [], clusterLength: [], clusterCount: [] };
}

export function ablateOutputs(outputs: RouterOutputs, { router }: ArtifactManifest, off: ReadonlySet<Ablation>): RouterOutputs {
  let { priorMean, priorLogVariance, residual, evidenceRelevance } = outputs;
  if (off.has('population-prior')) {
    priorMean = Float32Array.from(router.populationMean);
    priorLogVariance = Float32Array.from(router.populationMean, (_, i) => Math.log(router.populationCovariance[i * FEATURE_COUNT + i] ?? 1));
  }
  if (off.has('flat-prior')) {
    // As wide as ten times the population's mean variance over the named axes.
    const variance = router.populationMean.slice(0, AXIS_COUNT).reduce((sum, _, i) => sum + (router.populationCovariance[i * FEATURE_COUNT + i] ?? 0), 0) / AXIS_COUNT;
    priorMean = new Float32Array(FEATURE_COUNT);
    priorLogVariance = new Float32Array(FEATURE_COUNT).fill(Math.log(10 * variance));
  }
  if (off.has('no-residual')) residual = new Float32Array(residual.length);
  if (off.has('no-relevance')) evidenceRelevance = new Float32Array(evidenceRelevance.length).fill(1);
  return { ...outputs, priorMean, priorLogVariance, residual, evidenceRelevance };
}
