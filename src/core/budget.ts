import type { Expense } from './expense';

/** Share of a limit from which there is a warning. */
export const WARN_FROM = 0.8;

export interface Spending {
  readonly usd: number;
  /** Responses of models whose price is unknown; they are not in `usd`. */
  readonly unpriced: number;
  readonly responses: number;
}

export const NOTHING_SPENT: Spending = { usd: 0, unpriced: 0, responses: 0 };

/** With the cost of one more response, null for an unknown price. */
export function addCost<Sum extends Pick<Spending, 'usd' | 'unpriced'>>(sum: Sum, costUsd: number | null): Sum {
  return costUsd === null ? { ...sum, unpriced: sum.unpriced + 1 } : { ...sum, usd: sum.usd + costUsd };
}

/** What responses asked for at `from` or later cost, by connection. */
export function spendingByConnection(expenses: readonly Expense[], from: number): ReadonlyMap<string, Spending> {
  const table = new Map<string, Spending>();
  for (const { at, connectionId, costUsd } of expenses) {
    if (at < from) continue;
    const before = table.get(connectionId) ?? NOTHING_SPENT;
    table.set(connectionId, { ...addCost(before, costUsd), responses: before.responses + 1 });
  }
  return table;
}

/** `warning` from 80 % of the limit, `spent` from 100 %. Without a limit there is nothing to warn of; a limit of 0 is spent at once. */
export type BudgetLevel = 'fine' | 'warning' | 'spent';

export function budgetLevel(usd: number, monthlyUsd: number | null): BudgetLevel {
  if (monthlyUsd === null) return 'fine';
  if (usd >= monthlyUsd) return 'spent';
  return usd >= WARN_FROM * monthlyUsd ? 'warning' : 'fine';
}
