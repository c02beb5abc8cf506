import { FEATURE_COUNT } from './dimensions';
import { dot } from './linear-algebra';
import { normalCdf, normalDensity } from './normal';
import type { Outcome } from './preference';
import { unreachable } from './result';

/** Noise of a pick: a mixture of zero-mean Gaussians, in units of the score. What the device cannot measure, quality above all, gives it heavy tails. */
export interface PickNoise {
  /** Shares, sum 1. */
  readonly share: readonly number[];
  readonly variance: readonly number[];
}

/** How picks come about: what everybody likes, the noise, Davidson's tie parameter and the prior of the threshold τ. */
export interface OutcomeModel {
  /** `[20]` taste of the population, from which z deviates. */
  readonly population: readonly number[];
  readonly pickNoise: PickNoise;
  readonly tieNu: number;
  readonly tauMean: number;
  readonly tauVariance: number;
}

/** A response as it was read. Its score is s = (population + z) · features: what everybody likes is judged by the answer itself too, not by what was expected of it. */
export interface ScoredResponse {
  /** `[D]`, D = 20 and one for each intercept */
  readonly features: ArrayLike<number>;
}

/** One judgement as the likelihood sees it. */
export interface Evidence {
  readonly preferenceId: string;
  readonly outcome: Outcome;
  readonly chosen: ScoredResponse;
  /** Null for a judgement of a single response. */
  readonly rejected: ScoredResponse | null;
  /** w ≥ 0; 0 leaves the pick out. */
  readonly weight: number;
}

/** Likelihood terms in flat arrays: u_t = offset_t + x_t · z. */
export interface TermTable {
  /** D + 1: entries of each direction */
  readonly size: number;
  /** `[20]` */
  readonly population: readonly number[];
  readonly ids: string[];
  readonly directions: Float64Array;
  readonly offsets: Float64Array;
  readonly weights: Float64Array;
  readonly tied: Uint8Array;
}

/**
 * Lays evidence out as terms, each a judgement of one linear function of z, with `featureCount` features a response, the population's 20 first.
 * @throws RangeError on a negative weight, or on features of the wrong size or not finite.
 */
export function tabulate(evidence: readonly Evidence[], population: readonly number[], featureCount = FEATURE_COUNT): TermTable {
  const capacity = evidence.length * 2;
  const size = featureCount + 1;
  const table: TermTable = {
    size,
    population,
    ids: [],
    directions: new Float64Array(capacity * size),
    offsets: new Float64Array(capacity),
    weights: new Float64Array(capacity),
    tied: new Uint8Array(capacity),
  };
  for (const item of evidence) if (item.weight !== 0) addPick(table, item);
  return table;
}

function addPick(table: TermTable, item: Evidence): void {
  checkEvidence(table, item);
  switch (item.outcome) {
    case 'win':
      // A single response that "won" can only have beaten the user's threshold.
      return item.rejected === null ? addThreshold(table, item, item.chosen, 1) : addContrast(table, item, item.rejected, false);
    case 'tie':
      return item.rejected === null ? undefined : addContrast(table, item, item.rejected, true);
    case 'both_good':
      return addBoth(table, item, 1);
    case 'both_bad':
      return addBoth(table, item, -1);
    default:
      return unreachable(item.outcome);
  }
}

function addContrast(table: TermTable, item: Evidence, rejected: ScoredResponse, tied: boolean): void {
  const at = addTerm(table, item, utilityOf(table, item.chosen) - utilityOf(table, rejected), tied);
  for (let i = 0; i < table.size - 1; i++) table.directions[at + i] = item.chosen.features[i]! - rejected.features[i]!;
}

function addBoth(table: TermTable, item: Evidence, sign: 1 | -1): void {
  addThreshold(table, item, item.chosen, sign);
  if (item.rejected !== null) addThreshold(table, item, item.rejected, sign);
}

/** The response is better (sign 1) or worse (−1) than the threshold. */
function addThreshold(table: TermTable, item: Evidence, response: ScoredResponse, sign: 1 | -1): void {
  const at = addTerm(table, item, sign * utilityOf(table, response), false);
  for (let i = 0; i < table.size - 1; i++) table.directions[at + i] = sign * response.features[i]!;
  table.directions[at + table.size - 1] = -sign;
}

function utilityOf({ population }: TermTable, { features }: ScoredResponse): number {
  return dot(population, features);
}

/** Where the new term's direction starts. */
function addTerm(table: TermTable, item: Evidence, offset: number, tied: boolean): number {
  const t = table.ids.length;
  table.ids.push(item.preferenceId);
  table.offsets[t] = offset;
  table.weights[t] = item.weight;
  table.tied[t] = tied ? 1 : 0;
  return t * table.size;
}

