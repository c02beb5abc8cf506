import type { Pool } from '../benchmark';
import { fitBlindBaselines } from '../blind-baselines';
import type { Result } from '../measures';
import { pointOf } from '../person-run';
import type { Section } from '../report';
import { trueUtilities, type World, type WorldOptions } from '../world';
import { CHECKPOINTS, curveSection, runCurve } from './curves';
import { poolsOf, type Protocol, type ProtocolInput } from './protocol';

/** A person arrives without history and picks 0 … 50 times. */
export const newUser: Protocol = async (input) => {
  const { pools, skipped } = poolsOf(input.bench.benchmark(), input.pools);
  const sections = [];
  for (const pool of pools) sections.push(await onPool(input, pool));
  return { sections, skipped };
};

async function onPool(input: ProtocolInput, pool: Pool): Promise<Section> {
  const options: WorldOptions = { pool, users: input.users, prompts: input.prompts, split: input.split, picks: input.picks };
  const world = input.bench.world(options);
  const reference = input.crew.run('reference', { kind: 'reference', world: options });
  const curves = await Promise.all(
    input.duels.map((duels) => runCurve(input, options, { name: `Tacit, ${duels} duels`, ablations: '' }, { checkpoints: CHECKPOINTS, duels, frontierAt: 20 }, `new-user, ${pool}`)),
  );
  const fixed = await blindResults(input, world);
  return curveSection(input, { title: `new-user, simulated people, ${pool} LLMs`, world, reference: await reference, fixed, curves, checkpoints: CHECKPOINTS, setting: { seed: input.seed, seeds: input.seeds, split: input.split, picks: input.picks } });
}

/** The user-blind baselines, person by person. */
export async function blindResults(input: ProtocolInput, world: World): Promise<Result[]> {
  const embeddings = (await input.bench.prompts()).map(({ embedding }) => embedding);
  const results = new Map<string, { utilities: Float64Array; top1: Float64Array; costUsd: Float64Array }>();
  for (const fold of world.folds) {
    const baselines = fitBlindBaselines(world, fold, embeddings, input.seed).map(({ name, scores }) => ({ name, scores: scores(fold.scorePrompts) }));
    world.users.forEach((user, person) => {
      const truth = trueUtilities(world, user, fold.scorePrompts);
      for (const { name, scores } of baselines) {
        const zeros = () => new Float64Array(world.users.length);
        if (!results.has(name)) results.set(name, { utilities: zeros(), top1: zeros(), costUsd: zeros() });
        const entry = results.get(name)!;
        const point = pointOf(world, fold.scorePrompts, truth, scores);
        entry.utilities[person]! += point.utility / world.folds.length;
        entry.top1[person]! += point.top1 / world.folds.length;
        entry.costUsd[person]! += point.costUsd / world.folds.length;
      }
    });
  }
  return [...results].map(([name, result]) => ({ name, picks: null, ...result }));
}
