import { FEATURE_COUNT } from './dimensions';
import { addScaled, cholesky, covarianceFromCorrelation, dot, invertCholesky, multiplyVector, quadraticForm, solveCholesky } from './linear-algebra';
import type { Evidence, OutcomeModel, TermTable } from './likelihood';
import { FITTED_SIZE, logSigmoid, logTie, marginOf, sigmoid, tabulate, tieSlope, winSlope } from './likelihood';
import type { RouterArtifact } from './manifest';
import type { PreferencePair } from './preference';

const MAX_NEWTON_STEPS = 8;
const MAX_HALVINGS = 20;
const GRADIENT_TOLERANCE = 1e-10;

/** Gaussian prior of the user embedding. */
export interface UserPrior {
  /** `[20]` */
  readonly mean: ArrayLike<number>;
  /** `[20 × 20]` row-major, positive definite. */
  readonly covariance: ArrayLike<number>;
}

/** Gaussian approximation of what is known about the user, vectors `[21]`: z, then τ. */
export interface Posterior {
  readonly mean: Float64Array;
  /** `[21 × 21]` H⁻¹ at the mean. */
  readonly covariance: Float64Array;
  readonly priorMean: Float64Array;
  /** `[21 × 21]` Σ0 */
  readonly priorCovariance: Float64Array;
  /** Likelihood terms at the optimum; a pick has one, or two when both responses were judged by themselves. */
  readonly terms: readonly PosteriorTerm[];
  /** Largest entry of the log posterior's gradient; about 0 when converged. */
  readonly gradientNorm: number;
}

export interface PosteriorTerm {
  readonly preferenceId: string;
  /** `[21]` x: the margin is u = offset + x · z. */
  readonly direction: Float64Array;
  readonly offset: number;
  /** w · d log P / du at the optimum; for a win, w (1 − p). */
  readonly pull: number;
}

/** Prior for one prompt's task from the graph's outputs: mean and diag(sd) · R · diag(sd), sd = exp(½ log variance). */
export function priorFromGraph(mean: ArrayLike<number>, logVariance: ArrayLike<number>, router: RouterArtifact): UserPrior {
  const sd = Array.from({ length: FEATURE_COUNT }, (_, i) => Math.exp(logVariance[i]! / 2));
  return { mean: Float64Array.from(mean), covariance: covarianceFromCorrelation(router.priorCorrelation, sd) };
}

/** Empirical-Bayes prior over training users: what is assumed before any prompt is known. */
export function populationPrior(router: RouterArtifact): UserPrior {
  return { mean: router.populationMean, covariance: router.populationCovariance };
}

/**
 * The picks as weighted evidence: w = pick weight × time decay × relevance to the prompt.
 * `decay` and `relevance` are aligned with `picks`; a longer (padded) relevance is fine, null counts as 1.
 * @throws RangeError when an array is too short.
 */
export function evidenceFromPicks(
  picks: readonly PreferencePair[],
  decay: ArrayLike<number> | null,
  relevance: ArrayLike<number> | null,
): Evidence[] {
  for (const [name, values] of [['decay', decay], ['relevance', relevance]] as const) {
    if (values !== null && values.length < picks.length) throw new RangeError(`${picks.length} picks but ${values.length} values of ${name}`);
  }
  return picks.map((pick, i) => ({
    preferenceId: pick.id,
    outcome: pick.outcome,
    chosen: pick.chosen,
    rejected: pick.rejected,
    weight: pick.weight * (decay?.[i] ?? 1) * (relevance?.[i] ?? 1),
  }));
}

/**
 * Few-shot MAP estimate of the user embedding: argmax Σ w log P − ½ (z − μ0)ᵀ Σ0⁻¹ (z − μ0), with Bradley–Terry wins,
 * Davidson (1970) ties and thresholds for both good / both bad. Log-concave; Newton with step halving, at most 8 steps.
 * `start` `[21]` warm-starts it, without changing the optimum.
 * @throws RangeError on a prior that is not positive definite, or on evidence of the wrong size or not finite.
 */
