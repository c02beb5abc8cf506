import type { OutcomeModel } from './likelihood';
import { binaryEntropy, winProbabilityAt } from './likelihood';
import { dot } from './linear-algebra';
import { normalCdf, normalDensity } from './normal';
import { createRandom, deriveSeed, sampleIndex } from './random';
import type { ComparisonBudget, RoutingPlan } from './routing';
import type { Posterior } from './user-embedding';
import { pickProbability, predictMargin } from './user-embedding';

/** Recorded with every decision, since logged propensities only mean something under the policy that made them. */
export const POLICY_VERSION = 'optimistic-duel-3';

/** Chosen on 150 validation people (simulated), for seen and unseen LLMs alike. */
const OPTIMISM = 0.8;
/** Ask only when the challenger has more than this probability of being the better one. */
export const ASK_ABOVE = 0.2;
/** How many of the last prompts are remembered, to tell a good occasion for a comparison from another. */
export const OCCASIONS = 16;
/** Of fewer prompts nothing can be told. */
const LEAST_OCCASIONS = 4;
/** Share of prompts that are good occasions. */
const OCCASION_SHARE = 0.25;
/** Temperature of the exploratory challenger's softmax, in units of the score. */
const EXPLORATION_TEMPERATURE = 1;
/** Temperature of the teaching pair's softmax, as a share of the largest information gain. */
const TEACHING_TEMPERATURE = 0.1;

/**
 * Standard deviations of optimism in the choice of the challenger: 0.8 √ln(2 + picks). It grows as in GP-UCB (Srinivas et al. 2010, arXiv 0912.3995):
 * while nearly everything is unknown, deviations say little about what is worth knowing, and a good rival is the better question.
 */
export function optimismAfter({ terms }: Pick<Posterior, 'terms'>): number {
  return OPTIMISM * Math.sqrt(Math.log(2 + terms.length));
}

/** A qualified candidate with its mean score. */
export interface Contender {
  readonly modelId: string;
  readonly score: number;
  /** `[D]`, as many as the posterior has weights */
  readonly features: ArrayLike<number>;
}

export interface ChosenPlan {
  readonly plan: Exclude<RoutingPlan, { kind: 'none' }>;
  /** Aligned with the contenders: P(the policy shows this model, alone or in a pair). */
  readonly propensities: readonly number[];
  /** What asking is worth, budget or not: E max(0, challenger − best), units of the score. Null without a challenger or when comparisons are off. */
  readonly gain: number | null;
}

/**
 * Shows the best contender, alone or beside a challenger. Challenger: argmax of μ_b − μ_a + optimism · sd; with probability ε drawn from a softmax of the
 * same instead. The pair is asked for when P(score_b > score_a) > 0.2 and the occasion is a good one, else only with probability ε, and never outside
 * the budget. A good occasion is among the best quarter of the last prompts by expected improvement, E max(0, score_b − score_a) (Mockus 1975): a person
 * answers few questions, so these are kept for the prompts where the answer matters most.
 * `contenders` are best first. Equal seeds give equal plans; the propensities are exact for this randomisation.
 * @throws RangeError without a contender.
 */
export function choosePlan(posterior: Posterior, contenders: readonly Contender[], budget: ComparisonBudget, seed: number): ChosenPlan {
  const best = contenders[0];
  if (best === undefined) throw new RangeError('A plan needs a contender');
  const alone = contenders.map((_, i) => (i === 0 ? 1 : 0));
  if (!budget.enabled || contenders.length === 1) return single(best, 1, alone, null);

  const epsilon = Math.min(1, Math.max(0, budget.epsilon));
  const challengers = challengerDistribution(posterior, best, contenders.slice(1), epsilon);
  if (budget.remaining <= 0) return single(best, 1, alone, challengers.gain);
  const asks = challengers.uncertain && isGoodOccasion(challengers.gain, budget.recentGains);
  const askProbability = asks ? 1 : epsilon;
  const propensities = [1, ...challengers.probabilities.map((p) => askProbability * p)];
  const random = createRandom(deriveSeed(seed, 'comparison'));
  if (random() >= askProbability) return single(best, 1 - askProbability, propensities, challengers.gain);
  const challenger = 1 + sampleIndex(challengers.probabilities, random);
  const other = contenders[challenger]!;
  const bestLeft = createRandom(deriveSeed(seed, 'side'))() < 0.5;
  return {
    plan: {
      kind: 'compare',
      modelIds: bestLeft ? [best.modelId, other.modelId] : [other.modelId, best.modelId],
      reason: asks ? 'uncertain' : 'exploration',
      propensity: propensities[challenger]!,
    },
    propensities,
    gain: challengers.gain,
  };
}

function single(best: Contender, propensity: number, propensities: readonly number[], gain: number | null): ChosenPlan {
  return { plan: { kind: 'single', modelId: best.modelId, propensity }, propensities, gain };
}

