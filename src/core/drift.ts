import type { DriftState, SuspectedChange } from './adaptation-state';
import type { OutcomeModel, TermTable } from './likelihood';
import { tabulate } from './likelihood';
import type { PreferencePair } from './preference';
import type { TasteFilter } from './taste-filter';
import { FadingFilter, LastingFilter } from './taste-filter';
import type { FullPrior, UserPrior } from './user-embedding';
import { appendThreshold, evidenceFromPicks } from './user-embedding';

/** Half-lives tried, in picks; null = evidence never ages. */
const HALF_LIVES = [10, 20, 40, 80, 160] as const;
export const HALF_LIFE_GRID: readonly (number | null)[] = [null, ...HALF_LIVES];

/**
 * Change points weighed at a time, each pick being one. This and the thresholds below: chosen on 150 validation people (simulated)
 * with `npm run evaluate -- --protocol drift`, for a cost to steady tastes that cannot be told from none.
 */
const HYPOTHESES = 24;

/** Nats by which a half-life must have predicted better than "never ages", so that noise alone does not age evidence. */
const HALF_LIFE_MARGIN = 4;
/** Prequential losses are themselves forgotten, so that an old stable spell does not outvote a recent change. */
const LOSS_FADE = 2 ** (-1 / 30);
/** Prior odds of a change of taste just before a given pick. */
const HAZARD = 0.003;
/** Old picks count by this power of how much less probable it has become that taste is still theirs: being many, they outweigh new ones long after they should. */
const DOUBT_POWER = 2;
/** Probability of a change from which on it is taken as a fact. */
const ALARM_PROBABILITY = 0.97;
/** Probability of a change from which on older picks are set aside, until newer ones speak against the change again. */
const SUSPENSION_PROBABILITY = 0.75;
/** What a pick from before a change still counts: something of a taste always stays. */
const LEAST_WEIGHT = 0.01;

export const NO_DRIFT: DriftState = {
  halfLifePicks: null,
  prequentialLoss: HALF_LIFE_GRID.map(() => 0),
  predictionCount: 0,
  changes: [],
  changeAtPickId: null,
  dismissedPickId: null,
};

/**
 * `[picks]` in (0, 1]: 2^(−age / h), age 0 for the newest, times what doubt leaves of a pick: the probability that taste has not changed since,
 * by what was seen, against the same before anything was seen. A steady taste casts no doubt on its past.
 * `picks` are oldest first, as they were given to `detectDrift`, possibly with newer ones.
 */
export function decayWeights(picks: readonly PreferencePair[], drift: DriftState): number[] {
  const change = indexOfPick(picks, drift.changeAtPickId);
  const since = changedSince(picks, drift.changes);
  const before = changedSince(picks, unseen(drift.changes));
  return picks.map((_, i) => {
    const aged = drift.halfLifePicks === null ? 1 : 2 ** (-(picks.length - 1 - i) / drift.halfLifePicks);
    return aged * (i < change ? LEAST_WEIGHT : weightUnderDoubt(since[i]!, before[i]!));
  });
}

/** `[picks]` probability that taste has changed since each pick. */
function changedSince(picks: readonly PreferencePair[], changes: readonly SuspectedChange[]): number[] {
  const justBefore = new Map(changes.map(({ pickId, probability }) => [pickId, probability]));
  const since = new Array<number>(picks.length).fill(0);
  for (let i = picks.length - 2; i >= 0; i--) since[i] = since[i + 1]! + (justBefore.get(picks[i + 1]!.id) ?? 0);
  return since;
}

/** The same suspicions before anything was seen. */
function unseen(changes: readonly SuspectedChange[]): SuspectedChange[] {
  return changes.map(({ pickId }) => ({ pickId, probability: HAZARD / (1 + HAZARD * changes.length) }));
}

function weightUnderDoubt(changed: number, changedBefore: number): number {
  return changed > SUSPENSION_PROBABILITY ? LEAST_WEIGHT : Math.min(1, (1 - changed) / (1 - changedBefore)) ** DOUBT_POWER;
}

/** −1, "before every pick", when there is no such pick. */
function indexOfPick(picks: readonly PreferencePair[], id: string | null): number {
  return id === null ? -1 : picks.findIndex((pick) => pick.id === id);
}

/** Prior and tie model under which picks are predicted. */
export interface DriftModel {
  readonly prior: UserPrior;
  readonly outcomeModel: OutcomeModel;
}

/**
 * The drift state after a whole log: taste drifts gradually (then the half-life with the least prequential log loss; Dawid 1984) or at once
 * (Bayesian change-point detection after Adams & MacKay 2007, with one change at most: each recent pick may have been the first of a
 * belief that starts afresh; the alarm is raised when one of these has become nearly certain). Every pick is predicted before it is learned.
 * Pure: the same log gives the same state. `picks` are oldest first; alarms at or before `dismissedPickId` are ignored.
 * @throws RangeError on evidence of the wrong size or not finite.
 */
