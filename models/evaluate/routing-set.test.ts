import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRoutingSet, setLimits } from './routing-set';

const LLM = { family: 'f', provider: 'p', params_b: null, released: null, context_tokens: null, kind: 'chat', price_in_usd_per_mtok: 1, price_out_usd_per_mtok: 2, description: '' };

it('normalises costs per task, keeps repeated queries together and leaves out what an LLM lacks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'routing-'));
  mkdirSync(join(folder, 'routing'));
  writeFileSync(join(folder, 'llms.json'), JSON.stringify([{ ...LLM, id: 'a' }, { ...LLM, id: 'b' }, { ...LLM, id: 'elsewhere' }]));
  const rows = Array.from({ length: 60 }, (_, i) => ({ id: `q${i}`, task: i % 2 ? 'x' : 'y', query: i < 6 ? 'The same  question' : `Question ${i}`, scores: i === 59 ? { a: 1 } : { a: 1, b: 0 }, cost_usd: { a: i % 2 ? 4 : 100, b: i % 2 ? 2 : 300 } }));
  writeFileSync(join(folder, 'routing/toy.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  const set = readRoutingSet(folder, 'toy', { train: 100, validation: 100, test: 100 });
  expect(set.llms.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(set.queries).toHaveLength(59);
  expect(new Set(set.queries.filter(({ text }) => text === 'The same  question').map(({ part }) => part)).size).toBe(1);
  expect(new Set(set.queries.map(({ part }) => part)).size).toBe(3);
  set.queries.forEach(({ task }, row) => expect([set.cost[2 * row], set.cost[2 * row + 1]]).toEqual(task === 'x' ? [1, 0] : [0, 1]));
  expect(readRoutingSet(folder, 'toy', setLimits(5, 'test')).queries.filter(({ part }) => part === 'test').length).toBeLessThanOrEqual(5);
  rmSync(folder, { recursive: true });
});
