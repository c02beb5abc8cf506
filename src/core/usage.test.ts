import { describe, expect, it } from 'vitest';
import type { Expense } from './expense';
import { median, SpeedTable, usageByModel, usageByMonth } from './usage';

const expense = (id: string, modelId: string, at: number, part: Partial<Expense> = {}): Expense => ({ id, at, connectionId: 'c', modelId, inputTokens: 10, outputTokens: 5, costUsd: 0.01, ...part });

describe('usage', () => {
  it('adds up by model, the dearest first, and counts what has no price apart', () => {
    const models = usageByModel([expense('1', 'a', 0), expense('2', 'b', 0, { costUsd: 0.5 }), expense('3', 'a', 0, { costUsd: null, inputTokens: 90 })]);
    expect(models.map(({ modelId }) => modelId)).toEqual(['b', 'a']);
    expect(models[1]).toEqual({ modelId: 'a', answers: 2, inputTokens: 100, outputTokens: 10, usd: 0.01, unpriced: 1 });
  });

  it('tells months apart, the newest first', () => {
    const months = usageByMonth([expense('1', 'a', 5), expense('2', 'a', 25), expense('3', 'a', 8)], (at) => Math.floor(at / 10) * 10);
    expect(months.map(({ start, models }) => [start, models[0]?.answers])).toEqual([[20, 1], [0, 2]]);
    expect(usageByMonth([], () => 0)).toEqual([]);
  });

  it('takes medians of speed, so that one stalled answer does not colour them', () => {
    const table = new SpeedTable();
    for (const [first, rate] of [[100, 50], [300, null], [90_000, 70]] as const) table.add('a', first, rate);
    expect(table.of('a')).toEqual({ answers: 3, firstTokenMs: 300, tokensPerSecond: 60 });
    table.add('b', 40, null);
    expect(table.of('b')?.tokensPerSecond).toBeNull();
    expect(table.of('c')).toBeNull();
    expect(() => median([])).toThrow(RangeError);
  });
});
