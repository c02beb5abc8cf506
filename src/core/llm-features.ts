import { AXIS_COUNT, AXIS_NAMES, EMBEDDING_SIZE, LLM_FEATURE_COUNT, axisIndex } from './dimensions';
import type { Fingerprint, ModelCard } from './routing';

/** Clusters of prompt embeddings behind the per-cluster part of a fingerprint. */
export const CLUSTER_COUNT = 48;
/** Pseudo-count that shrinks a per-cluster mean residual towards zero: n / (n + 5). */
const CLUSTER_SHRINKAGE = 5;
/** Training saw fingerprints of three responses and more; fewer say more about the prompt than about the LLM. */
const LEAST_COUNT = 3;
const COUNT_SCALE = Math.log(501);
const [QUALITY, LENGTH] = [axisIndex('quality'), axisIndex('length')];

/** First entry of the fingerprint in `llmFeatures`. */
export const FINGERPRINT_AT = 15;
const COUNT_AT = FINGERPRINT_AT + AXIS_COUNT;
const CLUSTER_QUALITY_AT = COUNT_AT + 1;
const CLUSTER_LENGTH_AT = CLUSTER_QUALITY_AT + CLUSTER_COUNT;
const CLUSTER_COUNT_AT = CLUSTER_LENGTH_AT + CLUSTER_COUNT;
const JUDGED_AT = CLUSTER_COUNT_AT + CLUSTER_COUNT;

const CLUSTERS = Array.from({ length: CLUSTER_COUNT }, (_, cluster) => cluster);

/** Names of the entries of `llmFeatures`, in order; the manifest repeats them. */
export const LLM_FEATURE_NAMES: readonly string[] = [
  'ln_price_in', 'ln_price_out', 'price_known', 'ln_context', 'context_known', 'ln_params', 'params_known',
  'years_since_2023_07', 'released_known', 'open_weights', 'reasoning', 'told_concise', 'told_verbose', 'tier', 'tier_known',
  ...AXIS_NAMES.map((axis) => `mean_${axis}`),
  'ln_count',
  ...CLUSTERS.map((cluster) => `cluster_${cluster}_quality`),
  ...CLUSTERS.map((cluster) => `cluster_${cluster}_length`),
  ...CLUSTERS.map((cluster) => `cluster_${cluster}_ln_count`),
  'quality_judged',
];

/**
 * Numeric features of an LLM, `[173]`: what its card says and, where its responses were seen, what they were like.
 * An unknown group is zeros with its known-flag at 0, which the graph was trained to bear (feature-group dropout).
 */
export function llmFeatures(card: ModelCard, fingerprint: Fingerprint | null): Float32Array {
  const features = new Float32Array(LLM_FEATURE_COUNT);
  writeCard(features, card);
  if (isWritten(fingerprint)) writeFingerprint(features, fingerprint);
  return features;
}

/** Whether the graph is told of this fingerprint. It holds every answer that was read, those of picks too: they are not told a second time. */
export function isWritten(fingerprint: Fingerprint | null): fingerprint is Fingerprint {
  return fingerprint !== null && fingerprint.count >= LEAST_COUNT;
}

function writeCard(features: Float32Array, card: ModelCard): void {
  if (card.priceInUsdPerMTok !== null && card.priceOutUsdPerMTok !== null) {
    features[0] = Math.log(0.01 + Math.max(0, card.priceInUsdPerMTok)) / 3;
    features[1] = Math.log(0.01 + Math.max(0, card.priceOutUsdPerMTok)) / 3;
    features[2] = 1;
  }
  if (card.contextTokens !== null && card.contextTokens > 0) {
    features[3] = (Math.log(card.contextTokens) - 9) / 2;
    features[4] = 1;
  }
  if (card.paramsB !== null && card.paramsB > 0) {
    features[5] = (Math.log(card.paramsB) - 3) / 2;
    features[6] = 1;
  }
  const years = yearsSinceMid2023(card.released);
  if (years !== null) {
    features[7] = years;
    features[8] = 1;
  }
  features[9] = card.openWeights || card.local ? 1 : 0;
  features[10] = card.reasoning ? 1 : 0;
  features[11] = card.id.endsWith('-concise') ? 1 : 0;
  features[12] = card.id.endsWith('-verbose') ? 1 : 0;
  if (card.tier !== null) {
    features[13] = (card.tier - 3) / 1.5;
    features[14] = 1;
  }
}

function writeFingerprint(features: Float32Array, fingerprint: Fingerprint): void {
  features.set(fingerprint.axes.slice(0, AXIS_COUNT), FINGERPRINT_AT);
  features[COUNT_AT] = Math.log1p(fingerprint.count) / COUNT_SCALE;
  features.set(fingerprint.clusterQuality.slice(0, CLUSTER_COUNT), CLUSTER_QUALITY_AT);
  features.set(fingerprint.clusterLength.slice(0, CLUSTER_COUNT), CLUSTER_LENGTH_AT);
  features.set(fingerprint.clusterCount.slice(0, CLUSTER_COUNT).map((count) => Math.log1p(count) / 4), CLUSTER_COUNT_AT);
  features[JUDGED_AT] = fingerprint.judged ? 1 : 0;
}

