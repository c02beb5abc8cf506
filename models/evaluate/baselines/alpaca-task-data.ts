import type { AxisConstants } from '../../../src/core/manifest';
import { AXIS_COUNT, axisIndex } from '../../../src/core/dimensions';
import { measuredAxes } from '../axes-of-cell';
import { mean } from '../statistics';
import { cellOf, trueUtilities, type Fold, type World } from '../world';
import { splitHeld, type TaskData } from './task-data';

/**
 * The training split of a world for the fitted baselines; in a folder without one, the half of the prompts on which picks are made (which favours
 * the baselines: they see every LLM's response and the judge's verdict there, the personal router sees a few picks).
 */
export function alpacaTaskData(world: World, fold: Fold, embeddings: readonly Float32Array[], constants: AxisConstants): TaskData {
  const learnable = world.trainPrompts.length > 0 ? world.trainPrompts : fold.pickPrompts;
  const { train, held } = splitHeld(learnable, world.trainPrompts.length > 0 ? world.validationPrompts : []);
  const people = world.trainUsers.length > 0 ? world.trainUsers : world.users;
  const tasks = world.benchmark.prompts.map(({ task }) => task);
  const traits = meanTraits(world, train, tasks, constants);
  return {
    width: world.llms.length,
    embeddings,
    tasks,
    train,
    held,
    people: people.length,
    rewards: (person, queries) => trueUtilities(world, people[person]!, queries),
    features: (query) => traits.get(tasks[query]!) ?? traits.get('')!,
    pickNoise: mean(people.map(({ noise }) => noise)),
  };
}

/** Mean measured axes with judged quality for each task and, under '', over all, `[M × 12]`; a task's are shrunk to the LLM's overall mean. */
function meanTraits(world: World, train: readonly number[], tasks: readonly string[], constants: AxisConstants): Map<string, Float64Array> {
  const width = world.llms.length;
  const sums = new Map<string, { total: Float64Array; count: number }>();
  for (const prompt of train) {
    for (const name of ['', tasks[prompt]!]) {
      if (!sums.has(name)) sums.set(name, { total: new Float64Array(width * AXIS_COUNT), count: 0 });
    }
    const [all, own] = [sums.get('')!, sums.get(tasks[prompt]!)!];
    all.count += 1;
    own.count += 1;
    for (let column = 0; column < width; column++) addAxes(world, prompt, column, constants, [all.total, own.total]);
  }
  const overall = sums.get('')!.total.map((value) => value / sums.get('')!.count);
  return new Map([...sums].map(([name, { total, count }]) => [name, name === '' ? overall : total.map((value, i) => (value + 5 * overall[i]!) / (count + 5))]));
}

function addAxes(world: World, prompt: number, column: number, constants: AxisConstants, totals: readonly Float64Array[]): void {
  const cell = cellOf(world, prompt, column);
  const axes = measuredAxes(cell, constants);
  const quality = axisIndex('quality');
  axes[quality] = (cell.winRate - constants.mean[quality]!) / constants.sd[quality]!;
  for (const total of totals) axes.forEach((value, axis) => (total[column * AXIS_COUNT + axis]! += value));
}
