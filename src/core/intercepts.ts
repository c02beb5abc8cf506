import { FEATURE_COUNT } from './dimensions';
import type { Evidence } from './likelihood';
import { extendDiagonally } from './linear-algebra';
import type { JudgedResponse, PreferencePair } from './preference';
import type { Candidate } from './routing';
import type { UserPrior } from './user-embedding';

/**
 * Random intercepts of one person's LLMs: how its answers fare with them beyond what their features say. Only for LLMs whose quality was never judged:
 * there the prediction may be far off, and picks are the only ones to tell. Each is one more weight, fitted beside the user embedding, on a
 * feature that is 1 for its LLM's responses (a mixed-effects model; Bates et al. 2015, doi 10.18637/jss.v067.i01).
 */
export interface Intercepts {
  /** L LLMs, in the order of their weights after the `[20]` of the user embedding. */
  readonly modelIds: readonly string[];
  /** Prior variance of each, squared units of the score. */
  readonly variance: number;
}

/** More would make the fit after a pick slow: its time grows with the square of their number. */
const MOST = 24;

/** Those of the candidates that were picked or passed over, of others nothing is known; of too many those met most often. */
export function interceptsOf(candidates: readonly Candidate[], picks: readonly PreferencePair[], variance: number): Intercepts {
  const met = new Map<string, number>();
  for (const { chosen, rejected } of picks) {
    for (const response of [chosen, rejected]) if (response !== null) met.set(response.modelId, (met.get(response.modelId) ?? 0) + 1);
  }
  const times = (id: string) => met.get(id) ?? 0;
  const eligible = candidates.flatMap(({ card, fingerprint }) => (times(card.id) > 0 && fingerprint?.judged !== true ? [card.id] : []));
  return { modelIds: eligible.toSorted((a, b) => times(b) - times(a)).slice(0, MOST), variance };
}

/** `[20]` → `[20 + L]` */
export function featuresWithIntercepts(features: ArrayLike<number>, modelId: string, { modelIds }: Intercepts): number[] {
  return [...Array.from(features), ...modelIds.map((id) => (id === modelId ? 1 : 0))];
}

/** The prior of the user embedding, and beside it the intercepts', independent of it and of each other. */
export function priorWithIntercepts(prior: UserPrior, { modelIds, variance }: Intercepts): UserPrior {
  return {
    mean: [...Array.from(prior.mean), ...modelIds.map(() => 0)],
    covariance: extendDiagonally(prior.covariance, FEATURE_COUNT, modelIds.map(() => variance)),
    mixtures: prior.mixtures,
    shared: prior.shared,
  };
}

/** The same evidence about `[20 + L]` features; `picks` are those it was made of. */
export function evidenceWithIntercepts(evidence: readonly Evidence[], picks: readonly PreferencePair[], intercepts: Intercepts): readonly Evidence[] {
  if (intercepts.modelIds.length === 0) return evidence;
  const widened = ({ modelId, features }: JudgedResponse) => ({ features: featuresWithIntercepts(features, modelId, intercepts) });
  return evidence.map((item, i) => {
    const { chosen, rejected } = picks[i]!;
    return { ...item, chosen: widened(chosen), rejected: rejected === null ? null : widened(rejected) };
  });
}
