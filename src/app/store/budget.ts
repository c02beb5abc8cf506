import { createStore, type StoreApi } from 'zustand/vanilla';
import { budgetLevel, NOTHING_SPENT, spendingByConnection, type BudgetLevel, type Spending } from '../../core/budget';
import type { ModelResponse } from '../../core/conversation';
import type { Expense } from '../../core/expense';
import { connectionIdOf } from '../../core/routing';
import type { ExpenseRepository } from '../../storage/expenses';
import type { PoolSlice } from './pool';
import type { SettingsSlice } from './settings';

export interface BudgetState {
  readonly loaded: boolean;
  /** Of this calendar month and perhaps earlier, oldest first. */
  readonly expenses: readonly Expense[];
}

/** One connection's month. */
export interface MonthOf {
  readonly connectionId: string;
  readonly spending: Spending;
  /** US dollars; null = no limit. */
  readonly monthlyUsd: number | null;
  readonly level: BudgetLevel;
}

export interface BudgetSlice {
  readonly store: StoreApi<BudgetState>;
  /** Reads this month's expenses, then follows them, those of other tabs included. */
  load(): Promise<void>;
  /** Counts what a response costs; a later word on the same response replaces the earlier. */
  record(expense: Expense): Promise<void>;
  /** The response cost nothing after all. */
  forget(responseId: string): Promise<void>;
  monthOf(connectionId: string): MonthOf;
  /** Whether a connection's limit for this month is used up. */
  isSpent(connectionId: string | null): boolean;
  spentConnectionIds(): readonly string[];
  setLimit(connectionId: string, monthlyUsd: number | null): Promise<void>;
}

export interface BudgetParts {
  readonly expenses: ExpenseRepository;
  readonly settings: SettingsSlice;
  readonly pool: PoolSlice;
  readonly now: () => number;
}

/** First moment of the local calendar month. */
export function monthStart(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

export function createBudgetSlice({ expenses, settings, pool, now }: BudgetParts): BudgetSlice {
  const store = createStore<BudgetState>(() => ({ loaded: false, expenses: [] }));

  const monthOf = (connectionId: string): MonthOf => {
    const spending = spendingByConnection(store.getState().expenses, monthStart(now())).get(connectionId) ?? NOTHING_SPENT;
    const monthlyUsd = settings.store.getState().budgets[connectionId]?.monthlyUsd ?? null;
    return { connectionId, spending, monthlyUsd, level: budgetLevel(spending.usd, monthlyUsd) };
  };

  /** Changes that the disk has not told of yet, null for a removal: what it tells meanwhile is older. */
  const ahead = new Map<string, Expense | null>();

  const withAhead = (list: readonly Expense[]) => [...list.filter((expense) => !ahead.has(expense.id)), ...[...ahead.values()].filter((expense) => expense !== null)];

  /** At once, so that a send right after an answer is held to it. */
  const show = (id: string, expense: Expense | null) => {
    ahead.set(id, expense);
    store.setState((state) => ({ expenses: withAhead(state.expenses) }));
  };

  const follow = (list: readonly Expense[]) => {
    for (const [id, expense] of ahead) {
      const told = list.find((other) => other.id === id);
      if (expense === null ? told === undefined : told?.outputTokens === expense.outputTokens && told.costUsd === expense.costUsd) ahead.delete(id);
    }
    store.setState({ expenses: withAhead(list) });
  };

  return {
    store,
    monthOf,
    isSpent: (connectionId) => connectionId !== null && monthOf(connectionId).level === 'spent',
    spentConnectionIds: () => Object.keys(settings.store.getState().budgets).filter((connectionId) => monthOf(connectionId).level === 'spent'),
    load: async () => {
      await expenses.backfill((turn) => turn.responses.flatMap((response) => expensesOf(response)));
      const from = monthStart(now());
      store.setState({ loaded: true, expenses: await expenses.since(from) });
      expenses.watchSince(from, { onValue: follow });
    },
    record: async (expense) => {
      show(expense.id, expense);
      await expenses.save(expense);
    },
    forget: async (responseId) => {
      show(responseId, null);
      await expenses.remove(responseId);
    },
    setLimit: (connectionId, monthlyUsd) =>
      settings.change('budgets', ({ [connectionId]: _old, ...others }) => (monthlyUsd === null ? others : { ...others, [connectionId]: { monthlyUsd } })),
  };

  /** Of a response from before expenses were kept apart. */
  function expensesOf({ id, modelId, startedAt, usage, costUsd }: ModelResponse): readonly Expense[] {
    const connectionId = connectionIdOf(modelId);
    if (connectionId === null || usage === null || pool.connected(modelId) === null) return [];
    return [{ id, at: startedAt, connectionId, modelId, inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0, costUsd }];
  }
}