function checkEvidence(table: TermTable, item: Evidence): void {
  if (!(item.weight > 0) || item.weight === Infinity) throw new RangeError(`Weight ${item.weight} of pick ${item.preferenceId}`);
  checkResponse(table, item, item.chosen);
  if (item.rejected !== null) checkResponse(table, item, item.rejected);
}

function checkResponse({ size }: TermTable, item: Evidence, response: ScoredResponse): void {
  let sum = 0;
  for (let i = 0; i < response.features.length; i++) sum += response.features[i]!;
  if (response.features.length !== size - 1 || !Number.isFinite(sum)) {
    throw new RangeError(`Pick ${item.preferenceId} needs ${size - 1} finite features`);
  }
}

export function sigmoid(u: number): number {
  return u >= 0 ? 1 / (1 + Math.exp(-u)) : 1 - 1 / (1 + Math.exp(u));
}

/** P(win) at a margin known exactly: Thurstone's choice (1927, case V) under the mixture of noises. */
export function winProbabilityAt(margin: number, { share, variance }: PickNoise): number {
  let p = 0;
  for (let k = 0; k < share.length; k++) p += share[k]! * normalCdf(margin / Math.sqrt(variance[k]!));
  return p;
}

/** Of log Z, Z = P(what the user did) when the margin is N(mean, variance): its value, slope d/dmean and curvature −d²/dmean². */
export interface Tilt {
  readonly logZ: number;
  readonly slope: number;
  readonly curvature: number;
}

const LEAST_Z = 1e-280;
/** A site never takes more than all but this share of a margin's variance. */
const LEAST_LEFT = 1e-3;

/** The Gaussian N(information / precision, 1 / precision) on x_t · z that stands for one term. */
export interface Site {
  readonly precision: number;
  readonly information: number;
}

/** The site of a term whose x_t · z is N(mean, variance) before it, raised to the power of the term's weight (Minka 2004, "Power EP"). */
export function siteOf(table: TermTable, t: number, mean: number, variance: number, model: OutcomeModel): Site {
  const { slope, curvature } = tiltOf(table, t, mean + table.offsets[t]!, variance, model);
  const bend = Math.max(0, curvature);
  const scale = table.weights[t]! / Math.max(1 - variance * bend, LEAST_LEFT);
  return { precision: scale * bend, information: scale * (slope + bend * mean) };
}

/**
 * What one term says about its margin when that is N(mean, variance) before it: the moments from which expectation propagation takes its
 * update. Wins and thresholds are probit choices; a tie is Davidson's (1970). The term's weight is not in it.
 */
export function tiltOf(table: TermTable, t: number, mean: number, variance: number, model: OutcomeModel): Tilt {
  return table.tied[t] === 1 ? tiltOfTie(mean, variance, model) : tiltOfWin(mean, variance, model.pickNoise);
}

function tiltOfWin(mean: number, variance: number, { share, variance: noise }: PickNoise): Tilt {
  let z = 0;
  let first = 0;
  let second = 0;
  let widest = 0;
  for (let k = 0; k < share.length; k++) {
    const total = variance + noise[k]!;
    const sd = Math.sqrt(total);
    const x = mean / sd;
    const density = share[k]! * normalDensity(x);
    z += share[k]! * normalCdf(x);
    first += density / sd;
    second -= (density * x) / total;
    widest = Math.max(widest, total);
  }
  // So far out that nothing is left to divide by: the tail of the widest noise.
  if (!(z > LEAST_Z)) return { logZ: (-mean * mean) / (2 * widest), slope: -mean / widest, curvature: 1 / widest };
  const slope = first / z;
  return { logZ: Math.log(z), slope, curvature: slope * slope - second / z };
}

/** Integrated on ±5 standard deviations of the margin. A logistic slope of 1.702 / sd is the probit choice's (Johnson & Kotz). */
function tiltOfTie(mean: number, variance: number, { tieNu, pickNoise }: OutcomeModel): Tilt {
  const noise = pickNoise.share.reduce((sum, share, k) => sum + share * Math.sqrt(pickNoise.variance[k]!), 0);
  const sd = Math.sqrt(variance);
  let [total, z, first, second] = [0, 0, 0, 0];
  for (let x = -5; x <= 5.0001; x += 0.25) {
    const mass = Math.exp((-x * x) / 2);
    const p = mass * Math.exp(logTie(((mean + sd * x) * 1.702) / noise, tieNu));
    total += mass;
    z += p;
    first += p * x;
    second += p * (x * x - 1);
  }
  const slope = first / (z * sd);
  return { logZ: Math.log(z / total), slope, curvature: slope * slope - second / (z * variance) };
}

/** Davidson (1970): log P(tie) = log ν − log(e^{u/2} + e^{−u/2} + ν). */
export function logTie(u: number, nu: number): number {
  const half = Math.abs(u) / 2;
  return Math.log(nu) - half - Math.log1p(Math.exp(-2 * half) + nu * Math.exp(-half));
}

/** Entropy of a yes–no outcome, nats. */
export function binaryEntropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}
