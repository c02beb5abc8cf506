import { FEATURE_COUNT } from './dimensions';
import { addOuter, addScaled, cholesky, covarianceFromCorrelation, dot, extendDiagonally, invertCholesky, largestDifference, multiplyVector, quadraticForm, solveCholesky, varianceAlong } from './linear-algebra';
import type { Evidence, OutcomeModel, TermTable } from './likelihood';
import { sigmoid, siteOf, tabulate } from './likelihood';
import type { RouterArtifact } from './manifest';
import type { PreferencePair } from './preference';
import type { SharedPosterior, SharedTaste } from './shared-taste';
import { pullsOf, underSharedTaste } from './shared-taste';
import type { FactoredGaussian, MarginalMixture, NaturalGaussian } from './spike-and-slab';
import { sharpen } from './spike-and-slab';

const MAX_SWEEPS = 30;
const DAMPING = 0.95;
/** Sweeps end when the mean moves by less, in units of the score per standard deviation of an axis. */
const TOLERANCE = 1e-4;

/** Prior of the user embedding: a Gaussian, some of whose marginals may be mixtures, and perhaps a second population. */
export interface UserPrior {
  /** `[D]`: 20, or more where intercepts are fitted beside it */
  readonly mean: ArrayLike<number>;
  /** `[D × D]` row-major, positive definite. */
  readonly covariance: ArrayLike<number>;
  /** Of the weights that are spread otherwise than the Gaussian says. */
  readonly mixtures: readonly MarginalMixture[];
  readonly shared: SharedTaste | null;
}

/** Gaussian approximation of what is known about the user, vectors `[D + 1]`: z (and intercepts), then τ. */
export interface Posterior {
  /** D + 1 */
  readonly size: number;
  readonly mean: Float64Array;
  /** `[size × size]` */
  readonly covariance: Float64Array;
  /** What would be believed without the picks' contributions, see `attributeToPicks`: μ0 under a Gaussian prior of one population. */
  readonly priorMean: Float64Array;
  /** The part of the mean, and of `priorMean`, that is the taste real people share: no reason of this person's. */
  readonly sharedMean: Float64Array;
  /** `[size × size]` Σ0 of the first population. */
  readonly priorCovariance: Float64Array;
  /** What the picks say under each population. */
  readonly parts: readonly PosteriorPart[];
  /** Likelihood terms; a pick has one, or two when both responses were judged by themselves. */
  readonly terms: readonly PosteriorTerm[];
  /** Largest change of an entry of the mean in the last sweep; about 0 when converged. */
  readonly lastChange: number;
}

/** A term moves the mean by Σ_parts reach ∘ Σ0 pull x. */
export interface PosteriorPart {
  /** `[size]` how far a weight goes here, as a share of what it would under the Gaussian prior Σ0: by its population's spread, its prior's mixtures and the population's probability. */
  readonly reach: Float64Array;
  /** `[terms]` ν − τ x·z of each term's Gaussian site: how hard it pulls at z along its direction. */
  readonly pulls: Float64Array;
}

export interface PosteriorTerm {
  readonly preferenceId: string;
  /** `[size]` x: the margin is u = offset + x · z. */
  readonly direction: Float64Array;
  readonly offset: number;
}

/** Prior for one prompt's task from the graph's outputs: mean and diag(sd) · R · diag(sd), sd = exp(½ log variance). */
export function priorFromGraph(mean: ArrayLike<number>, logVariance: ArrayLike<number>, router: RouterArtifact): UserPrior {
  const sd = Array.from({ length: FEATURE_COUNT }, (_, i) => Math.exp(logVariance[i]! / 2));
  return { mean: Float64Array.from(mean), covariance: covarianceFromCorrelation(router.priorCorrelation, sd), mixtures: router.spikeAndSlab, shared: router.sharedTaste };
}