export function fitUserEmbedding(input: {
  readonly prior: UserPrior;
  readonly evidence: readonly Evidence[];
  readonly outcomeModel: OutcomeModel;
  readonly start?: ArrayLike<number>;
}): Posterior {
  const prior = appendThreshold(input.prior, input.outcomeModel);
  const table = tabulate(input.evidence);
  const fit = climb(prior, table, input.outcomeModel.tieNu, Float64Array.from(input.start ?? prior.mean));
  return {
    mean: fit.mean,
    covariance: invertCholesky(fit.factor, FITTED_SIZE),
    priorMean: prior.mean,
    priorCovariance: prior.covariance,
    terms: table.ids.map((preferenceId, t) => ({
      preferenceId,
      direction: table.directions.subarray(t * FITTED_SIZE, (t + 1) * FITTED_SIZE),
      offset: table.offsets[t]!,
      pull: fit.pulls[t]!,
    })),
    gradientNorm: fit.gradientNorm,
  };
}

/** Prior of z and τ together. */
export interface FullPrior {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly precision: Float64Array;
}

/** @throws RangeError when the covariance is not positive definite. */
export function appendThreshold(prior: UserPrior, { tauMean, tauVariance }: OutcomeModel): FullPrior {
  const mean = new Float64Array(FITTED_SIZE);
  const covariance = new Float64Array(FITTED_SIZE * FITTED_SIZE);
  for (let i = 0; i < FEATURE_COUNT; i++) {
    mean[i] = prior.mean[i]!;
    for (let j = 0; j < FEATURE_COUNT; j++) covariance[i * FITTED_SIZE + j] = prior.covariance[i * FEATURE_COUNT + j]!;
  }
  mean[FEATURE_COUNT] = tauMean;
  covariance[FITTED_SIZE * FITTED_SIZE - 1] = tauVariance;
  const factor = cholesky(covariance, FITTED_SIZE);
  if (factor === null) throw new RangeError('The prior covariance of the user embedding is not positive definite');
  return { mean, covariance, precision: invertCholesky(factor, FITTED_SIZE) };
}

interface Fit {
  readonly mean: Float64Array;
  /** Cholesky factor of H at the mean. */
  readonly factor: Float64Array;
  readonly pulls: Float64Array;
  readonly gradientNorm: number;
}

function climb(prior: FullPrior, table: TermTable, nu: number, start: Float64Array): Fit {
  let mean = start;
  let slope = slopeAt(prior, table, nu, mean);
  for (let step = 0; step < MAX_NEWTON_STEPS && slope.gradientNorm > GRADIENT_TOLERANCE; step++) {
    const direction = solveCholesky(slope.factor, slope.gradient);
    const next = halveUntilHigher(prior, table, nu, mean, direction, dot(slope.gradient, direction));
    if (next === null) break;
    mean = next;
    slope = slopeAt(prior, table, nu, mean);
  }
  return { mean, factor: slope.factor, pulls: slope.pulls, gradientNorm: slope.gradientNorm };
}

/** Armijo line search; null when no step improves, which at double precision means the optimum is reached. */
function halveUntilHigher(
  prior: FullPrior, table: TermTable, nu: number, mean: Float64Array, direction: Float64Array, rise: number,
): Float64Array | null {
  const height = logPosterior(prior, table, nu, mean);
  // Below the rounding of the objective itself only the gradient can tell: take Newton's step.
  const rounding = 1e-12 * (1 + Math.abs(height));
  for (let halving = 0, size = 1; halving < MAX_HALVINGS; halving++, size /= 2) {
    const next = addScaled(mean, direction, size);
    if (logPosterior(prior, table, nu, next) >= height + 1e-4 * size * rise - rounding) return next;
  }
  return null;
}

