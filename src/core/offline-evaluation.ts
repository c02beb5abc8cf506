import type { Result } from './result';
import { err, ok } from './result';

/** Below this effective sample size an estimate would mislead, so none is given. */
export const LEAST_EFFECTIVE_SAMPLES = 20;

/** One logged decision with what came of it. */
export interface LoggedOutcome {
  /** Probability with which the logging policy took the logged action, in (0, 1]. */
  readonly propensity: number;
  /** Probability with which the policy under evaluation would take the same action, in [0, 1]. */
  readonly targetProbability: number;
  /** Observed reward of the logged action. */
  readonly reward: number;
}

/** The same with a reward model's predictions, for the doubly robust estimate. */
export interface ModelledOutcome extends LoggedOutcome {
  /** Predicted reward of the logged action. */
  readonly predictedReward: number;
  /** Predicted reward of the policy under evaluation: Σ_a π(a) r̂(a). */
  readonly predictedTargetReward: number;
}

export interface OfflineEstimate {
  /** Mean reward that the policy under evaluation would have earned. */
  readonly value: number;
  readonly standardError: number;
  /** Normal approximation. */
  readonly interval95: readonly [number, number];
  /** (Σ w)² / Σ w² (Kish 1965) */
  readonly effectiveSampleSize: number;
  readonly decisions: number;
}

export type OfflineFailure =
  | { readonly kind: 'too_few_samples'; readonly effectiveSampleSize: number; readonly required: number }
  | { readonly kind: 'invalid_log'; readonly detail: string };

/**
 * Self-normalised inverse propensity score (Swaminathan & Joachims 2015): Σ w r / Σ w with w = target probability ÷ propensity.
 * Refuses below an effective sample size of 20.
 */
export function estimateSnips(log: readonly LoggedOutcome[]): Result<OfflineEstimate, OfflineFailure> {
  const weights = importanceWeights(log);
  if (!weights.ok) return weights;
  const mean = weightedMean(log.map(({ reward }) => reward), weights.value);
  return ok(summarise(weights.value, mean, log.map(({ reward }, i) => weights.value[i]! * (reward - mean))));
}

/**
 * Self-normalised doubly robust estimate (Dudík, Langford & Li 2011): the reward model's prediction for the target policy plus the
 * weighted mean of its errors on the logged actions. Right when either the propensities or the model are. Refuses like `estimateSnips`.
 */
export function estimateDoublyRobust(log: readonly ModelledOutcome[]): Result<OfflineEstimate, OfflineFailure> {
  const weights = importanceWeights(log);
  if (!weights.ok) return weights;
  const bad = log.findIndex((entry) => !Number.isFinite(entry.predictedReward + entry.predictedTargetReward));
  if (bad >= 0) return err({ kind: 'invalid_log', detail: `Decision ${bad} has a prediction that is not a number` });
  const errors = log.map(({ reward, predictedReward }) => reward - predictedReward);
  const correction = weightedMean(errors, weights.value);
  const predicted = log.reduce((sum, entry) => sum + entry.predictedTargetReward, 0) / log.length;
  const meanWeight = sum(weights.value) / log.length;
  const influence = log.map((entry, i) => entry.predictedTargetReward - predicted + (weights.value[i]! * (errors[i]! - correction)) / meanWeight);
  return ok(summarise(weights.value, predicted + correction, influence.map((value) => value * meanWeight)));
}

function importanceWeights(log: readonly LoggedOutcome[]): Result<readonly number[], OfflineFailure> {
  const bad = log.findIndex((entry) => !isValid(entry));
  if (bad >= 0) return err({ kind: 'invalid_log', detail: `Decision ${bad} needs a propensity in (0, 1], a target probability in [0, 1] and a finite reward` });
  const weights = log.map(({ targetProbability, propensity }) => targetProbability / propensity);
  const effectiveSampleSize = effectiveSamples(weights);
  if (effectiveSampleSize < LEAST_EFFECTIVE_SAMPLES) return err({ kind: 'too_few_samples', effectiveSampleSize, required: LEAST_EFFECTIVE_SAMPLES });
  return ok(weights);
}

function isValid({ propensity, targetProbability, reward }: LoggedOutcome): boolean {
  return propensity > 0 && propensity <= 1 && targetProbability >= 0 && targetProbability <= 1 && Number.isFinite(reward);
}

function effectiveSamples(weights: readonly number[]): number {
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return squares === 0 ? 0 : sum(weights) ** 2 / squares;
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((total, value, i) => total + value * weights[i]!, 0) / sum(weights);
}

/** `deviations`: each decision's influence on Σ w · value; the standard error follows by the delta method. */
function summarise(weights: readonly number[], value: number, deviations: readonly number[]): OfflineEstimate {
  const standardError = Math.sqrt(deviations.reduce((total, deviation) => total + deviation * deviation, 0)) / sum(weights);
  return {
    value,
    standardError,
    interval95: [value - 1.96 * standardError, value + 1.96 * standardError],
    effectiveSampleSize: effectiveSamples(weights),
    decisions: weights.length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
