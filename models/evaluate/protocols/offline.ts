import { tableSection, type Entry } from '../report';
import { worldOf } from './curves';
import { poolsOf, type Protocol } from './protocol';

/** Whether the app's offline evaluation tells the truth, where the truth is known. */
export const offline: Protocol = async (input) => {
  const pool = poolsOf(input.bench.benchmark(), ['seen', 'unseen']).pools[0];
  if (!pool) return { sections: [], skipped: ['fewer than two LLMs'] };
  const world = worldOf(input, pool, { users: Math.min(100, input.users) });
  const progress = input.report('offline');
  const results = await input.crew.run('offline', { world, decisions: [100, 300, 1000, 3000], picks: 10, seed: input.seed }, (done) => progress(done, Math.min(100, input.users)));
  const rows = results.map((result): Entry[] => [result.estimator, result.decisions, result.people, result.refused, result.effectiveSampleSize, result.bias, result.rootMeanSquareError, result.coverage]);
  return {
    sections: [tableSection(`offline: value of the personal router after 10 picks, estimated from logs of another router, simulated people, ${pool} LLMs`, { seed: input.seed, split: input.split }, ['estimator', 'decisions', 'people', 'refused', 'effective sample', 'bias', 'RMSE', '95 % interval holds'], rows)],
    skipped: [],
  };
};
