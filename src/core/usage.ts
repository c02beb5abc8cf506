import { addCost } from './budget';
import type { Expense } from './expense';

/** What one model did in one month, or in all. */
export interface ModelUsage {
  readonly modelId: string;
  /** Requests that were charged for, answered to the end or not. */
  readonly answers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars of those with a known price. */
  readonly usd: number;
  /** Answers whose price is not known. */
  readonly unpriced: number;
}

export interface MonthUsage {
  /** First moment of the local calendar month, ms since 1970. */
  readonly start: number;
  /** The dearest first, then by tokens. */
  readonly models: readonly ModelUsage[];
}

/** By model, the dearest first, then by tokens. */
export function usageByModel(expenses: readonly Expense[]): readonly ModelUsage[] {
  const known = new Map<string, ModelUsage>();
  for (const { modelId, inputTokens, outputTokens, costUsd } of expenses) {
    const before = known.get(modelId) ?? { modelId, answers: 0, inputTokens: 0, outputTokens: 0, usd: 0, unpriced: 0 };
    known.set(modelId, {
      ...addCost(before, costUsd),
      answers: before.answers + 1,
      inputTokens: before.inputTokens + inputTokens,
      outputTokens: before.outputTokens + outputTokens,
    });
  }
  const tokens = (usage: ModelUsage) => usage.inputTokens + usage.outputTokens;
  return [...known.values()].toSorted((a, b) => b.usd - a.usd || tokens(b) - tokens(a));
}

/** Months that have any, the newest first. `monthStart` gives the first moment of the month of a time. */
export function usageByMonth(expenses: readonly Expense[], monthStart: (at: number) => number): readonly MonthUsage[] {
  const months = new Map<number, Expense[]>();
  for (const expense of expenses) {
    const start = monthStart(expense.at);
    const list = months.get(start) ?? [];
    months.set(start, list);
    list.push(expense);
  }
  return [...months].map(([start, list]) => ({ start, models: usageByModel(list) })).toSorted((a, b) => b.start - a.start);
}

/** How fast a model answered this user: medians, since one stalled connection should not colour them. */
export interface Speed {
  readonly answers: number;
  /** Milliseconds from the request to the first token. */
  readonly firstTokenMs: number;
  /** After the first token; null when no answer took long enough to tell. */
  readonly tokensPerSecond: number | null;
}

/** Answers seen one by one → speed per model. */
export class SpeedTable {
  private readonly seen = new Map<string, { readonly firstTokenMs: number[]; readonly tokensPerSecond: number[] }>();

  add(modelId: string, firstTokenMs: number, tokensPerSecond: number | null): void {
    const samples = this.seen.get(modelId) ?? { firstTokenMs: [], tokensPerSecond: [] };
    this.seen.set(modelId, samples);
    samples.firstTokenMs.push(firstTokenMs);
    if (tokensPerSecond !== null) samples.tokensPerSecond.push(tokensPerSecond);
  }

  /** Null for a model that never answered. */
  of(modelId: string): Speed | null {
    const samples = this.seen.get(modelId);
    if (!samples) return null;
    return { answers: samples.firstTokenMs.length, firstTokenMs: median(samples.firstTokenMs), tokensPerSecond: samples.tokensPerSecond.length === 0 ? null : median(samples.tokensPerSecond) };
  }
}

/** The middle one, or the mean of the middle two. @throws RangeError for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
