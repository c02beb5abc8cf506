import { AXIS_COUNT, axisIndex } from '../../src/core/dimensions';
import type { AxisConstants } from '../../src/core/manifest';
import type { RoutingSet } from './routing-set';
import type { TacitSession } from './tacit-session';
import { mean } from './statistics';

/**
 * What the shipped graph expects of every LLM on every test query, in the units of the reward: predicted quality 0 … 1, and the cost it
 * predicts on the economy axis, min–max normalised with the training costs of the query's task.
 */
export async function expectedQualityAndCost(
  session: TacitSession,
  { set, test, train }: { readonly set: RoutingSet; readonly test: readonly number[]; readonly train: readonly number[] },
  constants: AxisConstants,
): Promise<{ readonly quality: Float64Array; readonly cost: Float64Array }> {
  const [QUALITY, ECONOMY] = [axisIndex('quality'), axisIndex('economy')];
  const width = set.llms.length;
  const outputs = await session.outputs(test);
  const raw = (axis: number, value: number) => value * constants.sd[axis]! + constants.mean[axis]!;
  const quality = new Float64Array(test.length * width);
  const cost = new Float64Array(test.length * width);
  const ranges = taskRanges(set, train);
  outputs.forEach((output, row) => {
    const { low, high } = ranges(set.queries[test[row]!]!.task);
    for (let column = 0; column < width; column++) {
      quality[row * width + column] = raw(QUALITY, output.axes[column * AXIS_COUNT + QUALITY]!);
      const index = -raw(ECONOMY, output.axes[column * AXIS_COUNT + ECONOMY]!);
      const usd = constants.costP1Usd * (constants.costP99Usd / constants.costP1Usd) ** index;
      cost[row * width + column] = (usd - low) / (high - low);
    }
  });
  return { quality, cost };
}

/** Cheapest and dearest training response of each task, which is what the normalisation of its costs spans. */
function taskRanges(set: RoutingSet, train: readonly number[]): (task: string) => { readonly low: number; readonly high: number } {
  const width = set.llms.length;
  const costs = new Map<string, number[]>();
  for (const query of train) {
    const { task } = set.queries[query]!;
    const list = costs.get(task) ?? [];
    for (let column = 0; column < width; column++) list.push(set.costUsd[query * width + column]!);
    costs.set(task, list);
  }
  const all = [...costs.values()].flat();
  const rangeOf = (list: readonly number[]) => ({ low: Math.min(...list), high: Math.max(...list, Math.min(...list) + 1e-9) });
  const fallback = all.length > 0 ? rangeOf(all) : { low: 0, high: Math.max(1e-9, mean(set.costUsd)) };
  return (task) => {
    const list = costs.get(task);
    return list ? rangeOf(list) : fallback;
  };
}
