import { TRAITS, type Cell } from './benchmark';
import type { UserRow } from './records';

/** What of a response a simulated user's utility looks at; predicted values have the same shape. */
export interface Seen {
  readonly winRate: number;
  readonly cost: number;
  readonly traits: ArrayLike<number>;
  readonly words: number;
}

export function weightsFor(user: UserRow, task: string): Readonly<Record<string, number>> {
  return user.task_trait_weights?.[task] ?? user.trait_weights;
}

/**
 * utility = quality_weight·p_win − 0.3·cost_weight·c + 0.25·Σ w_t z_t − [ideal length] 0.25·ln(words / ideal_words)².
 * Simulated: see the data folder's description.
 */
export function utility(user: UserRow, task: string, response: Seen | Cell): number {
  const weights = weightsFor(user, task);
  let total = user.quality_weight * response.winRate - 0.3 * user.cost_weight * response.cost;
  TRAITS.forEach((name, trait) => {
    total += 0.25 * (weights[name] ?? 0) * (response.traits[trait] ?? 0);
  });
  if (user.ideal_words) total -= 0.25 * Math.log(Math.max(1, response.words) / user.ideal_words) ** 2;
  return total;
}

/** Which of two the user picks: the higher of utility + N(0, noise²). */
export function picksFirst(user: UserRow, first: number, second: number, normal: () => number): boolean {
  return first + user.noise * normal() >= second + user.noise * normal();
}

/** ln words about which an ideal length is mirrored: a usual response has e^5 ≈ 150 words. */
const LN_USUAL_WORDS = 5;

/** The same person with the opposite style: trait weights change sign, an ideal length is mirrored; quality and cost weigh the same. */
export function flipped(user: UserRow): UserRow {
  const turned = (weights: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, -weight]));
  return {
    ...user,
    trait_weights: turned(user.trait_weights),
    task_trait_weights: user.task_trait_weights ? Object.fromEntries(Object.entries(user.task_trait_weights).map(([task, weights]) => [task, turned(weights)])) : user.task_trait_weights,
    ideal_words: user.ideal_words ? Math.exp(2 * LN_USUAL_WORDS - Math.log(user.ideal_words)) : user.ideal_words,
  };
}