/** The other way: a fingerprint from entries 15 … 172 of `llmFeatures`, as the exported table stores it, `[158]`. */
export function fingerprintFromFeatures(features: readonly number[]): Fingerprint {
  const from = (at: number, length: number) => features.slice(at - FINGERPRINT_AT, at - FINGERPRINT_AT + length);
  return {
    count: Math.round(Math.expm1((features[COUNT_AT - FINGERPRINT_AT] ?? 0) * COUNT_SCALE)),
    axes: from(FINGERPRINT_AT, AXIS_COUNT),
    clusterQuality: from(CLUSTER_QUALITY_AT, CLUSTER_COUNT),
    clusterLength: from(CLUSTER_LENGTH_AT, CLUSTER_COUNT),
    clusterCount: from(CLUSTER_COUNT_AT, CLUSTER_COUNT).map((value) => Math.expm1(value * 4)),
    judged: (features[JUDGED_AT - FINGERPRINT_AT] ?? 0) > 0.5,
  };
}

/** Years from July 2023 to `YYYY-MM`, clipped to [−1.5, 2], the range seen in training; null when there is no such date. */
function yearsSinceMid2023(released: string | null): number | null {
  const match = /^(\d{4})-(\d{2})/.exec(released ?? '');
  if (match === null) return null;
  const years = Number(match[1]) + (Number(match[2]) - 1) / 12 - 2023.5;
  return Math.min(Math.max(years, -1.5), 2);
}

/**
 * Takes one more measured response into an LLM's fingerprint. `axes` is `[12]` standardised; quality is never measured on the device, and its
 * slot is kept as it is: the graph expects it from the axes that are. `promptEffect` `[12]` is what the prompt, not the LLM, is to thank for
 * (`RouterOutputs.promptEffect`): without it, someone who asks for one-liners would make every LLM look terse.
 * @throws RangeError when `cluster` or a vector does not fit.
 */
export function updateFingerprint(fingerprint: Fingerprint | null, axes: readonly number[], cluster: number, promptEffect: ArrayLike<number>): Fingerprint {
  if (axes.length !== AXIS_COUNT || promptEffect.length !== AXIS_COUNT) throw new RangeError(`Expected ${AXIS_COUNT} axes, got ${axes.length} and ${promptEffect.length}`);
  if (!Number.isInteger(cluster) || cluster < 0 || cluster >= CLUSTER_COUNT) throw new RangeError(`No cluster ${cluster}`);
  const before = fingerprint ?? EMPTY_FINGERPRINT;
  const count = before.count + 1;
  const own = axes.map((value, axis) => value - promptEffect[axis]!);
  const updated = {
    count,
    axes: before.axes.map((mean, axis) => (axis === QUALITY ? mean : mean + (own[axis]! - mean) / count)),
    clusterQuality: fullClusters(before.clusterQuality),
    clusterLength: fullClusters(before.clusterLength),
    clusterCount: fullClusters(before.clusterCount),
    judged: before.judged,
  };
  addClusterLength(updated, cluster, own[LENGTH]! - updated.axes[LENGTH]!);
  return updated;
}

/** The residual left after this LLM's own mean, averaged within the cluster and shrunk by n / (n + 5). */
function addClusterLength(fingerprint: { clusterLength: number[]; clusterCount: number[] }, cluster: number, residual: number): void {
  const seen = fingerprint.clusterCount[cluster]!;
  const shrunk = fingerprint.clusterLength[cluster]!;
  fingerprint.clusterLength[cluster] = (shrunk * (seen + CLUSTER_SHRINKAGE) + residual) / (seen + 1 + CLUSTER_SHRINKAGE);
  fingerprint.clusterCount[cluster] = seen + 1;
}

const EMPTY_FINGERPRINT: Fingerprint = {
  count: 0,
  axes: Array.from({ length: AXIS_COUNT }, () => 0),
  clusterQuality: [],
  clusterLength: [],
  clusterCount: [],
  judged: false,
};

function fullClusters(values: readonly number[]): number[] {
  return CLUSTERS.map((cluster) => values[cluster] ?? 0);
}

/**
 * Index of the centroid nearest to a prompt's embedding (squared Euclidean distance, first wins a tie).
 * @throws RangeError when there is no centroid or sizes differ.
 */
export function nearestCluster(embedding: ArrayLike<number>, centroids: readonly ArrayLike<number>[]): number {
  if (embedding.length !== EMBEDDING_SIZE) throw new RangeError(`Expected an embedding of ${EMBEDDING_SIZE}, got ${embedding.length}`);
  if (centroids.length === 0) throw new RangeError('No cluster centroids');
  let nearest = 0;
  let least = Infinity;
  for (const [index, centroid] of centroids.entries()) {
    let distance = 0;
    for (let i = 0; i < EMBEDDING_SIZE; i++) distance += (embedding[i]! - centroid[i]!) ** 2;
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}
