import { fitBlind } from './baselines/blind';
import { alpacaTaskData } from './baselines/alpaca-task-data';
import type { Result } from './measures';
import { pointOf } from './person-run';
import { mean } from './statistics';
import type { Workbench } from './workbench';
import { cellOf, trueUtilities, type World } from './world';

/** The user-blind baselines, person by person. */
export async function blindResults(bench: Workbench, world: World, seed: number, neural: boolean): Promise<Result[]> {
  const embeddings = (await bench.prompts()).map(({ embedding }) => embedding);
  const results = new Map<string, { utilities: Float64Array; top1: Float64Array; costUsd: Float64Array }>();
  const zeros = () => new Float64Array(world.users.length);
  for (const fold of world.folds) {
    const data = alpacaTaskData(world, fold, embeddings, bench.artifacts.fingerprints.axisConstants);
    const quality = Float64Array.from(world.llms, (_, column) => mean(data.train.map((prompt) => cellOf(world, prompt, column).winRate)));
    const baselines = fitBlind(data, listPrices(world), quality, seed, neural).map(({ name, scores }) => ({ name: name.replace(/ \(\d+\)$/, ''), scores: scores(fold.scorePrompts) }));
    world.users.forEach((user, person) => {
      const truth = trueUtilities(world, user, fold.scorePrompts);
      for (const { name, scores } of baselines) {
        const entry = results.get(name) ?? { utilities: zeros(), top1: zeros(), costUsd: zeros() };
        results.set(name, entry);
        const point = pointOf(world, fold.scorePrompts, truth, scores);
        entry.utilities[person]! += point.utility / world.folds.length;
        entry.top1[person]! += point.top1 / world.folds.length;
        entry.costUsd[person]! += point.costUsd / world.folds.length;
      }
    });
  }
  return [...results].map(([name, result]) => ({ name, picks: null, ...result }));
}

/** `[M]` list price per token in and out; of equal prices the first by name counts as cheaper, as in the data folder's own figures. */
function listPrices(world: World): Float64Array {
  const rows = world.llms.map((llm) => world.benchmark.llms[llm]!);
  const names = rows.map(({ id }) => id).sort();
  return Float64Array.from(rows, ({ id, price_in_usd_per_mtok: input, price_out_usd_per_mtok: output }) => (input ?? 0) + (output ?? 0) + 1e-6 * names.indexOf(id));
}
