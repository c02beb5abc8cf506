import { describe, expect, it } from 'vitest';
import { budgetLevel, spendingByConnection } from './budget';
import type { Expense } from './expense';

const expense = (id: string, connectionId: string, at: number, costUsd: number | null): Expense => ({
  id, at, connectionId, modelId: `${connectionId}/m`, inputTokens: 10, outputTokens: 20, costUsd,
});

describe('spending', () => {
  it('adds up what was asked for from a moment on, by connection, and counts what has no price', () => {
    const table = spendingByConnection(
      [expense('a', 'x', 99, 5), expense('b', 'x', 100, 0.25), expense('c', 'y', 150, 1), expense('d', 'x', 200, null), expense('e', 'x', 300, 0.5)],
      100,
    );
    expect(table.get('x')).toEqual({ usd: 0.75, unpriced: 1, responses: 3 });
    expect(table.get('y')).toEqual({ usd: 1, unpriced: 0, responses: 1 });
    expect(table.get('z')).toBeUndefined();
  });

  it('warns from 80 % of the limit and stops at 100 %', () => {
    expect(budgetLevel(7.99, 10)).toBe('fine');
    expect(budgetLevel(8, 10)).toBe('warning');
    expect(budgetLevel(9.999, 10)).toBe('warning');
    expect(budgetLevel(10, 10)).toBe('spent');
    expect(budgetLevel(0, 0)).toBe('spent');
    expect(budgetLevel(1000, null)).toBe('fine');
  });
});
