import * as v from 'valibot';
import { DataError, locate, readCsv, readJson, readJsonLines } from './files';
import { LlmRow, PromptRow, Splits, UserRow } from './records';

/** The eight traits a simulated user may care about, in this order everywhere. */
export const TRAITS = ['brevity', 'structure', 'simplicity', 'warmth', 'rigour', 'certainty', 'examples', 'interaction'] as const;
export const TRAIT_COUNT = TRAITS.length;
const JUDGE = 'weighted_alpaca_eval_gpt4_turbo';
/** An LLM is in the observed pool when the judge compared it on at least this share of the prompts. */
const POOL_COVERAGE = 0.9;

export type Split = 'train' | 'validation' | 'test';
/** LLMs of families that training saw, those of other families, or both. */
export type Pool = 'seen' | 'unseen' | 'all';

/** Raw measures of one response, from which traits and axes follow. */
export type Measures = Readonly<Record<string, number>>;

/** Everything about one prompt × LLM cell; a pool cell always has all of it. */
export interface Cell {
  readonly measures: Measures;
  readonly words: number;
  readonly costUsd: number;
  /** The judge's observed preference over its reference, 0 … 1. */
  readonly winRate: number;
  /** `[8]` standardised traits. */
  readonly traits: Float64Array;
  /** c in 0 … 1. */
  readonly cost: number;
}

export interface Benchmark {
  readonly prompts: readonly (PromptRow & { readonly split: Split })[];
  readonly llms: readonly (LlmRow & { readonly pool: Pool; readonly publicWinRatePct: number | null })[];
  /** `[prompt][llm]`; null where the response or its judgement is missing. */
  readonly cells: readonly (readonly (Cell | null)[])[];
  readonly users: readonly (UserRow & { readonly split: Split })[];
  readonly scales: Scales;
  /** True when the folder has no `split` fields: then everything in it is test. */
  readonly allTest: boolean;
}

/** Standardisation of the traits `[8]` and of the cost index. */
export interface Scales {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly costLow: number;
  readonly costHigh: number;
}

function rawTraits(measures: Measures): number[] {
  const at = (...names: string[]) => names.reduce((sum, name) => sum + (measures[name] ?? 0), 0);
  return [
    -Math.log1p(at('words')),
    Math.log1p(at('headers', 'bullets', 'numbered', 'bold')),
    at('flesch'),
    Math.log1p(at('warmth', 'exclaims')),
    Math.log1p(at('steps', 'equations', 'citations')),
    -Math.log1p(at('hedges', 'disclaimers')),
    Math.log1p(at('examples')),
    Math.log1p(at('ask_back', 'ends_question')),
  ];
}

interface RawCell {
  readonly measures: Measures;
  readonly costUsd: number;
}

/** c = clip(ln(cost/p1) / ln(p99/p1), 0, 1). */
function costIndex(costUsd: number, scales: Scales): number {
  const index = Math.log(Math.max(costUsd, 1e-12) / scales.costLow) / Math.log(scales.costHigh / scales.costLow);
  return Math.min(1, Math.max(0, index));
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(q * (sorted.length - 1))))] ?? 0;
}

/** The constants of splits.json, or the same statistics over this folder when it has none. */
function scalesOf(splits: Splits | null, raw: readonly RawCell[]): Scales {
  if (splits?.trait_mean && splits.trait_sd && splits.cost_p1_usd && splits.cost_p99_usd) {
    const { trait_mean: mean, trait_sd: deviation } = splits;
    return {
      mean: Float64Array.from(TRAITS, (name) => mean[name] ?? 0),
      deviation: Float64Array.from(TRAITS, (name) => deviation[name] ?? 1),
      costLow: splits.cost_p1_usd,
      costHigh: splits.cost_p99_usd,
    };
  }
  const mean = new Float64Array(TRAIT_COUNT);
  const deviation = new Float64Array(TRAIT_COUNT);
  const rows = raw.map((cell) => rawTraits(cell.measures));
  for (let trait = 0; trait < TRAIT_COUNT; trait++) {
    const values = rows.map((row) => row[trait] ?? 0);
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    mean[trait] = centre;
    deviation[trait] = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length) || 1;
  }
  const costs = raw.map((cell) => cell.costUsd).filter((cost) => cost > 0).sort((a, b) => a - b);
  return { mean, deviation, costLow: quantile(costs, 0.01) || 1e-6, costHigh: quantile(costs, 0.99) || 1e-2 };
}

function toCell(raw: RawCell, winRate: number, scales: Scales): Cell {
  const traits = Float64Array.from(rawTraits(raw.measures), (value, trait) => (value - (scales.mean[trait] ?? 0)) / (scales.deviation[trait] ?? 1));
  return { ...raw, words: raw.measures.words ?? 0, winRate, traits, cost: costIndex(raw.costUsd, scales) };
}

function numericRow(row: Readonly<Record<string, string>>): Measures {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'prompt_id' && name !== 'llm').map(([name, text]) => [name, Number(text)]));
}

const key = (prompt: string, llm: string) => `${prompt}\n${llm}`;

