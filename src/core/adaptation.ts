import type { AdaptationState, DriftState } from './adaptation-state';
import { FEATURE_COUNT } from './dimensions';
import { DriftWatch, NO_DRIFT, decayWeights } from './drift';
import type { OutcomeModel } from './likelihood';
import type { PreferencePair } from './preference';
import type { Posterior, UserPrior } from './user-embedding';
import { evidenceFromPicks, fitUserEmbedding } from './user-embedding';

/** Before any pick: the prior itself. */
export function initialAdaptation(prior: UserPrior, artifactVersion: string): AdaptationState {
  return {
    schemaVersion: 1,
    artifactVersion,
    userEmbedding: Array.from(prior.mean),
    covariance: Array.from(prior.covariance),
    lastAppliedId: null,
    appliedCount: 0,
    drift: NO_DRIFT,
  };
}

export interface AdaptInput {
  /** Null starts from the prior. */
  readonly state: AdaptationState | null;
  /** Oldest first, undone ones left out. */
  readonly picks: readonly PreferencePair[];
  /** `[picks]` as the graph gave it; null = all alike. */
  readonly relevance: ArrayLike<number> | null;
  readonly prior: UserPrior;
  readonly outcomeModel: OutcomeModel;
  readonly artifactVersion: string;
}

/**
 * The state after all of `picks`: a replay of the log, so applying it twice equals applying it once, and undoing a pick is adapting
 * without it. A state that already holds exactly this log is returned as it is. Of another state only the user's dismissal of a
 * drift alarm is kept. `watch` saves the replay of the drift model when it has seen the beginning of this log; it changes nothing else.
 * @throws RangeError on evidence that is not finite or of the wrong size.
 */
export function adapt(input: AdaptInput, watch?: DriftWatch): AdaptationState {
  const { state, picks, prior, outcomeModel, artifactVersion } = input;
  if (state !== null && isApplied(state, picks, artifactVersion)) return state;
  const drift = driftAfter(input, watch);
  const evidence = evidenceFromPicks(picks, decayWeights(picks, drift), input.relevance);
  return stateAfter(picks, drift, fitUserEmbedding({ prior, evidence, outcomeModel }), artifactVersion);
}

/** The drift part of `adapt`: what the picks say of changes of taste. */
export function driftAfter({ state, picks, prior, outcomeModel }: Pick<AdaptInput, 'state' | 'picks' | 'prior' | 'outcomeModel'>, watch?: DriftWatch): DriftState {
  const dismissedPickId = state?.drift.dismissedPickId ?? null;
  const follow = watch?.continues(picks, dismissedPickId) === true ? watch : new DriftWatch({ prior, outcomeModel }, dismissedPickId);
  return follow.catchUp(picks);
}

/** What has been learned from `picks`, as the value that is kept. */
export function stateAfter(picks: readonly PreferencePair[], drift: DriftState, posterior: Posterior, artifactVersion: string): AdaptationState {
  return {
    schemaVersion: 1,
    artifactVersion,
    ...userPart(posterior),
    lastAppliedId: picks.at(-1)?.id ?? null,
    appliedCount: picks.length,
    drift,
  };
}

function isApplied(state: AdaptationState, picks: readonly PreferencePair[], artifactVersion: string): boolean {
  return picks.length > 0 && state.lastAppliedId === picks.at(-1)?.id && state.appliedCount === picks.length && state.artifactVersion === artifactVersion;
}

/**
 * z and its covariance, without the intercepts and the threshold τ that are fitted beside it. What this person shares with most is in it: whoever always picks the
 * longer answer likes longer answers, however many others do too.
 */
function userPart(posterior: Posterior): Pick<AdaptationState, 'userEmbedding' | 'covariance'> {
  const covariance = Array.from({ length: FEATURE_COUNT * FEATURE_COUNT }, (_, at) =>
    posterior.covariance[Math.floor(at / FEATURE_COUNT) * posterior.size + (at % FEATURE_COUNT)]!);
  return { userEmbedding: Array.from(posterior.mean.subarray(0, FEATURE_COUNT)), covariance };
}

/**
 * Undo of a drift alarm ("my taste did not change"): the next `adapt` replays the log without any alarm up to now.
 * The user embedding stays as it is until then.
 */
export function dismissChange(state: AdaptationState): AdaptationState {
  return {
    ...state,
    lastAppliedId: null,
    appliedCount: 0,
    drift: { ...NO_DRIFT, dismissedPickId: state.lastAppliedId ?? state.drift.dismissedPickId },
  };
}

export type { Posterior, UserPrior } from './user-embedding';
export type { Evidence, OutcomeModel } from './likelihood';
