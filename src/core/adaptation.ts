import type { AdaptationState } from './adaptation-state';
import { FEATURE_COUNT } from './dimensions';
import { NO_DRIFT, decayWeights, updateDrift } from './drift';
import { HISTORY_LIMIT } from './graph';
import type { OutcomeModel } from './likelihood';
import { FITTED_SIZE } from './likelihood';
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

/**
 * The state after all of `picks`. Only picks after `state.lastAppliedId` are taken into the drift model; applying a log twice
 * equals applying it once, and a state that does not fit the log (undone pick, other artifact, null) is replayed from the start,
 * with the same outcome. Past `HISTORY_LIMIT` picks the log is a sliding window: pass null after an undo there.
 * `picks` are oldest first, undone ones left out; `relevance` `[picks]` as the graph gave it, null = all alike.
 * @throws RangeError on evidence that is not finite or of the wrong size.
 */
export function adapt(input: {
  readonly state: AdaptationState | null;
  readonly picks: readonly PreferencePair[];
  readonly relevance: ArrayLike<number> | null;
  readonly prior: UserPrior;
  readonly outcomeModel: OutcomeModel;
  readonly artifactVersion: string;
}): AdaptationState {
  const { picks, prior, outcomeModel, artifactVersion } = input;
  const applied = appliedPrefix(input.state, picks, artifactVersion);
  const before = applied > 0 && input.state !== null ? input.state.drift : { ...NO_DRIFT, dismissedPickId: input.state?.drift.dismissedPickId ?? null };
  const drift = updateDrift(before, picks, applied, { prior, outcomeModel });
  const evidence = evidenceFromPicks(picks, decayWeights(picks, drift), input.relevance);
  const posterior = fitUserEmbedding({ prior, evidence, outcomeModel });
  return {
    schemaVersion: 1,
    artifactVersion,
    ...userPart(posterior),
    lastAppliedId: picks.at(-1)?.id ?? null,
    appliedCount: applied > 0 && input.state !== null ? input.state.appliedCount + picks.length - applied : picks.length,
    drift,
  };
}

/** How many leading picks `state` already holds; 0 when it has to be replayed. */
function appliedPrefix(state: AdaptationState | null, picks: readonly PreferencePair[], artifactVersion: string): number {
  if (state === null || state.lastAppliedId === null || state.artifactVersion !== artifactVersion) return 0;
  const applied = picks.findLastIndex((pick) => pick.id === state.lastAppliedId) + 1;
  return applied === state.appliedCount || picks.length >= HISTORY_LIMIT ? applied : 0;
}

/** z and its covariance, without the threshold τ. */
function userPart(posterior: Posterior): Pick<AdaptationState, 'userEmbedding' | 'covariance'> {
  const covariance = Array.from({ length: FEATURE_COUNT * FEATURE_COUNT }, (_, at) =>
    posterior.covariance[Math.floor(at / FEATURE_COUNT) * FITTED_SIZE + (at % FEATURE_COUNT)]!);
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