/** Empirical-Bayes prior over training users: what is assumed before any prompt is known. */
export function populationPrior(router: RouterArtifact): UserPrior {
  return { mean: router.populationMean, covariance: router.populationCovariance, mixtures: router.spikeAndSlab, shared: router.sharedTaste };
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
 * Few-shot posterior of the user embedding by expectation propagation (Minka 2001; for preferences Chu & Ghahramani 2005): each pick becomes a
 * Gaussian site on its margin, matched in mean and variance to what the pick says given all others; sites are renewed together, damped.
 * The mean of the posterior rather than its mode, because scores are linear in z: with few picks the two point in different directions.
 * The prior's mixtures come in at the end, see `sharpen`, and so does the second population, see `underSharedTaste`: mean and covariance are those of the
 * mixture of both posteriors.
 * @throws RangeError on a prior that is not positive definite, or on evidence of the wrong size or not finite.
 */
export function fitUserEmbedding(input: { readonly prior: UserPrior; readonly evidence: readonly Evidence[]; readonly outcomeModel: OutcomeModel }): Posterior {
  const prior = appendThreshold(input.prior, input.outcomeModel);
  const table = tabulate(input.evidence, input.outcomeModel.population, input.prior.mean.length);
  const fit = propagate(prior, table, input.outcomeModel);
  const { mean, factor } = table.ids.length === 0 ? fit : sharpen(fit, prior.mean, prior.covariance, input.prior.mixtures);
  const reach = reachOf(mean, fit.mean, prior.mean);
  const own: Posterior = {
    size: table.size,
    mean,
    covariance: invertCholesky(factor, table.size),
    priorMean: mean.map((value, i) => value - reach[i]! * (fit.mean[i]! - prior.mean[i]!)),
    sharedMean: new Float64Array(table.size),
    priorCovariance: prior.covariance,
    parts: [{ reach, pulls: pullsOf(table, fit.sites, fit.mean) }],
    terms: table.ids.map((preferenceId, t) => ({ preferenceId, direction: directionOf(table, t), offset: table.offsets[t]! })),
    lastChange: fit.lastChange,
  };
  if (input.prior.shared === null) return own;
  const shared = underSharedTaste(input.prior.shared, fit, prior);
  return mixed(own, shared, pullsOf(table, fit.sites, shared.mean));
}

/** Mean and covariance of the two posteriors' mixture. All that is linear in a posterior is the mixture of both, so that the split by picks stays exact. */
function mixed(own: Posterior, shared: SharedPosterior, pulls: Float64Array): Posterior {
  const { size, parts } = own;
  const p = shared.probability;
  const blend = (a: Float64Array, b: Float64Array) => addScaled(a, addScaled(b, a, -1), p);
  const covariance = blend(own.covariance, invertCholesky(shared.factor, size));
  addOuter(covariance, addScaled(shared.mean, own.mean, -1), p * (1 - p));
  return {
    ...own,
    mean: blend(own.mean, shared.mean),
    covariance,
    priorMean: blend(own.priorMean, shared.priorMean),
    sharedMean: shared.priorMean.map((value, i) => (i < FEATURE_COUNT ? p * value : 0)),
    parts: [...parts.map((part) => ({ ...part, reach: part.reach.map((value) => (1 - p) * value) })), { reach: shared.scale.map((value) => p * value), pulls }],
  };
}

/** More would make a story of hardly any evidence. */
const MOST_REACH = 3;

/** `[size]` (mean − prior) ÷ (Gaussian mean − prior), in 0 … 3: what is beyond that is no pick's doing. */
function reachOf(mean: Float64Array, gaussian: Float64Array, prior: Float64Array): Float64Array {
  return mean.map((value, i) => {
    const went = gaussian[i]! - prior[i]!;
    return went === 0 || value === gaussian[i] ? 1 : Math.min(MOST_REACH, Math.max(0, (value - prior[i]!) / went));
  });
}

/** Gaussian prior of z and τ together. */
export interface FullPrior {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly precision: Float64Array;
}

/** @throws RangeError when the covariance is not positive definite. */
export function appendThreshold(prior: Pick<UserPrior, 'mean' | 'covariance'>, { tauMean, tauVariance }: OutcomeModel): FullPrior {
  const size = prior.mean.length + 1;
  const mean = Float64Array.from([...Array.from(prior.mean), tauMean]);
  const covariance = extendDiagonally(prior.covariance, size - 1, [tauVariance]);
  const factor = cholesky(covariance, size);
  if (factor === null) throw new RangeError('The prior covariance of the user embedding is not positive definite');
  return { mean, covariance, precision: invertCholesky(factor, size) };
}

/** Gaussian sites on the margins x_t · z, natural parameters. */
interface Sites {
  readonly precision: Float64Array;
  readonly information: Float64Array;
}

interface Fit extends NaturalGaussian, FactoredGaussian {
  readonly sites: Sites;
  readonly lastChange: number;
}

function propagate(prior: FullPrior, table: TermTable, model: OutcomeModel): Fit {
  const count = table.ids.length;
  const sites = { precision: new Float64Array(count), information: new Float64Array(count) };
  const priorInformation = multiplyVector(prior.precision, prior.mean);
  let precision = prior.precision;
  let information = priorInformation;
  let factor = factorOf(precision, table.size);
  let mean = prior.mean;
  let lastChange = Infinity;
  for (let sweep = 0; sweep < MAX_SWEEPS && lastChange >= TOLERANCE; sweep++) {
    for (let t = 0; t < count; t++) renewSite(sites, table, t, mean, factor, model);
    precision = prior.precision.slice();
    information = priorInformation.slice();
    for (let t = 0; t < count; t++) accumulate(information, precision, table.directions, t * table.size, sites.information[t]!, sites.precision[t]!);
    factor = factorOf(precision, table.size);
    const next = solveCholesky(factor, information);
    lastChange = largestDifference(next, mean);
    mean = next;
  }
  return { mean, factor, precision, information, sites, lastChange };
}

function factorOf(precision: Float64Array, size: number): Float64Array {
  const factor = cholesky(precision, size);
  if (factor === null) throw new RangeError('The posterior precision is not positive definite');
  return factor;
}

/** Takes the site out of its margin's distribution, asks the term about the rest, and keeps the difference. */
function renewSite(sites: Sites, table: TermTable, t: number, mean: Float64Array, factor: Float64Array, model: OutcomeModel): void {
  const direction = directionOf(table, t);
  const variance = varianceAlong(factor, direction);
  if (variance <= 0) return;
  const cavity = 1 / Math.max(1 / variance - sites.precision[t]!, 1e-9);
  const cavityMean = cavity * (dot(direction, mean) / variance - sites.information[t]!);
  const { precision, information } = siteOf(table, t, cavityMean, cavity, model);
  sites.precision[t] = DAMPING * precision + (1 - DAMPING) * sites.precision[t]!;
  sites.information[t] = DAMPING * information + (1 - DAMPING) * sites.information[t]!;
}

function directionOf(table: TermTable, t: number): Float64Array {
  return table.directions.subarray(t * table.size, (t + 1) * table.size);
}

function accumulate(information: Float64Array, precision: Float64Array, directions: Float64Array, at: number, pull: number, weight: number): void {
  const n = information.length;
  for (let i = 0; i < n; i++) {
    const x = directions[at + i]!;
    if (x === 0) continue;
    information[i] = information[i]! + pull * x;
    const scaled = weight * x;
    const row = i * n;
    for (let j = 0; j <= i; j++) precision[row + j] = precision[row + j]! + scaled * directions[at + j]!;
  }
}

/**
 * How much each pick moves `direction · z` away from its prior value, `direction` `[D]` or `[D + 1]`.
 * Exact: under the Gaussian prior Σ contributions = direction · (z* − μ0), because (Σ0⁻¹ + Σ τ x xᵀ) z* = Σ0⁻¹ μ0 + Σ ν x is
 * z* − μ0 = Σ0 Σ (ν − τ x·z*) x. The mixtures then let every weight go further or less far than that; each pick's share of it is scaled alike. The second
 * population's prior is a Gaussian, for which the same holds; both splits count by the population's probability.
 * So Σ contributions = direction · (z* − priorMean).
 */
export function attributeToPicks(posterior: Posterior, direction: ArrayLike<number>): { preferenceId: string; contribution: number }[] {
  const contributions = new Map<string, number>();
  for (const { reach, pulls } of posterior.parts) {
    const padded = new Float64Array(posterior.size);
    for (let i = 0; i < direction.length; i++) padded[i] = reach[i]! * direction[i]!;
    const pulled = multiplyVector(posterior.priorCovariance, padded);
    posterior.terms.forEach((term, t) => {
      contributions.set(term.preferenceId, (contributions.get(term.preferenceId) ?? 0) + pulls[t]! * dot(pulled, term.direction));
    });
  }
  return [...contributions].map(([preferenceId, contribution]) => ({ preferenceId, contribution }));
}

/** Mean and variance of the margin `offset + direction · z`, `direction` `[D]` or `[D + 1]`. */
export function predictMargin(posterior: Posterior, direction: ArrayLike<number>, offset = 0): { mean: number; variance: number } {
  return {
    mean: offset + dot(posterior.mean, direction, direction.length),
    variance: Math.max(0, quadraticForm(posterior.covariance, Float64Array.from(direction), posterior.size)),
  };
}

/**
 * P(preferred) when the margin is Gaussian: σ(T m / √(1 + π v / 8)) (MacKay 1992, "The evidence framework applied to classification
 * networks"). T = 1 is the likelihood's own probability; the manifest's `pickTemperature` calibrates it for predicted responses.
 */
export function pickProbability(margin: { readonly mean: number; readonly variance: number }, temperature = 1): number {
  return sigmoid((temperature * margin.mean) / Math.sqrt(1 + (Math.PI * margin.variance) / 8));
}
