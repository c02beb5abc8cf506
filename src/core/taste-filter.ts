import type { OutcomeModel, TermTable } from './likelihood';
import { siteOf, tiltOf } from './likelihood';
import { addOuter, addScaled, cholesky, dot, multiplyVector, solveCholesky } from './linear-algebra';
import type { FullPrior } from './user-embedding';

/**
 * A Gaussian belief about the user embedding that takes picks one at a time: each likelihood term is replaced by the
 * Gaussian that matches its moments under the belief before it (assumed-density filtering, one pass of the batch fit). Less exact than
 * that and hundreds of times cheaper, so that a whole log can be replayed under several hypotheses.
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
      const variance = dot(direction, multiplyVector(this.covariance, direction));
      loss -= outcome.weights[t]! * tiltOf(outcome, t, dot(direction, this.mean) + outcome.offsets[t]!, variance, this.outcomeModel).logZ;
    }
    return loss;
  }

  learn(outcome: TermTable): void {
    for (let t = 0; t < outcome.ids.length; t++) {
      const direction = directionOf(outcome, t);
      const gain = multiplyVector(this.covariance, direction);
      const [margin, variance] = [dot(direction, this.mean), dot(direction, gain)];
      const site = siteOf(outcome, t, margin, variance, this.outcomeModel);
      const left = 1 + site.precision * variance;
      const step = (site.information - site.precision * margin) / left;
      for (let i = 0; i < gain.length; i++) this.mean[i] = this.mean[i]! + step * gain[i]!;
      addOuter(this.covariance, gain, -site.precision / left);
    }
  }
}

/** Fades all earlier terms by 2^(−1 / halfLife) a pick, towards the prior. Information form, since fading is linear there. */
export class FadingFilter implements TasteFilter {
  private mean: Float64Array;
  private factor: Float64Array;
  /** Precision and information vector in excess of the prior's. */
  private readonly precision: Float64Array;
  private readonly information: Float64Array;
  private readonly priorInformation: Float64Array;
  private readonly fade: number;

  constructor(private readonly prior: FullPrior, private readonly outcomeModel: OutcomeModel, halfLife: number) {
    this.mean = prior.mean.slice();
    this.precision = new Float64Array(prior.precision.length);
    this.information = new Float64Array(prior.mean.length);
    this.factor = requireFactor(prior.precision, prior.mean.length);
    this.priorInformation = multiplyVector(prior.precision, prior.mean);
    this.fade = 2 ** (-1 / halfLife);
  }

  loss(outcome: TermTable): number {
    let loss = 0;
    for (let t = 0; t < outcome.ids.length; t++) {
      const direction = directionOf(outcome, t);
      loss -= outcome.weights[t]! * tiltOf(outcome, t, dot(direction, this.mean) + outcome.offsets[t]!, dot(direction, solveCholesky(this.factor, direction)), this.outcomeModel).logZ;
    }
    return loss;
  }

  learn(outcome: TermTable): void {
    scaleInPlace(this.precision, this.fade);
    scaleInPlace(this.information, this.fade);
    for (let t = 0; t < outcome.ids.length; t++) this.addTerm(outcome, t);
    this.factor = requireFactor(addScaled(this.prior.precision, this.precision, 1), this.prior.mean.length);
    this.mean = solveCholesky(this.factor, addScaled(this.priorInformation, this.information, 1));
  }

  private addTerm(outcome: TermTable, t: number): void {
    const direction = directionOf(outcome, t);
    const variance = dot(direction, solveCholesky(this.factor, direction));
    const site = siteOf(outcome, t, dot(direction, this.mean), variance, this.outcomeModel);
    for (let i = 0; i < direction.length; i++) this.information[i] = this.information[i]! + site.information * direction[i]!;
    addOuter(this.precision, direction, site.precision);
  }
}

function directionOf(outcome: TermTable, t: number): Float64Array {
  return outcome.directions.subarray(t * outcome.size, (t + 1) * outcome.size);
}

function scaleInPlace(values: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale;
}

function requireFactor(precision: Float64Array, size: number): Float64Array {
  const factor = cholesky(precision, size);
  if (factor === null) throw new RangeError('The precision of the user embedding is not positive definite');
  return factor;
}
