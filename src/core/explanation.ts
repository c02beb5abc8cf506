import { AXIS_COUNT, AXIS_NAMES, FEATURE_COUNT } from './dimensions';
import { dot } from './linear-algebra';
import type { AxisReason, Explanation, PickReason } from './routing';
import type { Posterior } from './user-embedding';
import { attributeToPicks } from './user-embedding';
import type { Wish } from './utility';

/** Picks named one by one; a decision is stored with every turn and should stay small. */
const NAMED_PICKS = 20;

/** What the score of one candidate is made of. */
export interface ScoreParts {
  readonly modelId: string;
  /** `[D]`: 20, then one for each intercept */
  readonly features: ArrayLike<number>;
  readonly blindUtility: number;
  /** Score from an explicit wish for speed. */
  readonly speedScore: number;
}

export const NO_EXPLANATION: Explanation = {
  runnerUpId: null,
  margin: 0,
  axes: [],
  picks: [],
  otherPicks: { count: 0, contribution: 0 },
  priorContribution: 0,
};

/**
 * Why `chosen` scores above `runnerUp`. Both splits are identities, not estimates: by axis because the score is linear in the
 * features, by pick because z* − μ0 = Σ0 Σ w (d log P / dz) at the optimum.
 */
export function explain(posterior: Posterior, wish: Wish, chosen: ScoreParts, runnerUp: ScoreParts): Explanation {
  const difference = Float64Array.from(chosen.features, (value, i) => value - runnerUp.features[i]!);
  const common = chosen.blindUtility - runnerUp.blindUtility;
  const speed = chosen.speedScore - runnerUp.speedScore;
  const axes = axisReasons(posterior, wish, difference, common, speed);
  const picks = attributeToPicks(posterior, difference).toSorted(byShare);
  let priorContribution = common + speed;
  for (let i = 0; i < difference.length; i++) priorContribution += (posterior.priorMean[i]! + (wish.shift[i] ?? 0)) * difference[i]!;
  return {
    runnerUpId: runnerUp.modelId,
    margin: axes.reduce((sum, { contribution }) => sum + contribution, 0),
    axes,
    ...splitPicks(picks),
    priorContribution,
  };
}

function axisReasons(posterior: Posterior, wish: Wish, difference: Float64Array, common: number, speed: number): AxisReason[] {
  const share = (i: number) => (posterior.mean[i]! - posterior.sharedMean[i]! + (wish.shift[i] ?? 0)) * difference[i]!;
  const shares = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => share(from + i)).reduce((sum, value) => sum + value, 0);
  const named = AXIS_NAMES.map((axis, i) => ({ axis, contribution: share(i) }));
  const rest: AxisReason[] = [
    { axis: 'residual', contribution: shares(AXIS_COUNT, FEATURE_COUNT) },
    { axis: 'model', contribution: shares(FEATURE_COUNT, difference.length) },
    { axis: 'shared', contribution: common + dot(posterior.sharedMean, difference, difference.length) },
    { axis: 'speed', contribution: speed },
  ];
  return [...named, ...rest].toSorted(byShare);
}

function splitPicks(picks: readonly PickReason[]): Pick<Explanation, 'picks' | 'otherPicks'> {
  const others = picks.slice(NAMED_PICKS);
  return {
    picks: picks.slice(0, NAMED_PICKS),
    otherPicks: { count: others.length, contribution: others.reduce((sum, { contribution }) => sum + contribution, 0) },
  };
}

function byShare(a: { readonly contribution: number }, b: { readonly contribution: number }): number {
  return Math.abs(b.contribution) - Math.abs(a.contribution);
}
