import type { OutcomeModel, TermTable } from './likelihood';
import { FITTED_SIZE, logTie, marginOf, tieSlope, winSlope } from './likelihood';
import { addOuter, addScaled, cholesky, dot, multiplyVector, solveCholesky } from './linear-algebra';
import type { FullPrior } from './user-embedding';
import { pickProbability } from './user-embedding';

/**
 * A Gaussian belief about the user embedding that takes picks one at a time: each likelihood term is replaced by its second-order
 * expansion at the mean before it (an extended Kalman filter). Less exact than the batch fit and hundreds of times cheaper,
 * so that a whole log can be replayed under several hypotheses.
 */
export interface TasteFilter {
  /** −log P(what the user did), nats, by what was known before. */
  loss(outcome: TermTable): number;
  learn(outcome: TermTable): void;
}

/** Remembers for ever. Covariance form: a pick costs one rank-one update. */
export class LastingFilter implements TasteFilter {
  private readonly mean: Float64Array;
  private readonly covariance: Float64Array;

  constructor(prior: FullPrior, private readonly outcomeModel: OutcomeModel) {
    this.mean = prior.mean.slice();
    this.covariance = prior.covariance.slice();
  }

  loss(outcome: TermTable): number {
    let loss = 0;
    for (let t = 0; t < outcome.ids.length; t++) {
      const direction = directionOf(outcome, t);
      loss += termLoss(outcome, t, marginOf(outcome, t, this.mean), dot(direction, multiplyVector(this.covariance, direction)), this.outcomeModel);
    }
    return loss;
  }

  learn(outcome: TermTable): void {
    for (let t = 0; t < outcome.ids.length; t++) {
      const direction = directionOf(outcome, t);
      const gain = multiplyVector(this.covariance, direction);
      const { slope, curvature } = slopeOf(outcome, t, marginOf(outcome, t, this.mean), this.outcomeModel);
      const shrink = outcome.weights[t]! * curvature / (1 + outcome.weights[t]! * curvature * dot(direction, gain));
      const step = outcome.weights[t]! * slope * (1 - shrink * dot(direction, gain));
      for (let i = 0; i < gain.length; i++) this.mean[i] = this.mean[i]! + step * gain[i]!;
      addOuter(this.covariance, gain, -shrink);
    }
  }
}

/** Fades all earlier terms by 2^(−1 / halfLife) a pick, towards the prior. Information form, since fading is linear there. */
export class FadingFilter implements TasteFilter {
  private mean: Float64Array;
  private factor: Float64Array;
  /** Precision and information vector in excess of the prior's. */
  private readonly precision = new Float64Array(FITTED_SIZE * FITTED_SIZE);
  private readonly information = new Float64Array(FITTED_SIZE);
  private readonly priorInformation: Float64Array;
  private readonly fade: number;

  constructor(private readonly prior: FullPrior, private readonly outcomeModel: OutcomeModel, halfLife: number) {
    this.mean = prior.mean.slice();
    this.factor = requireFactor(prior.precision);
    this.priorInformation = multiplyVector(prior.precision, prior.mean);
    this.fade = 2 ** (-1 / halfLife);
  }

  loss(outcome: TermTable): number {
    let loss = 0;
    for (let t = 0; t < outcome.ids.length; t++) {
      const direction = directionOf(outcome, t);
      loss += termLoss(outcome, t, marginOf(outcome, t, this.mean), dot(direction, solveCholesky(this.factor, direction)), this.outcomeModel);
    }
    return loss;
  }

  learn(outcome: TermTable): void {
    scaleInPlace(this.precision, this.fade);
    scaleInPlace(this.information, this.fade);
    for (let t = 0; t < outcome.ids.length; t++) this.addTerm(outcome, t);
    this.factor = requireFactor(addScaled(this.prior.precision, this.precision, 1));
    this.mean = solveCholesky(this.factor, addScaled(this.priorInformation, this.information, 1));
  }

  private addTerm(outcome: TermTable, t: number): void {
    const direction = directionOf(outcome, t);
    const u = marginOf(outcome, t, this.mean);
    const { slope, curvature } = slopeOf(outcome, t, u, this.outcomeModel);
    const weight = outcome.weights[t]!;
    const target = weight * (slope + curvature * (u - outcome.offsets[t]!));
    for (let i = 0; i < direction.length; i++) this.information[i] = this.information[i]! + target * direction[i]!;
    addOuter(this.precision, direction, weight * curvature);
  }
}

function directionOf(outcome: TermTable, t: number): Float64Array {
  return outcome.directions.subarray(t * FITTED_SIZE, (t + 1) * FITTED_SIZE);
}

function slopeOf(outcome: TermTable, t: number, u: number, { tieNu }: OutcomeModel): { slope: number; curvature: number } {
  return outcome.tied[t] === 1 ? tieSlope(u, tieNu) : winSlope(u);
}

/** Weighted −log P of one term whose margin is N(mean, variance). */
function termLoss(outcome: TermTable, t: number, mean: number, variance: number, { tieNu }: OutcomeModel): number {
  const loss = outcome.tied[t] === 1 ? -logTie(mean, tieNu) : -Math.log(Math.max(pickProbability({ mean, variance: Math.max(0, variance) }), 1e-12));
  return outcome.weights[t]! * loss;
}

function scaleInPlace(values: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale;
}

function requireFactor(precision: Float64Array): Float64Array {
  const factor = cholesky(precision, FITTED_SIZE);
  if (factor === null) throw new RangeError('The precision of the user embedding is not positive definite');
  return factor;
}
