import { DataError } from './files';
import { readPicks } from './judge/picks-file';
import { randomFor, shuffled } from './random';
import type { Workbench } from './workbench';
import type { World } from './world';
import { CellTable } from './cell-table';

/** What the judge chose for one prompt: numbers of the benchmark's prompt and of the column. */
export interface JudgedChoice {
  readonly prompt: number;
  readonly chosen: number;
}

export interface JudgedWorld {
  readonly world: World;
  readonly people: readonly { readonly id: string; readonly learn: readonly JudgedChoice[]; readonly ask: readonly JudgedChoice[] }[];
  /** Column chosen most over everybody's learning prompts. */
  readonly favourite: number;
}

/** Least consistent picks of a person for a part to learn from and a part to ask about. */
const LEAST_PICKS = 4;

/**
 * The consistent picks of a file over the LLMs that were shown and whose responses the folder measures; half of each person's prompts to learn from.
 * @throws DataError when nobody has enough of them
 */
export function openJudgedWorld(bench: Workbench, picksFile: string, limit: number, seed: number): JudgedWorld {
  const benchmark = bench.benchmark();
  const rows = readPicks(picksFile).filter(({ consistent }) => consistent);
  const shown = new Set(rows.flatMap(({ candidates }) => candidates));
  const llms = benchmark.llms.flatMap(({ id }, index) => (shown.has(id) ? [index] : []));
  const columnOf = new Map(llms.map((llm, column) => [benchmark.llms[llm]!.id, column]));
  const promptOf = new Map(benchmark.prompts.map(({ id }, index) => [id, index]));
  const byPerson = new Map<string, JudgedChoice[]>();
  for (const { user_id, prompt_id, chosen } of rows) {
    const [prompt, column] = [promptOf.get(prompt_id), columnOf.get(chosen ?? '')];
    if (prompt === undefined || column === undefined || llms.some((llm) => !benchmark.cells[prompt]?.[llm])) continue;
    byPerson.set(user_id, [...(byPerson.get(user_id) ?? []), { prompt, chosen: column }]);
  }
  const people = [...byPerson].filter(([, choices]) => choices.length >= LEAST_PICKS).slice(0, limit).map(([id, choices]) => {
    const mixed = shuffled(choices, randomFor(seed, `judged split ${id}`));
    const half = Math.floor(mixed.length / 2);
    return { id, learn: mixed.slice(0, half), ask: mixed.slice(half) };
  });
  if (people.length === 0 || llms.length < 2) throw new DataError(`${picksFile} has nobody with ${LEAST_PICKS} consistent picks among LLMs of this folder`);
  const counts = new Float64Array(llms.length);
  for (const { learn } of people) for (const { chosen } of learn) counts[chosen]! += 1;
  const favourite = counts.reduce((best, count, column) => (count > counts[best]! ? column : best), 0);
  return { world: { benchmark, pool: 'all', llms, cells: new CellTable(benchmark, llms), users: [], folds: [], trainPrompts: [], validationPrompts: [], trainUsers: [] }, people, favourite };
}

/** Share of the choices that `route` (by row) gets right. */
export function pointOfChoices(ask: readonly JudgedChoice[], route: (row: number) => number): number {
  return ask.filter(({ chosen }, row) => route(row) === chosen).length / ask.length;
}
