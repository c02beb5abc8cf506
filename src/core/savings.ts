import { likingMargin, tasteScore, temperatureOf } from './liking';
import { createRandom, sampleNormal } from './random';
import type { ModelCard, RoutingDecision, ScoredCandidate } from './routing';
import { pickProbability } from './user-embedding';

/** Below this many comparable turns an interval would mislead, so no verdict is given. */
export const LEAST_TURNS = 20;
/** A model has to have been in this share of the logged decisions to be named the best known. */
const LEAST_PRESENCE = 0.5;
const REPLICATES = 1_000;

/** One turn that the router decided, with what its answer took. */
export interface LedgerTurn {
  /** Of everything that answered in this turn, comparisons and regenerations included; null where a price is unknown. */
  readonly spentUsd: number | null;
  /** The answer that the conversation went on with. */
  readonly answer: { readonly modelId: string; readonly inputTokens: number; readonly outputTokens: number } | null;
  readonly ranking: RoutingDecision['ranking'];
}

export type PriceOf = (modelId: string) => Pick<ModelCard, 'local' | 'priceInUsdPerMTok' | 'priceOutUsdPerMTok'> | null;

export interface BestSingle {
  readonly modelId: string;
  /** Mean over its decisions of its expected liking less the pool's mean there. */
  readonly meanScore: number;
  readonly decisions: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What the choices cost and brought against always asking one model. */
export interface Savings {
  readonly single: BestSingle;
  /** Turns in which both costs and both scores are known. */
  readonly turns: number;
  readonly spentUsd: number;
  /** The tokens of each turn's answer at the single model's price. */
  readonly singleUsd: number;
  /** P(the answer that was given is preferred to the single model's), a mean over turns with its 95 % interval. */
  readonly preferred: Interval;
}

export type Ledger =
  | { readonly kind: 'too_little'; readonly turns: number; readonly needed: number }
  /** No model has been in enough decisions, or none has a known price. */
  | { readonly kind: 'no_single' }
  | { readonly kind: 'known'; readonly savings: Savings };

/**
 * The one model to compare with: the highest posterior mean score over the logged decisions, each taken against its decision's mean, because
 * prompts differ in level; wishes are left out.
 */
export function bestSingle(turns: readonly LedgerTurn[], priceOf: PriceOf): BestSingle | null {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { ranking } of turns) {
    const level = ranking.reduce((sum, candidate) => sum + tasteScore(candidate), 0) / Math.max(1, ranking.length);
    for (const candidate of ranking) {
      const { sum, count } = sums.get(candidate.modelId) ?? { sum: 0, count: 0 };
      sums.set(candidate.modelId, { sum: sum + tasteScore(candidate) - level, count: count + 1 });
    }
  }
  let best: BestSingle | null = null;
  for (const [modelId, { sum, count }] of sums) {
    if (count < LEAST_PRESENCE * turns.length || costAt(priceOf(modelId), 0, 0) === null) continue;
    if (best === null || sum / count > best.meanScore) best = { modelId, meanScore: sum / count, decisions: count };
  }
  return best;
}

/** Refuses below 20 comparable turns. `seed` draws the bootstrap. */
export function savingsLedger(turns: readonly LedgerTurn[], priceOf: PriceOf, seed: number): Ledger {
  const single = bestSingle(turns, priceOf);
  if (single === null) return turns.length < LEAST_TURNS ? { kind: 'too_little', turns: turns.length, needed: LEAST_TURNS } : { kind: 'no_single' };
  const comparable = turns.flatMap((turn) => compare(turn, single.modelId, priceOf) ?? []);
  if (comparable.length < LEAST_TURNS) return { kind: 'too_little', turns: comparable.length, needed: LEAST_TURNS };
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    kind: 'known',
    savings: {
      single,
      turns: comparable.length,
      spentUsd: sum(comparable.map((turn) => turn.spentUsd)),
      singleUsd: sum(comparable.map((turn) => turn.singleUsd)),
      preferred: preferredInterval(comparable, seed),
    },
  };
}

interface Compared {
  readonly spentUsd: number;
  readonly singleUsd: number;
  readonly margin: number;
  readonly deviation: number;
  readonly temperature: number;
}

function compare({ spentUsd, answer, ranking }: LedgerTurn, singleId: string, priceOf: PriceOf): Compared | null {
  const find = (modelId: string): ScoredCandidate | undefined => ranking.find((candidate) => candidate.modelId === modelId);
  const used = answer && find(answer.modelId);
  const single = find(singleId);
  const singleUsd = answer && costAt(priceOf(singleId), answer.inputTokens, answer.outputTokens);
  if (!used || !single || spentUsd === null || singleUsd === null) return null;
  const { mean, deviation } = likingMargin(ranking, used, single);
  return { spentUsd, singleUsd, margin: mean, deviation, temperature: temperatureOf(ranking) };
}

/** US dollars for that many tokens; null when the price is unknown. */
export function costAt(price: ReturnType<PriceOf>, inputTokens: number, outputTokens: number): number | null {
  if (price === null) return null;
  if (price.local) return 0;
  if (price.priceInUsdPerMTok === null || price.priceOutUsdPerMTok === null) return null;
  return (inputTokens * price.priceInUsdPerMTok + outputTokens * price.priceOutUsdPerMTok) / 1e6;
}

/**
 * Bootstrap over turns for which prompts came, and in each replicate one draw of how wrong the taste may be, shared by all turns: they rest
 * on the same fitted taste, so their errors do not average out.
 */
function preferredInterval(turns: readonly Compared[], seed: number): Interval {
  const value = turns.reduce((sum, { margin, deviation, temperature }) => sum + pickProbability({ mean: margin, variance: deviation ** 2 }, temperature), 0) / turns.length;
  const random = createRandom(seed);
  const replicates = Array.from({ length: REPLICATES }, () => {
    const error = sampleNormal(random);
    let sum = 0;
    for (let draw = 0; draw < turns.length; draw += 1) {
      const { margin, deviation, temperature } = turns[Math.floor(random() * turns.length)]!;
      sum += pickProbability({ mean: margin + error * deviation, variance: 0 }, temperature);
    }
    return sum / turns.length;
  }).toSorted((a, b) => a - b);
  return { value, low: replicates[Math.floor(0.025 * REPLICATES)]!, high: replicates[Math.ceil(0.975 * REPLICATES) - 1]! };
}
