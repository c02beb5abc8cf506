import { randomFor } from '../random';
import { tableSection, type Entry } from '../report';
import { bootstrapRatio, mean } from '../statistics';
import type { Protocol } from './protocol';

const CHECKPOINTS = [0, 1, 3, 5, 10, 20];

/** People played by an LLM: how often the router chooses what the judge chose, in the paper's terms. Needs `--picks-file`. */
export const judged: Protocol = async (input) => {
  if (input.picksFile === null) return { sections: [], skipped: ['people played by an LLM: no --picks-file (make one with `npm run judge`)'] };
  const progress = input.report('judged');
  const results = await input.crew.run('judged', { picksFile: input.picksFile, checkpoints: CHECKPOINTS, people: input.users, seed: input.seed }, (done) => progress(done, input.users));
  const random = randomFor(input.seed, 'judged');
  const best = results.filter(({ name }) => name !== 'Tacit').reduce((one, other) => (mean(other.accuracy) > mean(one.accuracy) ? other : one));
  const ones = (values: Float64Array) => new Float64Array(values.length).fill(1);
  const rows = results.map(({ name, picks, accuracy }): Entry[] => [
    name, picks, bootstrapRatio(accuracy, ones(accuracy), random),
    bootstrapRatio(accuracy.map((value, person) => value - best.accuracy[person]!), ones(accuracy), random),
  ]);
  const ours = results.at(-1)!;
  return {
    sections: [tableSection('judged: people played by an LLM', { people: ours.accuracy.length, seed: input.seed }, ['method', 'picks', 'accuracy', `over ${best.name}`], rows, {
      [`Tacit at ${ours.picks} picks: improvement in accuracy over the best baseline, %`]: (100 * (mean(ours.accuracy) - mean(best.accuracy))) / mean(best.accuracy),
    })],
    skipped: [],
  };
};
