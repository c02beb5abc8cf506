import { AXIS_COUNT, FEATURE_COUNT, axisIndex } from './dimensions';
import type { RouterArtifact } from './manifest';
import type { UserPrior } from './user-embedding';
import type { Candidate, ExcludedCandidate, ExclusionReason, ExplicitUtility, ModelCard, RoutingConstraints, SpeedClass } from './routing';
import { connectionIdOf, EXCLUSION_REASONS, LONG_CONTEXT_TOKENS } from './routing';

/** A slider at its end weighs this many times an ordinary person's weight on one axis. */
const WISH_STRENGTH = 4;

const SPEED: Readonly<Record<SpeedClass, number>> = { fast: 1, medium: 0, slow: -1 };

/** What a candidate's response is expected to take. */
export interface Expectation {
  /** Prompt, context and response. */
  readonly totalTokens: number;
  /** US dollars; null when the price is unknown, 0 for a local model. */
  readonly costUsd: number | null;
}

/** Explicit wishes in the units of the score. */
export interface Wish {
  /** `[20]` added to the user embedding. */
  readonly shift: Float64Array;
  /** Score per step of speed class; latency is no learned axis, since no training data has it. */
  readonly speed: number;
}

/**
 * The sliders as a shift of the user embedding's mean. The shift is relative to what training users weigh, so that a full slider means the same
 * whatever the scale of the router's scores, and it is added after the fit: the prior mean of what is *wanted* moves, while past picks
 * stay evidence of taste and neither absorb nor undo the wish.
 */
export function wishFromUtility(utility: ExplicitUtility, router: RouterArtifact): Wish {
  const unit = WISH_STRENGTH * typicalAxisWeight(router);
  const shift = new Float64Array(FEATURE_COUNT);
  shift[axisIndex('economy')] = unit * clampSlider(utility.economy);
  shift[axisIndex('length')] = unit * clampSlider(utility.length);
  shift[axisIndex('quality')] = unit * clampSlider(utility.quality);
  return { shift, speed: unit * clampSlider(utility.speed) };
}

/** The prior with its mean moved by the wish. */
export function applyExplicitUtility(prior: UserPrior, wish: Wish): UserPrior {
  return { ...prior, mean: Float64Array.from(prior.mean, (mean, i) => mean + wish.shift[i]!) };
}

/** Score that a wish for speed gives a model; an unknown speed counts as medium. */
export function speedScore(card: ModelCard, wish: Wish): number {
  return card.speed === null ? 0 : wish.speed * SPEED[card.speed];
}

/** Root mean square weight that training users put on a named axis. */
function typicalAxisWeight(router: RouterArtifact): number {
  let sum = 0;
  for (let axis = 0; axis < AXIS_COUNT; axis++) {
    sum += router.populationMean[axis]! ** 2 + router.populationCovariance[axis * FEATURE_COUNT + axis]!;
  }
  return Math.sqrt(sum / AXIS_COUNT);
}

/** A slider that is not a number is no wish. */
function clampSlider(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}

/**
 * Hard limits, applied before any learned score. `expectations` is aligned with `candidates`. A model whose price is unknown does not
 * qualify under a price cap, nor one of unknown abilities under a rule that asks for them; one whose context window is unknown is given
 * the benefit of the doubt for the conversation at hand.
 */
export function applyConstraints(
  candidates: readonly Pick<Candidate, 'card'>[],
  constraints: RoutingConstraints,
  expectations: readonly Expectation[],
): { readonly qualified: readonly number[]; readonly excluded: readonly ExcludedCandidate[] } {
  const qualified: number[] = [];
  const excluded: ExcludedCandidate[] = [];
  for (const [index, { card }] of candidates.entries()) {
    const reasons = EXCLUSION_REASONS.filter((reason) => breaks(reason, card, constraints, expectations[index]!));
    const reason = reasons[0];
    if (reason === undefined) qualified.push(index);
    else excluded.push({ modelId: card.id, reason, reasons });
  }
  return { qualified, excluded };
}

function breaks(reason: ExclusionReason, card: ModelCard, constraints: RoutingConstraints, expected: Expectation): boolean {
  switch (reason) {
    case 'switched_off':
      return constraints.excludedModelIds.includes(card.id);
    case 'not_local':
      return constraints.localOnly && !card.local;
    case 'other_provider':
      return constraints.connectionIds !== null && !isAmong(constraints.connectionIds, card);
    case 'budget_spent':
      return isAmong(constraints.spentConnectionIds, card);
    case 'too_expensive':
      return constraints.maxCostUsd !== null && (expected.costUsd === null || expected.costUsd > constraints.maxCostUsd);
    case 'context_too_small':
      return card.contextTokens !== null && Math.max(constraints.requiredContextTokens, expected.totalTokens) > card.contextTokens;
    case 'missing_modality':
      return constraints.requiredModalities.some((modality) => !card.modalities.includes(modality));
    case 'no_vision':
      return constraints.vision && !card.modalities.includes('image');
    case 'short_context':
      return constraints.longContext && (card.contextTokens === null || card.contextTokens < LONG_CONTEXT_TOKENS);
    case 'no_tools':
      return constraints.tools && card.tools !== true;
  }
}

function isAmong(connectionIds: readonly string[], card: ModelCard): boolean {
  const connectionId = connectionIdOf(card.id);
  return connectionId !== null && connectionIds.includes(connectionId);
}

/**
 * What to relax when nothing qualifies: constraints that alone keep some model out, the one that keeps most out first. Where every model
 * breaks several, all that the nearest model breaks.
 */
export function relaxableConstraints(excluded: readonly ExcludedCandidate[]): readonly ExclusionReason[] {
  const blockedBy = (reason: ExclusionReason) => excluded.filter(({ reasons }) => reasons.length === 1 && reasons[0] === reason).length;
  const alone = EXCLUSION_REASONS.filter((reason) => blockedBy(reason) > 0).toSorted((a, b) => blockedBy(b) - blockedBy(a));
  if (alone.length > 0) return alone;
  return excluded.toSorted((a, b) => a.reasons.length - b.reasons.length)[0]?.reasons ?? [];
}
