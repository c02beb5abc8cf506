import { FEATURE_COUNT } from './dimensions';
import type { Outcome } from './preference';
import { unreachable } from './result';

/** Size of the fitted vector: the user embedding z with the "good enough" threshold τ appended. */
export const FITTED_SIZE = FEATURE_COUNT + 1;

/** Davidson's tie parameter and the prior of the threshold τ. */
export interface OutcomeModel {
  readonly tieNu: number;
  readonly tauMean: number;
  readonly tauVariance: number;
}

/** A response with score s = blindUtility + z · features. */
export interface ScoredResponse {
  /** `[20]` */
  readonly features: ArrayLike<number>;
  readonly blindUtility: number;
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
  readonly ids: string[];
  readonly directions: Float64Array;
  readonly offsets: Float64Array;
  readonly weights: Float64Array;
  readonly tied: Uint8Array;
}

/**
 * Lays evidence out as terms whose log likelihood is concave in z.
 * @throws RangeError on a negative weight, or on features of the wrong size or not finite.
 */
export function tabulate(evidence: readonly Evidence[]): TermTable {
  const capacity = evidence.length * 2;
  const table: TermTable = {
    ids: [],
    directions: new Float64Array(capacity * FITTED_SIZE),
    offsets: new Float64Array(capacity),
    weights: new Float64Array(capacity),
    tied: new Uint8Array(capacity),
  };
  for (const item of evidence) if (item.weight !== 0) addPick(table, item);
  return table;
}

function addPick(table: TermTable, item: Evidence): void {
  checkEvidence(item);
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
  const at = addTerm(table, item, item.chosen.blindUtility - rejected.blindUtility, tied);
  for (let i = 0; i < FEATURE_COUNT; i++) table.directions[at + i] = item.chosen.features[i]! - rejected.features[i]!;
}

function addBoth(table: TermTable, item: Evidence, sign: 1 | -1): void {
  addThreshold(table, item, item.chosen, sign);
  if (item.rejected !== null) addThreshold(table, item, item.rejected, sign);
}

/** log σ(sign · (s − τ)) */
function addThreshold(table: TermTable, item: Evidence, response: ScoredResponse, sign: 1 | -1): void {
  const at = addTerm(table, item, sign * response.blindUtility, false);
  for (let i = 0; i < FEATURE_COUNT; i++) table.directions[at + i] = sign * response.features[i]!;
  table.directions[at + FEATURE_COUNT] = -sign;
}

/** Where the new term's direction starts. */
function addTerm(table: TermTable, item: Evidence, offset: number, tied: boolean): number {
  const t = table.ids.length;
  table.ids.push(item.preferenceId);
  table.offsets[t] = offset;
  table.weights[t] = item.weight;
  table.tied[t] = tied ? 1 : 0;
  return t * FITTED_SIZE;
}

function checkEvidence(item: Evidence): void {
  if (!(item.weight > 0) || item.weight === Infinity) throw new RangeError(`Weight ${item.weight} of pick ${item.preferenceId}`);
  checkResponse(item, item.chosen);
  if (item.rejected !== null) checkResponse(item, item.rejected);
}

function checkResponse(item: Evidence, response: ScoredResponse): void {
  let sum = response.blindUtility;
  for (let i = 0; i < response.features.length; i++) sum += response.features[i]!;
  if (response.features.length !== FEATURE_COUNT || !Number.isFinite(sum)) {
    throw new RangeError(`Pick ${item.preferenceId} needs ${FEATURE_COUNT} finite features and a finite utility`);
  }
}

/** u_t = offset_t + x_t · z */
export function marginOf(table: TermTable, t: number, z: Float64Array): number {
  let u = table.offsets[t]!;
  const at = t * FITTED_SIZE;
  for (let i = 0; i < FITTED_SIZE; i++) u += table.directions[at + i]! * z[i]!;
  return u;
}

/** log σ(u), without overflow. */
export function logSigmoid(u: number): number {
  return u > 0 ? -Math.log1p(Math.exp(-u)) : u - Math.log1p(Math.exp(u));
}

export function sigmoid(u: number): number {
  return u >= 0 ? 1 / (1 + Math.exp(-u)) : 1 - 1 / (1 + Math.exp(u));
}

/** d log σ(u) / du and −d² log σ(u) / du². */
export function winSlope(u: number): { slope: number; curvature: number } {
  const p = sigmoid(u);
  return { slope: sigmoid(-u), curvature: p * (1 - p) };
}

/** Davidson (1970): log P(tie) = log ν − log(e^{u/2} + e^{−u/2} + ν). */
export function logTie(u: number, nu: number): number {
  const half = Math.abs(u) / 2;
  return Math.log(nu) - half - Math.log1p(Math.exp(-2 * half) + nu * Math.exp(-half));
}

/** d log P(tie) / du and −d² log P(tie) / du². */
export function tieSlope(u: number, nu: number): { slope: number; curvature: number } {
  // Scaled by e^{−|u|/2}, so that nothing overflows.
  const small = Math.exp(-Math.abs(u) / 2);
  const total = 1 + small * small + nu * small;
  const slope = (-Math.sign(u) * (1 - small * small)) / (2 * total);
  return { slope, curvature: (1 + small * small) / (4 * total) - slope * slope };
}

/** Entropy of a yes–no outcome, nats. */
export function binaryEntropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}
