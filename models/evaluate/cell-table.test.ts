import { expect, it } from 'vitest';
import type { Benchmark, Cell } from './benchmark';
import { CellTable } from './cell-table';
import { utility } from './simulated-user';

it('gives the same utilities as the formula, cell by cell', () => {
  const cell = (seed: number): Cell => ({ measures: {}, words: 20 + 30 * seed, costUsd: 1e-4 * seed, winRate: seed / 10, cost: seed / 20, traits: Float64Array.from({ length: 8 }, (_, trait) => Math.sin(seed + trait)) });
  const prompts = [{ id: 'p0', task: 'code', query: '', words: 1, tok_est: 1, split: 'test' as const }, { id: 'p1', task: 'math', query: '', words: 1, tok_est: 1, split: 'test' as const }];
  const cells = [[cell(1), cell(2), cell(3)], [cell(4), null, cell(6)]];
  const scales = { mean: new Float64Array(8), deviation: new Float64Array(8).fill(1), costLow: 1, costHigh: 2 };
  const benchmark: Benchmark = { prompts, cells, llms: [], users: [], scales, allTest: true };
  const user = { id: 'u', kind: 'ideal_length', quality_weight: 0.8, cost_weight: 0.5, trait_weights: { warmth: 1, brevity: -0.4 }, task_trait_weights: { math: { rigour: 2 } }, ideal_words: 90, noise: 0 };
  const table = new CellTable(benchmark, [2, 0]);
  const expected = [utility(user, 'math', cell(6)), utility(user, 'math', cell(4)), utility(user, 'code', cell(3)), utility(user, 'code', cell(1))];
  Array.from(table.utilities(user, [1, 0])).forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 9));
});
