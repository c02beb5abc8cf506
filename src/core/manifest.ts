import * as v from 'valibot';
import { AXIS_COUNT, AXIS_NAMES, EMBEDDING_SIZE, FEATURE_COUNT, LLM_FEATURE_COUNT, QUERY_WORD_COUNT, RESIDUAL_COUNT, axisIndex } from './dimensions';
import { cholesky } from './linear-algebra';
import { CLUSTER_COUNT, FINGERPRINT_AT, LLM_FEATURE_NAMES, fingerprintFromFeatures } from './llm-features';
import { QUERY_FEATURE_NAMES } from './query-features';
import type { Result } from './result';
import { err, ok } from './result';
import type { Fingerprint } from './routing';
import type { PickNoise } from './likelihood';
import type { SharedTaste } from './shared-taste';
import type { MarginalMixture } from './spike-and-slab';

/** Why an exported file cannot be used, with the path of the first offending entry in `detail`. */
export interface ManifestError {
  readonly kind: 'manifest_invalid';
  readonly detail: string;
}

export interface ArtifactFile {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface TensorDescription {
  readonly name: string;
  /** Fixed sizes, or the name of a dynamic dimension. */
  readonly shape: readonly (number | string)[];
  readonly dtype: string;
}

/** What the few-shot update takes from training. D = 20; matrices are row-major. */
export interface RouterArtifact {
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
  readonly opset: number;
  /** Noise of a pick under the user embedding's own scale, fitted on training users. */
  readonly pickNoise: PickNoise;
  /** Davidson's ν: how readily people call a tie. */
  readonly tieNu: number;
  /** Prior of the score threshold τ above which a response is good. */
  readonly tauMean: number;
  readonly tauVariance: number;
  /** Calibration of pick probabilities, fitted on validation users: P = σ(temperature · margin / √(1 + π/8 · variance)). */
  readonly pickTemperature: number;
  /** `[D]` taste of the population, from which user embeddings deviate; `utility` is it times the predicted features. */
  readonly population: readonly number[];
  /** `[D × D]` correlation of the prior of the user embedding. */
  readonly priorCorrelation: readonly number[];
  /** `[D]` and `[D × D]` over training users. */
  readonly populationMean: readonly number[];
  readonly populationCovariance: readonly number[];
  /** Prior variance of what a person's picks say of an LLM of unjudged quality beyond its answers' features, see intercepts.ts. */
  readonly interceptVariance: number;
  /** How the weights of the axes are spread beyond mean and covariance, see spike-and-slab.ts. */
  readonly spikeAndSlab: readonly MarginalMixture[];
  /** What real people share, see shared-taste.ts; null when no votes were there in training. */
  readonly sharedTaste: SharedTaste | null;
  /** Words whose presence in a prompt is a query feature → their place among the `[384]`. */
  readonly queryWords: ReadonlyMap<string, number>;
}

/** `models/manifest.json`, checked. */
export interface ArtifactManifest {
  /** Names the exported router: `router-` and the first 12 digits of its sha256. */
  readonly artifactVersion: string;
  readonly gitSha: string;
  readonly seed: number;
  /** Keyed by path relative to the manifest. */
  readonly files: Readonly<Record<string, ArtifactFile>>;
  readonly router: RouterArtifact;
  readonly encoder: {
    readonly id: string;
    readonly dims: number;
    readonly maxTokens: number;
    /** Path of the ONNX file for each dtype. */
    readonly files: Readonly<Record<string, string>>;
  };
}

/** Standardisation constants of the axes, from training prompts × training LLMs. */
export interface AxisConstants {
  /** `[12]` */
  readonly mean: readonly number[];
  /** `[12]`, positive */
  readonly sd: readonly number[];
  /** US dollars: the cost index is 0 at p1 and 1 at p99. */
  readonly costP1Usd: number;
  readonly costP99Usd: number;
}

/** `models/fingerprints.json`, checked. */
export interface FingerprintTable {
  readonly axisConstants: AxisConstants;
  /** `[48][384]` */
  readonly clusterCentroids: readonly (readonly number[])[];
  /** Keyed by the LLM id of the training catalogue. */
  readonly fingerprints: Readonly<Record<string, Fingerprint>>;
  /** Quality tiers of the same LLMs, 1 … 5, fractional: interpolated from their judged win rate on training prompts. */
  readonly tiers: Readonly<Record<string, number>>;
}

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const count = v.pipe(finite, v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'));
const vector = (size: number) => v.pipe(v.array(finite), v.length(size));
/** JSON rows → row-major numbers. */
const square = (size: number) => v.pipe(v.array(vector(size)), v.length(size), v.transform((rows) => rows.flat()));
const names = (expected: readonly string[]) =>
  v.pipe(v.array(v.string()), v.check((found) => found.join() === expected.join(), `expected ${expected.join(', ')}`));
const tensor = v.object({ name: v.string(), shape: v.array(v.union([count, v.string()])), dtype: v.string() });

const addUpToOne = (share: readonly number[]) => Math.abs(share.reduce((sum, value) => sum + value, 0) - 1) < 1e-3;

/** The axis by name in JSON, by index in the app. */
const marginalMixture = v.pipe(
  v.object({ axis: v.picklist(AXIS_NAMES), share: v.array(positive), mean: v.array(finite), variance: v.array(positive) }),
  v.check(({ share, mean, variance }) => share.length > 0 && share.length === mean.length && share.length === variance.length, 'a share, a mean and a variance for each component'),
  v.check(({ share }) => addUpToOne(share), 'shares must add up to 1'),
  v.transform(({ axis, ...mixture }) => ({ axis: axisIndex(axis), ...mixture })),
);

const routerSchema = v.object({
  inputs: v.pipe(v.array(tensor), v.nonEmpty()),
  outputs: v.pipe(v.array(tensor), v.nonEmpty()),
  opset: count,
  axes: names(AXIS_NAMES),
  residualDims: v.literal(RESIDUAL_COUNT),
  tieNu: positive,
  pickNoise: v.pipe(
    v.object({ share: v.array(positive), variance: v.array(positive) }),
    v.check(({ share, variance }) => share.length === variance.length && addUpToOne(share), 'shares must add up to 1, one for each variance'),
  ),
  tauMean: finite,
  tauVariance: positive,
  pickTemperature: positive,
  population: vector(FEATURE_COUNT),
  priorCorrelation: v.pipe(square(FEATURE_COUNT), v.check(isPositiveDefinite, 'not positive definite')),
  populationMean: vector(FEATURE_COUNT),
  populationCovariance: v.pipe(square(FEATURE_COUNT), v.check(isPositiveDefinite, 'not positive definite')),
  interceptVariance: positive,
  spikeAndSlab: v.pipe(v.array(marginalMixture), v.check((mixtures) => new Set(mixtures.map(({ axis }) => axis)).size === mixtures.length, 'an axis once at most')),
  sharedTaste: v.nullable(v.object({ share: v.pipe(positive, v.ltValue(1)), shift: vector(FEATURE_COUNT), variance: positive })),
  queryWords: v.pipe(v.array(v.string()), v.maxLength(QUERY_WORD_COUNT), v.transform((words) => new Map(words.map((word, at) => [word, at])))),
  llmFeatureNames: names(LLM_FEATURE_NAMES),
  queryFeatureNames: names(QUERY_FEATURE_NAMES),
});

const manifestSchema = v.object({
  schemaVersion: v.literal(1),
  gitSha: v.string(),
  seed: finite,
  files: v.pipe(
    v.record(v.string(), v.object({ sha256, bytes: count })),
    v.check((files) => 'router.onnx' in files && 'fingerprints.json' in files, 'router.onnx and fingerprints.json must be listed'),
  ),
  router: routerSchema,
  encoder: v.object({
    id: v.string(),
    dims: v.literal(EMBEDDING_SIZE),
    maxTokens: positive,
    files: v.record(v.string(), v.string()),
  }),
});

const fingerprintsSchema = v.object({
  schemaVersion: v.literal(1),
  axes: v.object({ mean: vector(AXIS_COUNT), sd: v.pipe(v.array(positive), v.length(AXIS_COUNT)) }),
  cost: v.pipe(
    v.object({ p1Usd: positive, p99Usd: positive }),
    v.check(({ p1Usd, p99Usd }) => p99Usd > p1Usd, 'p99Usd must be above p1Usd'),
  ),
  centroids: v.pipe(v.array(vector(EMBEDDING_SIZE)), v.length(CLUSTER_COUNT)),
  llms: v.record(v.string(), v.object({ tier: v.nullable(finite), fingerprint: v.pipe(vector(LLM_FEATURE_COUNT - FINGERPRINT_AT), v.transform((features: number[]) => fingerprintFromFeatures(features))) })),
});

/**
 * Checks `manifest.json` against what this build of the app can run: sizes, names in order, hashes, positive definite matrices.
 * Keys that the app does not use (metrics, config, data sources) are ignored.
 */
export function parseManifest(json: unknown): Result<ArtifactManifest, ManifestError> {
  const parsed = v.safeParse(manifestSchema, json);
  if (!parsed.success) return invalid('manifest.json', parsed.issues);
  const { gitSha, seed, files, router, encoder } = parsed.output;
  const artifactVersion = `router-${files['router.onnx']?.sha256.slice(0, 12)}`;
  return ok({ artifactVersion, gitSha, seed, files, router, encoder });
}

/** Checks `fingerprints.json`. */
export function parseFingerprints(json: unknown): Result<FingerprintTable, ManifestError> {
  const parsed = v.safeParse(fingerprintsSchema, json);
  if (!parsed.success) return invalid('fingerprints.json', parsed.issues);
  const { axes, cost, centroids, llms } = parsed.output;
  return ok({
    axisConstants: { ...axes, costP1Usd: cost.p1Usd, costP99Usd: cost.p99Usd },
    clusterCentroids: centroids,
    fingerprints: Object.fromEntries(Object.entries(llms).map(([id, llm]) => [id, llm.fingerprint])),
    tiers: Object.fromEntries(Object.entries(llms).flatMap(([id, llm]) => (llm.tier === null ? [] : [[id, llm.tier]]))),
  });
}

function invalid(file: string, issues: readonly v.BaseIssue<unknown>[]): Result<never, ManifestError> {
  const first = issues[0];
  const where = first === undefined ? '' : (v.getDotPath(first) ?? 'the whole file');
  return err({ kind: 'manifest_invalid', detail: `${file}: ${where}: ${first?.message ?? 'unreadable'}` });
}

/** A correlation matrix that lost rank by rounding is refused too: the update inverts it. */
function isPositiveDefinite(matrix: number[]): boolean {
  const n = Math.sqrt(matrix.length);
  return isSymmetric(matrix, n) && cholesky(matrix, n) !== null;
}

function isSymmetric(matrix: readonly number[], n: number): boolean {
  return matrix.every((value, at) => Math.abs(value - matrix[(at % n) * n + Math.floor(at / n)]!) < 1e-6);
}