function readWinRates(folder: string): Map<string, number> {
  const rates = new Map<string, number>();
  for (const row of readCsv(folder, 'alpacaeval/judgments.csv')) {
    if (row.judge === JUDGE) rates.set(key(row.prompt_id ?? '', row.llm ?? ''), Number(row.p_win));
  }
  return rates;
}

/** Mean AlpacaEval 2 win rates as they were published, %: what anybody who writes a model's card can look up. */
function readLeaderboard(folder: string): Map<string, number> {
  if (locate(folder, 'alpacaeval/leaderboard.csv') === null) return new Map();
  const rows = [...readCsv(folder, 'alpacaeval/leaderboard.csv', (fields) => fields.includes('ae2'))];
  return new Map(rows.map((row) => [row.llm ?? '', Number(row.win_rate_pct)]));
}

/** Responses of LLMs that the judge saw at least once; the others can be in no pool. */
function readResponses(folder: string, prompts: readonly PromptRow[], llms: readonly LlmRow[], judged: ReadonlySet<string>): Map<string, RawCell> {
  const promptById = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const llmById = new Map(llms.map((llm) => [llm.id, llm]));
  const cells = new Map<string, RawCell>();
  for (const row of readCsv(folder, 'alpacaeval/response_features.csv', (fields) => judged.has(fields[1] ?? ''))) {
    const prompt = promptById.get(row.prompt_id ?? '');
    const llm = llmById.get(row.llm ?? '');
    if (!prompt || !llm) continue;
    const measures = numericRow(row);
    const priced = prompt.tok_est * (llm.price_in_usd_per_mtok ?? 0) + (measures.tok_est ?? 0) * (llm.price_out_usd_per_mtok ?? 0);
    cells.set(key(prompt.id, llm.id), { measures, costUsd: priced / 1e6 });
  }
  return cells;
}

function parseRows<Schema extends v.GenericSchema>(schema: Schema, rows: readonly unknown[], name: string): v.InferOutput<Schema>[] {
  return rows.map((row, index) => {
    const parsed = v.safeParse(schema, row);
    if (!parsed.success) throw new DataError(`${name}, row ${index + 1}: ${parsed.issues[0]?.message} at ${v.getDotPath(parsed.issues[0] as v.BaseIssue<unknown>) ?? 'top level'}`);
    return parsed.output;
  });
}

function asSplit(text: string | null | undefined): Split {
  return text === 'train' || text === 'validation' ? text : 'test';
}

function asArray(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new DataError(`${name} is not a list`);
  return value;
}

/**
 * Reads a data folder (`alpacaeval/`, `llms.json`, `simulated_users.json`, `splits.json` if present).
 * LLMs kept are those with an observed judgement and a response on at least 90 % of the prompts.
 * @throws DataError naming the file and row that is wrong
 */
export function readBenchmark(folder: string): Benchmark {
  const prompts = parseRows(PromptRow, readJsonLines(folder, 'alpacaeval/prompts.jsonl'), 'alpacaeval/prompts.jsonl');
  const catalogue = parseRows(LlmRow, asArray(readJson(folder, 'llms.json'), 'llms.json'), 'llms.json');
  const users = parseRows(UserRow, asArray(readJson(folder, 'simulated_users.json'), 'simulated_users.json'), 'simulated_users.json');
  const splits = locate(folder, 'splits.json') ? (parseRows(Splits, [readJson(folder, 'splits.json')], 'splits.json')[0] ?? null) : null;

  const winRates = readWinRates(folder);
  const responses = readResponses(folder, prompts, catalogue, new Set([...winRates.keys()].map((name) => name.split('\n')[1] ?? '')));
  const complete = (prompt: PromptRow, llm: LlmRow) => winRates.has(key(prompt.id, llm.id)) && responses.has(key(prompt.id, llm.id));
  const pool = catalogue.filter((llm) => {
    if (splits?.observed_pool) return splits.observed_pool.includes(llm.id);
    return prompts.filter((prompt) => complete(prompt, llm)).length >= POOL_COVERAGE * prompts.length;
  });
  if (pool.length < 2) throw new DataError(`fewer than two LLMs in ${folder} have responses with judgements of ${JUDGE}`);

  const scales = scalesOf(splits, [...responses.values()]);
  const cells = prompts.map((prompt) =>
    pool.map((llm) => {
      const raw = responses.get(key(prompt.id, llm.id));
      const winRate = winRates.get(key(prompt.id, llm.id));
      return raw && winRate !== undefined ? toCell(raw, winRate, scales) : null;
    }),
  );
  const published = readLeaderboard(folder);
  const allTest = splits === null && users.every((user) => !user.split);
  return {
    prompts: prompts.map((prompt) => ({ ...prompt, split: asSplit(splits?.alpacaeval_prompts[prompt.id]) })),
    llms: pool.map((llm) => ({ ...llm, pool: splits?.llm_families[llm.family] === 'seen' ? 'seen' : 'unseen', publicWinRatePct: published.get(llm.id) ?? null })),
    cells,
    users: users.map((user) => ({ ...user, split: asSplit(user.split) })),
    scales,
    allTest,
  };
}
