import type { DriftState } from './adaptation-state';
import type { OutcomeModel, TermTable } from './likelihood';
import { FITTED_SIZE, binaryEntropy, logTie, tabulate } from './likelihood';
import type { PreferencePair } from './preference';
import type { Posterior, UserPrior } from './user-embedding';
import { evidenceFromPicks, fitUserEmbedding, pickProbability, predictMargin } from './user-embedding';

/** Half-lives tried, in picks; null = evidence never ages. */
export const HALF_LIFE_GRID: readonly (number | null)[] = [null, 10, 20, 40, 80, 160];

/** Nats by which a half-life must have predicted better than "never ages", so that noise alone does not age evidence. */
const HALF_LIFE_MARGIN = 1.5;
/** Prequential losses are themselves forgotten, so that an old stable spell does not outvote a recent change. */
const LOSS_HALF_LIFE_PICKS = 30;
/** CUSUM: slack per pick and alarm height, nats. */
const CUSUM_SLACK = 0.15;
const CUSUM_ALARM = 4;
/** What a pick from before a detected change still counts: its taste is a guess, not a fact. */
const BEFORE_CHANGE_WEIGHT = 0.05;
/** Picks a prediction looks back on, and the weight below which aged evidence is left out; both only bound the work. */
const LOOK_BACK = 256;
const NEGLIGIBLE_WEIGHT = 1 / 128;

export const NO_DRIFT: DriftState = {
  halfLifePicks: null,
  prequentialLoss: HALF_LIFE_GRID.map(() => 0),
  predictionCount: 0,
  cusum: 0,
  cusumSincePickId: null,
  changeAtPickId: null,
  dismissedPickId: null,
};

/** `[picks]` in (0, 1]: 2^(−age / h), age 0 for the newest, and little for what precedes a detected change. */
export function decayWeights(picks: readonly PreferencePair[], drift: DriftState): number[] {
  const change = drift.changeAtPickId === null ? 0 : Math.max(0, picks.findIndex((pick) => pick.id === drift.changeAtPickId));
  return picks.map((_, i) => ageWeight(picks.length - 1 - i, drift.halfLifePicks) * (i < change ? BEFORE_CHANGE_WEIGHT : 1));
}

/**
 * Takes picks `from` … end into the drift state: each is first predicted from those before it under every half-life
 * (prequential log loss; Dawid 1984), then learned. A one-sided CUSUM (Page 1954) of the surprise under the current
 * weighting (loss − its expectation) raises an alarm when taste jumps.
 * `picks` are oldest first; `state` must be the state after picks 0 … from − 1.
 */
export function updateDrift(
  state: DriftState,
  picks: readonly PreferencePair[],
  from: number,
  model: DriftModel,
): DriftState {
  let drift = state;
  const starts: (Float64Array | undefined)[] = HALF_LIFE_GRID.map(() => undefined);
  for (let t = from; t < picks.length; t++) drift = takePick(drift, picks, t, model, starts);
  return drift;
}

type DriftModel = { readonly prior: UserPrior; readonly outcomeModel: OutcomeModel };

/** `starts` carries the last optimum of every half-life, so that the next fit needs one or two Newton steps. */
function takePick(drift: DriftState, picks: readonly PreferencePair[], t: number, model: DriftModel, starts: (Float64Array | undefined)[]): DriftState {
  const pick = picks[t]!;
  const past = picks.slice(Math.max(0, t - LOOK_BACK), t);
  const outcome = tabulate(evidenceFromPicks([pick], null, null));
  const forgetting = ageWeight(1, LOSS_HALF_LIFE_PICKS);
  const surprises = HALF_LIFE_GRID.map((halfLifePicks, h) => {
    const posterior = fitPast(past, { ...drift, halfLifePicks }, model, starts[h]);
    starts[h] = posterior.mean;
    return surpriseOf(posterior, outcome, model.outcomeModel.tieNu);
  });
  const current = surprises[HALF_LIFE_GRID.indexOf(drift.halfLifePicks)] ?? surprises[0]!;
  const prequentialLoss = surprises.map(({ loss }, h) => forgetting * (drift.prequentialLoss[h] ?? 0) + pick.weight * loss);
  const predicted = { ...drift, prequentialLoss, predictionCount: drift.predictionCount + 1, halfLifePicks: chooseHalfLife(prequentialLoss) };
  return watchForChange(predicted, picks, t, pick.weight * (current.loss - current.expected));
}

function fitPast(past: readonly PreferencePair[], drift: DriftState, model: DriftModel, start: Float64Array | undefined): Posterior {
  const decay = decayWeights(past, drift);
  const kept = past.map((_, i) => i).filter((i) => decay[i]! >= NEGLIGIBLE_WEIGHT);
  const evidence = evidenceFromPicks(kept.map((i) => past[i]!), kept.map((i) => decay[i]!), null);
  return fitUserEmbedding({ ...model, evidence, ...(start === undefined ? {} : { start }) });
}

/** −log P(what the user did), and what that loss was expected to be; ties are taken as exactly as surprising as expected. */
function surpriseOf(posterior: Posterior, outcome: TermTable, tieNu: number): { loss: number; expected: number } {
  let loss = 0;
  let expected = 0;
  for (let t = 0; t < outcome.ids.length; t++) {
    const direction = outcome.directions.subarray(t * FITTED_SIZE, (t + 1) * FITTED_SIZE);
    const margin = predictMargin(posterior, direction, outcome.offsets[t]!);
    if (outcome.tied[t] === 1) {
      const tieLoss = -logTie(margin.mean, tieNu);
      loss += tieLoss;
      expected += tieLoss;
    } else {
      const p = pickProbability(margin);
      loss -= Math.log(Math.max(p, 1e-12));
      expected += binaryEntropy(p);
    }
  }
  return { loss, expected };
}

function chooseHalfLife(loss: readonly number[]): number | null {
  const best = loss.indexOf(Math.min(...loss));
  return loss[0]! - loss[best]! > HALF_LIFE_MARGIN ? (HALF_LIFE_GRID[best] ?? null) : null;
}

function watchForChange(drift: DriftState, picks: readonly PreferencePair[], t: number, excess: number): DriftState {
  const dismissed = drift.dismissedPickId !== null && picks.findIndex((pick) => pick.id === drift.dismissedPickId) >= t;
  const cusum = dismissed ? 0 : Math.max(0, drift.cusum + excess - CUSUM_SLACK);
  if (cusum === 0) return { ...drift, cusum, cusumSincePickId: null };
  const cusumSincePickId = drift.cusumSincePickId ?? picks[t]!.id;
  if (cusum < CUSUM_ALARM) return { ...drift, cusum, cusumSincePickId };
  // The alarm explains the losses since the change, so ageing starts from a clean slate.
  return { ...drift, prequentialLoss: HALF_LIFE_GRID.map(() => 0), halfLifePicks: null, cusum: 0, cusumSincePickId: null, changeAtPickId: cusumSincePickId };
}

function ageWeight(age: number, halfLife: number | null): number {
  return halfLife === null ? 1 : 2 ** (-age / halfLife);
}
