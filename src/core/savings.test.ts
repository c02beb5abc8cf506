import { describe, expect, it } from 'vitest';
import type { ScoredCandidate } from './routing';
import { bestSingle, costAt, savingsLedger, type LedgerTurn, type PriceOf } from './savings';
import { pickProbability } from './user-embedding';

function scored(modelId: string, score: number, scoreDeviation: number, bestScore: number): ScoredCandidate {
  const winProbability = pickProbability({ mean: score - bestScore, variance: scoreDeviation ** 2 });
  return { modelId, score, wishScore: 0, scoreDeviation, winProbability, blindUtility: 0, features: [], expectedWords: 100, expectedCostUsd: 0.01, propensity: 0 };
}

/** `cheap` first by 1 in some turns, `dear` first by 2 in others. */
const cheapFirst = [scored('cheap', 1, 0, 1), scored('dear', 0, 0.5, 1)];
const dearFirst = [scored('dear', 2, 0, 2), scored('cheap', 0, 0.5, 2)];

const PRICES: Readonly<Record<string, readonly [number, number]>> = { cheap: [1, 2], dear: [10, 20] };
const priceOf: PriceOf = (modelId) => {
  const price = PRICES[modelId];
  return price ? { local: false, priceInUsdPerMTok: price[0], priceOutUsdPerMTok: price[1] } : null;
};

function turn(modelId: string, ranking: LedgerTurn['ranking'], changes: Partial<LedgerTurn> = {}): LedgerTurn {
  return { spentUsd: costAt(priceOf(modelId), 1000, 500), answer: { modelId, inputTokens: 1000, outputTokens: 500 }, ranking, ...changes };
}

const many = (count: number, make: () => LedgerTurn) => Array.from({ length: count }, make);

describe('the savings ledger', () => {
  it('compares with the model of the highest mean score against the pool', () => {
    // dear: 12 · (−0.5) + 12 · 1 = 6 over 24 turns; cheap the opposite.
    const turns = [...many(12, () => turn('cheap', cheapFirst)), ...many(12, () => turn('dear', dearFirst))];
    expect(bestSingle(turns, priceOf)).toEqual({ modelId: 'dear', meanScore: 0.25, decisions: 24 });
  });

  it('adds up both costs from the tokens of each turn, by hand: 12 · $0.002 + 12 · $0.02 against 24 · $0.02', () => {
    const turns = [...many(12, () => turn('cheap', cheapFirst)), ...many(12, () => turn('dear', dearFirst))];
    const ledger = savingsLedger(turns, priceOf, 1);
    if (ledger.kind !== 'known') throw new Error(ledger.kind);
    expect(ledger.savings.turns).toBe(24);
    expect(ledger.savings.spentUsd).toBeCloseTo(12 * 0.002 + 12 * 0.02, 12);
    expect(ledger.savings.singleUsd).toBeCloseTo(24 * 0.02, 12);
    // Half the turns it is the same model (0.5), half σ(1 / √(1 + π 0.25 / 8)).
    const over = 1 / (1 + Math.exp(-1 / Math.sqrt(1 + (Math.PI * 0.25) / 8)));
    expect(ledger.savings.preferred.value).toBeCloseTo((0.5 + over) / 2, 8);
    expect(ledger.savings.preferred.low).toBeLessThan(ledger.savings.preferred.value);
    expect(ledger.savings.preferred.high).toBeGreaterThan(ledger.savings.preferred.value);
  });

  it('counts a comparison twice in what was spent, once in what one model would have cost', () => {
    const turns = many(20, () => turn('dear', dearFirst, { spentUsd: 0.022 }));
    const ledger = savingsLedger(turns, priceOf, 1);
    expect(ledger.kind === 'known' && [ledger.savings.spentUsd, ledger.savings.singleUsd].map((usd) => usd.toFixed(3))).toEqual(['0.440', '0.400']);
    expect(ledger.kind === 'known' && ledger.savings.preferred).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });

  it('widens the interval with the uncertainty of the taste, however many turns there are', () => {
    const unsure = [scored('cheap', 1, 0, 1), scored('dear', 0.9, 2, 1)];
    const base = many(150, () => turn('dear', dearFirst));
    const width = (ranking: LedgerTurn['ranking']) => {
      const ledger = savingsLedger([...base, ...many(150, () => turn('cheap', ranking))], priceOf, 3);
      if (ledger.kind !== 'known') throw new Error(ledger.kind);
      return ledger.savings.preferred.high - ledger.savings.preferred.low;
    };
    expect(width(unsure)).toBeGreaterThan(0.3);
    expect(width(cheapFirst)).toBeLessThan(width(unsure));
  });

  it('leaves out turns without a known price or answer, and refuses below 20', () => {
    const unknown = turn('cheap', cheapFirst, { spentUsd: null });
    expect(savingsLedger([...many(19, () => turn('cheap', cheapFirst)), ...many(5, () => unknown)], priceOf, 1)).toEqual({ kind: 'too_little', turns: 19, needed: 20 });
    expect(savingsLedger([], priceOf, 1)).toEqual({ kind: 'too_little', turns: 0, needed: 20 });
    expect(savingsLedger(many(25, () => turn('cheap', cheapFirst)), () => null, 1)).toEqual({ kind: 'no_single' });
  });

  it('is reproducible', () => {
    const turns = [...many(12, () => turn('cheap', cheapFirst)), ...many(12, () => turn('dear', dearFirst))];
    expect(savingsLedger(turns, priceOf, 7)).toEqual(savingsLedger(turns, priceOf, 7));
  });
});
