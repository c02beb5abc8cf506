import * as v from 'valibot';
import { createHash } from 'node:crypto';
import { estimateTokens } from '../../src/core/tokens';
import { DataError, locate, readJson, readJsonLines } from './files';
import { LlmRow } from './records';

const Row = v.object({
  id: v.string(),
  task: v.string(),
  query: v.string(),
  options: v.nullish(v.array(v.string())),
  prompt_chars: v.nullish(v.number()),
  scores: v.record(v.string(), v.number()),
  out_chars: v.nullish(v.record(v.string(), v.number())),
  cost_usd: v.nullish(v.record(v.string(), v.number())),
});
type Row = v.InferOutput<typeof Row>;

/** Output tokens assumed where a source has neither lengths nor costs. */
const NOMINAL_TOKENS = 200;
const CHARS_PER_TOKEN = 4;

/** Objective scores and costs of LLMs on queries: what the paper's multi-cost-efficiency users weigh. */
export interface RoutingSet {
  readonly name: string;
  readonly llms: readonly LlmRow[];
  readonly queries: readonly { readonly id: string; readonly task: string; readonly text: string; readonly part: 'train' | 'validation' | 'test' }[];
  /** `[queries × M]` score 0 … 1. */
  readonly scores: Float64Array;
  /** `[queries × M]` US dollars. */
  readonly costUsd: Float64Array;
  /** `[queries × M]` cost min–max normalised per task. */
  readonly cost: Float64Array;
}

/** How many queries of each part a run with `queries` scored ones takes. */
export function setLimits(queries: number, part: 'validation' | 'test'): { readonly train: number; readonly validation: number; readonly test: number } {
  return { train: Math.min(400, 2 * queries), validation: part === 'test' ? Math.min(100, queries) : Math.min(200, 2 * queries), test: part === 'test' ? queries : 0 };
}

export const ROUTING_SETS: readonly string[] = ['mmlu_pro', 'dcrouter', 'routerbench_subset'];

export function hasRoutingSet(folder: string, name: string): boolean {
  return locate(folder, `routing/${name}.jsonl`) !== null && locate(folder, 'llms.json') !== null;
}

/** The part a query belongs to, by a hash of its text, so that repeated texts stay together: 60/15/25. */
function partOf(text: string): 'train' | 'validation' | 'test' {
  const share = createHash('sha256').update(text.toLowerCase().replace(/\s+/g, ' ').trim()).digest().readUInt32BE(0) / 2 ** 32;
  return share < 0.6 ? 'train' : share < 0.75 ? 'validation' : 'test';
}

/**
 * At most `limits` queries of each part, those on which every LLM has a score.
 * @throws DataError naming the file and row that is wrong
 */
export function readRoutingSet(folder: string, name: string, limits: { readonly train: number; readonly validation: number; readonly test: number }): RoutingSet {
  const file = `routing/${name}.jsonl`;
  const rows = readJsonLines(folder, file).map((row, index) => {
    const parsed = v.safeParse(Row, row);
    if (!parsed.success) throw new DataError(`${file}, row ${index + 1}: ${parsed.issues[0].message}`);
    return parsed.output;
  });
  const catalogue = v.parse(v.array(LlmRow), readJson(folder, 'llms.json'));
  const llms = catalogue.filter(({ id }) => rows.some((row) => id in row.scores));
  const complete = rows.filter((row) => llms.every(({ id }) => id in row.scores)).sort((a, b) => (hashOf(a.id) < hashOf(b.id) ? -1 : 1));
  const taken = { train: 0, validation: 0, test: 0 };
  const chosen = complete.flatMap((row) => {
    const part = partOf(row.query);
    if (taken[part] >= limits[part]) return [];
    taken[part]++;
    return [{ row, part }];
  });
  if (llms.length < 2 || chosen.length === 0) throw new DataError(`${file} has no queries that two LLMs of llms.json answered`);
  const costUsd = Float64Array.from(chosen.flatMap(({ row }) => llms.map((llm) => costOf(row, llm))));
  return {
    name,
    llms,
    queries: chosen.map(({ row, part }) => ({ id: row.id, task: row.task, text: row.query, part })),
    scores: Float64Array.from(chosen.flatMap(({ row }) => llms.map(({ id }) => row.scores[id] ?? 0))),
    costUsd,
    cost: normalisedPerTask(costUsd, chosen.map(({ row }) => row.task), llms.length),
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function costOf(row: Row, llm: LlmRow): number {
  const real = row.cost_usd?.[llm.id];
  if (real !== undefined) return real;
  const input = row.prompt_chars ? row.prompt_chars / CHARS_PER_TOKEN : estimateTokens([row.query, ...(row.options ?? [])].join('\n'));
  const chars = row.out_chars?.[llm.id];
  const output = chars === undefined ? NOMINAL_TOKENS : chars / CHARS_PER_TOKEN;
  return (input * (llm.price_in_usd_per_mtok ?? 0) + output * (llm.price_out_usd_per_mtok ?? 0)) / 1e6;
}

function normalisedPerTask(costs: Float64Array, tasks: readonly string[], width: number): Float64Array {
  const range = new Map<string, { low: number; high: number }>();
  costs.forEach((cost, at) => {
    const task = tasks[Math.floor(at / width)]!;
    const known = range.get(task) ?? { low: Infinity, high: -Infinity };
    range.set(task, { low: Math.min(known.low, cost), high: Math.max(known.high, cost) });
  });
  return costs.map((cost, at) => {
    const { low, high } = range.get(tasks[Math.floor(at / width)]!)!;
    return high > low ? (cost - low) / (high - low) : 0;
  });
}