export function detectDrift(picks: readonly PreferencePair[], model: DriftModel, dismissedPickId: string | null = null): DriftState {
  return new DriftWatch(model, dismissedPickId).catchUp(picks);
}

/** The hypothesis that taste changed just before a pick: a belief that knows only the picks since. */
interface Change {
  readonly pickId: string;
  readonly belief: TasteFilter;
  /** Σ (loss of the lasting belief − loss of this one) since then, nats. */
  likelihoodRatio: number;
}

/** Follows a growing log. Keeping it between picks only saves the replay: the state is the same as `detectDrift` of the log. */
export class DriftWatch {
  private state: DriftState;
  private readonly taken: string[] = [];
  private readonly prior: FullPrior;
  private readonly outcomeModel: OutcomeModel;
  private readonly fading: readonly TasteFilter[];
  /** Knows every pick since the last accepted change. */
  private lasting: TasteFilter;
  private changes: Change[] = [];

  constructor(model: DriftModel, dismissedPickId: string | null = null) {
    const prior = appendThreshold(model.prior, model.outcomeModel);
    this.prior = prior;
    this.outcomeModel = model.outcomeModel;
    this.fading = HALF_LIVES.map((halfLife) => new FadingFilter(prior, model.outcomeModel, halfLife));
    this.lasting = new LastingFilter(prior, model.outcomeModel);
    this.state = { ...NO_DRIFT, dismissedPickId };
  }

  /** Whether `picks` only add to what was taken so far. */
  continues(picks: readonly PreferencePair[], dismissedPickId: string | null): boolean {
    return dismissedPickId === this.state.dismissedPickId && this.taken.length <= picks.length && this.taken.every((id, i) => picks[i]!.id === id);
  }

  /** @throws RangeError when the log is another one. */
  catchUp(picks: readonly PreferencePair[]): DriftState {
    if (!this.continues(picks, this.state.dismissedPickId)) throw new RangeError('The log does not continue what was taken so far');
    const dismissed = indexOfPick(picks, this.state.dismissedPickId);
    for (let i = this.taken.length; i < picks.length; i++) this.take(picks[i]!, i > dismissed);
    return this.state;
  }

  private take(pick: PreferencePair, mayAlarm: boolean): void {
    const outcome = tabulate(evidenceFromPicks([pick], null, null), this.outcomeModel.population);
    const losses = [this.lasting, ...this.fading].map((filter) => filter.loss(outcome));
    if (mayAlarm) this.weighChanges(pick, outcome, losses[0]!);
    for (const filter of [this.lasting, ...this.fading]) filter.learn(outcome);
    this.taken.push(pick.id);
    this.chooseHalfLife(losses);
    this.watchForChange();
  }

  private weighChanges(pick: PreferencePair, outcome: TermTable, lastingLoss: number): void {
    this.changes.push({ pickId: pick.id, belief: new LastingFilter(this.prior, this.outcomeModel), likelihoodRatio: 0 });
    for (const change of this.changes) {
      change.likelihoodRatio += lastingLoss - change.belief.loss(outcome);
      change.belief.learn(outcome);
    }
    if (this.changes.length > HYPOTHESES) this.changes.splice(leastLikely(this.changes.slice(0, HYPOTHESES / 2)), 1);
  }

  private chooseHalfLife(losses: readonly number[]): void {
    const prequentialLoss = losses.map((loss, h) => LOSS_FADE * this.state.prequentialLoss[h]! + loss);
    const best = prequentialLoss.indexOf(Math.min(...prequentialLoss));
    const halfLifePicks = prequentialLoss[0]! - prequentialLoss[best]! > HALF_LIFE_MARGIN ? HALF_LIFE_GRID[best]! : null;
    this.state = { ...this.state, prequentialLoss, halfLifePicks, predictionCount: this.state.predictionCount + 1 };
  }

  private watchForChange(): void {
    const odds = this.changes.map(({ likelihoodRatio }) => HAZARD * Math.exp(likelihoodRatio));
    const total = odds.reduce((sum, value) => sum + value, 1);
    this.state = { ...this.state, changes: this.changes.map(({ pickId }, i) => ({ pickId, probability: odds[i]! / total })) };
    if (1 / total < 1 - ALARM_PROBABILITY) this.acceptChange(this.changes[mostLikely(this.changes)]!);
  }

  /** The change explains the losses since, so the choice of the half-life starts from a clean slate. */
  private acceptChange(change: Change): void {
    this.lasting = change.belief;
    this.changes = [];
    this.state = { ...this.state, halfLifePicks: null, prequentialLoss: NO_DRIFT.prequentialLoss, changes: [], changeAtPickId: change.pickId };
  }
}

function mostLikely(changes: readonly Change[]): number {
  return changes.reduce((best, change, i) => (change.likelihoodRatio > (changes[best]?.likelihoodRatio ?? -Infinity) ? i : best), 0);
}

function leastLikely(changes: readonly Change[]): number {
  return changes.reduce((worst, change, i) => (change.likelihoodRatio < (changes[worst]?.likelihoodRatio ?? Infinity) ? i : worst), 0);
}
