import type { Benchmark, Pool, Split } from '../benchmark';
import type { Crew } from '../parallel';
import type { Section } from '../report';
import type { Workbench } from '../workbench';
import type { PickScheme } from '../world';

/** What the command line asked for. */
export interface Settings {
  readonly users: number;
  readonly prompts: number;
  readonly seed: number;
  /** Seeds averaged, from `seed` on. */
  readonly seeds: number;
  readonly split: Split;
  readonly picks: PickScheme;
  readonly pools: readonly Pool[];
  readonly duels: readonly ('active' | 'random')[];
  readonly ablations: readonly string[];
  /** Baselines that learn or are fitted are left out: for a quick look at the router alone. */
  readonly fast: boolean;
  /** Picks of an LLM that played the people, in place of simulated ones where the protocol takes them. */
  readonly picksFile: string | null;
}

export interface ProtocolInput extends Settings {
  readonly crew: Crew;
  /** The main thread's own view of the data. */
  readonly bench: Workbench;
  readonly report: (label: string) => (done: number, total: number) => void;
}

export interface ProtocolResult {
  readonly protocol: string;
  readonly sections: readonly Section[];
  /** Why nothing or not everything was run. */
  readonly skipped: readonly string[];
  readonly seconds: number;
}

export type Protocol = (input: ProtocolInput) => Promise<Pick<ProtocolResult, 'sections' | 'skipped'>>;

/** People in the protocols beside `new-user`: enough for their intervals, few enough that all of them fit in one run. */
const SECONDARY_PEOPLE = 100;

/** Settings of a protocol beside `new-user`: the first seed only. */
export function secondary(input: ProtocolInput): ProtocolInput {
  return { ...input, seeds: 1, users: Math.min(input.users, SECONDARY_PEOPLE) };
}

/** Pools with at least two LLMs, of those asked for. */
export function poolsOf(benchmark: Benchmark, pools: readonly Pool[]): { readonly pools: readonly Pool[]; readonly skipped: readonly string[] } {
  const count = (pool: Pool) => benchmark.llms.filter((llm) => pool === 'all' || llm.pool === pool).length;
  const usable = pools.filter((pool) => count(pool) >= 2);
  return { pools: usable, skipped: pools.filter((pool) => !usable.includes(pool)).map((pool) => `${pool} LLMs: fewer than two in this folder`) };
}

/** Texts of one job of encoding. */
const TEXTS_PER_JOB = 40;

/** Fills the cache of embeddings on all threads at once; later jobs find them there. */
export async function encodeAll({ bench, crew, report }: Pick<ProtocolInput, 'bench' | 'crew' | 'report'>, texts: readonly string[]): Promise<void> {
  const missing = bench.artifacts.unknown(texts);
  const progress = report('encoding texts');
  let done = 0;
  const parts = Array.from({ length: Math.ceil(missing.length / TEXTS_PER_JOB) }, (_, index) => missing.slice(index * TEXTS_PER_JOB, (index + 1) * TEXTS_PER_JOB));
  await Promise.all(parts.map(async (part) => {
    await crew.run('embed', { texts: part });
    progress((done += part.length), missing.length);
  }));
}