function logPosterior(prior: FullPrior, table: TermTable, nu: number, z: Float64Array): number {
  const shift = addScaled(z, prior.mean, -1);
  let sum = -0.5 * quadraticForm(prior.precision, shift);
  for (let t = 0; t < table.ids.length; t++) {
    const u = marginOf(table, t, z);
    sum += table.weights[t]! * (table.tied[t] === 1 ? logTie(u, nu) : logSigmoid(u));
  }
  return sum;
}

/** Gradient, pulls w · d log P / du and the Cholesky factor of H = Σ0⁻¹ + Σ w κ x xᵀ (lower triangle). */
function slopeAt(prior: FullPrior, table: TermTable, nu: number, z: Float64Array): Fit & { readonly gradient: Float64Array } {
  const gradient = multiplyVector(prior.precision, addScaled(prior.mean, z, -1));
  const hessian = prior.precision.slice();
  const pulls = new Float64Array(table.ids.length);
  for (let t = 0; t < pulls.length; t++) {
    const u = marginOf(table, t, z);
    const { slope, curvature } = table.tied[t] === 1 ? tieSlope(u, nu) : winSlope(u);
    pulls[t] = table.weights[t]! * slope;
    accumulate(gradient, hessian, table.directions, t * FITTED_SIZE, pulls[t]!, table.weights[t]! * curvature);
  }
  const factor = cholesky(hessian, FITTED_SIZE);
  if (factor === null) throw new RangeError('The posterior precision is not positive definite');
  return { mean: z, gradient, factor, pulls, gradientNorm: gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}

function accumulate(gradient: Float64Array, hessian: Float64Array, directions: Float64Array, at: number, pull: number, curvature: number): void {
  const n = gradient.length;
  for (let i = 0; i < n; i++) {
    const x = directions[at + i]!;
    if (x === 0) continue;
    gradient[i] = gradient[i]! + pull * x;
    const scaled = curvature * x;
    const row = i * n;
    for (let j = 0; j <= i; j++) hessian[row + j] = hessian[row + j]! + scaled * directions[at + j]!;
  }
}

/**
 * How much each pick moves `direction · z` away from its prior value, `direction` `[20]` or `[21]`.
 * Exact at the optimum: Σ contributions = direction · (z* − μ0), because z* − μ0 = Σ0 Σ w (d log P / dz).
 */
export function attributeToPicks(posterior: Posterior, direction: ArrayLike<number>): { preferenceId: string; contribution: number }[] {
  const padded = new Float64Array(FITTED_SIZE);
  padded.set(Float64Array.from(direction));
  const reach = multiplyVector(posterior.priorCovariance, padded);
  const contributions = new Map<string, number>();
  for (const term of posterior.terms) {
    const contribution = term.pull * dot(reach, term.direction);
    contributions.set(term.preferenceId, (contributions.get(term.preferenceId) ?? 0) + contribution);
  }
  return [...contributions].map(([preferenceId, contribution]) => ({ preferenceId, contribution }));
}

/** Mean and variance of the margin `offset + direction · z`, `direction` `[20]` or `[21]`. */
export function predictMargin(posterior: Posterior, direction: ArrayLike<number>, offset = 0): { mean: number; variance: number } {
  return {
    mean: offset + dot(posterior.mean, direction, direction.length),
    variance: Math.max(0, quadraticForm(posterior.covariance, Float64Array.from(direction), FITTED_SIZE)),
  };
}

/**
 * P(preferred) when the margin is Gaussian: σ(T m / √(1 + π v / 8)) (MacKay 1992, "The evidence framework applied to classification
 * networks"). T = 1 is the likelihood's own probability; the manifest's `pickTemperature` calibrates it for predicted responses.
 */
export function pickProbability(margin: { readonly mean: number; readonly variance: number }, temperature = 1): number {
  return sigmoid((temperature * margin.mean) / Math.sqrt(1 + (Math.PI * margin.variance) / 8));
}