/** Whether fewer than a quarter of the last prompts were worth as much. */
function isGoodOccasion(gain: number, recent: readonly number[]): boolean {
  return recent.length < LEAST_OCCASIONS || recent.filter((other) => other >= gain).length < OCCASION_SHARE * recent.length;
}

/** The gains to remember after one more prompt. */
export function rememberGain(recent: readonly number[], gain: number): number[] {
  return [...recent, gain].slice(-OCCASIONS);
}

/** Whether the optimistic challenger may well be better, by how much that is worth asking, and the probability of each to be the one shown if any is. */
function challengerDistribution(
  posterior: Posterior, best: Contender, others: readonly Contender[], epsilon: number,
): { readonly uncertain: boolean; readonly probabilities: readonly number[]; readonly gain: number } {
  const margins = others.map((other) => marginOver(posterior, other, best));
  const optimism = optimismAfter(posterior);
  const optimistic = margins.map(({ mean, variance }) => mean + optimism * Math.sqrt(variance));
  const greedy = optimistic.indexOf(Math.max(...optimistic));
  const uncertain = probabilityAbove(margins[greedy]!) > ASK_ABOVE;
  const exploratory = softmax(optimistic, EXPLORATION_TEMPERATURE);
  const probabilities = uncertain ? exploratory.map((p, i) => epsilon * p + (i === greedy ? 1 - epsilon : 0)) : exploratory;
  return { uncertain, probabilities, gain: expectedImprovement(margins[greedy]!) };
}

/** score(a) − score(b) under the posterior; the mean comes from the scores, which hold the explicit wishes too. */
export function marginOver(posterior: Posterior, a: Contender, b: Contender): { mean: number; variance: number } {
  const direction = Float64Array.from(a.features, (value, i) => value - b.features[i]!);
  return { mean: a.score - b.score, variance: predictMargin(posterior, direction).variance };
}

/** E max(0, N(mean, variance)). */
export function expectedImprovement({ mean, variance }: { readonly mean: number; readonly variance: number }): number {
  const sd = Math.sqrt(variance);
  return sd === 0 ? Math.max(0, mean) : mean * normalCdf(mean / sd) + sd * normalDensity(mean / sd);
}

/** P(N(mean, variance) > 0). */
export function probabilityAbove({ mean, variance }: { readonly mean: number; readonly variance: number }): number {
  if (variance <= 0) return mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
  return normalCdf(mean / Math.sqrt(variance));
}

function softmax(values: readonly number[], temperature: number): number[] {
  const most = Math.max(...values);
  const weights = values.map((value) => Math.exp((value - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** What a judgement of two responses that are read depends on beside z. */
type Judging = Pick<OutcomeModel, 'population' | 'pickNoise'>;

/** Two described responses to one prompt. */
export interface DescribedPair {
  readonly id: string;
  /** `[20]` each */
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
}

/**
 * The pair whose pick is expected to teach most about the user embedding, softly randomised (temperature a tenth of the
 * largest gain) so that equally good pairs vary and the draw has a propensity.
 * @throws RangeError without a pair.
 */
export function chooseTeachingPair(
  posterior: Posterior, pairs: readonly DescribedPair[], model: Judging, seed: number,
): { pairId: string; informationNats: number; propensity: number } {
  if (pairs.length === 0) throw new RangeError('No pair to choose from');
  const gains = pairs.map((pair) => expectedInformation(posterior, pair, model));
  const probabilities = softmax(gains, Math.max(TEACHING_TEMPERATURE * Math.max(...gains), 1e-9));
  const chosen = sampleIndex(probabilities, createRandom(deriveSeed(seed, 'teaching')));
  return { pairId: pairs[chosen]!.id, informationNats: gains[chosen]!, propensity: probabilities[chosen]! };
}

/**
 * Mutual information, nats, between the pick and z. The pick depends on z only through u = z · δ ~ N(m, v), so it is the one-dimensional
 * H(E p(u)) − E H(p(u)) (BALD; Houlsby et al. 2011, arXiv 1112.5745), integrated numerically.
 */
export function expectedInformation(posterior: Posterior, pair: DescribedPair, { population, pickNoise }: Judging): number {
  const direction = Float64Array.from(pair.left, (value, i) => value - pair.right[i]!);
  const { mean, variance } = predictMargin(posterior, direction, dot(population, direction));
  if (variance <= 0) return 0;
  const sd = Math.sqrt(variance);
  let total = 0;
  let win = 0;
  let unclear = 0;
  for (let x = -5; x <= 5.0001; x += 0.125) {
    const weight = Math.exp((-x * x) / 2);
    const p = winProbabilityAt(mean + sd * x, pickNoise);
    total += weight;
    win += weight * p;
    unclear += weight * binaryEntropy(p);
  }
  return Math.max(0, binaryEntropy(win / total) - unclear / total);
}

/** P(a's response is picked over b's), pick noise included; `temperature` calibrates it, see `pickProbability`. */
export function winProbability(posterior: Posterior, a: Contender, b: Contender, temperature: number): number {
  return pickProbability(marginOver(posterior, a, b), temperature);
}
