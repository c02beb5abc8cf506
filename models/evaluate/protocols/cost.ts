import type { CostJobOptions, CostResult } from '../cost-run';
import { hasRoutingSet, readRoutingSet, ROUTING_SETS, setLimits } from '../routing-set';
import { randomFor } from '../random';
import { tableSection, type Entry, type Section } from '../report';
import { bootstrapRatio, mean } from '../statistics';
import { encodeAll, type Protocol, type ProtocolInput } from './protocol';

/** α = 0.2 … 1.0, the paper's nine users. */
const ALPHAS = Array.from({ length: 9 }, (_, index) => 0.2 + 0.1 * index);
/** Each of the nine with up to so many orders of picks, so that luck in the picks is averaged. */
const REPEATS = 8;
const QUERIES = 300;
const CHECKPOINTS = [0, 5, 10, 20, 50];

/** The paper's multi-cost-efficiency strategy: reward = α · performance − (1 − α) · cost. */
export const cost: Protocol = async (input) => {
  const sections = [];
  const skipped = [];
  for (const set of ROUTING_SETS) {
    if (!hasRoutingSet(input.bench.dataFolder, set)) skipped.push(`${set}: routing/${set}.jsonl(.gz) is missing`);
    else sections.push(await onSet(input, set));
  }
  return { sections, skipped };
};

async function onSet(input: ProtocolInput, set: string): Promise<Section> {
  const alphas = Array.from({ length: Math.max(1, Math.min(REPEATS, Math.floor(input.users / ALPHAS.length))) }, () => ALPHAS).flat();
  const results = await runCostJobs(input, { set, alphas, checkpoints: CHECKPOINTS, queries: Math.min(QUERIES, input.prompts) }, `cost, ${set}`);
  return costSection(input, `cost: multi-cost-efficiency on ${set}, simulated people with α = 0.2 … 1.0`, results, alphas.length);
}

/** The router shared out among the threads, the baselines beside it. */
export async function runCostJobs(input: ProtocolInput, job: Pick<CostJobOptions, 'set' | 'alphas' | 'checkpoints' | 'queries'>, label: string): Promise<CostResult[]> {
  const part = input.split === 'test' ? 'test' : 'validation';
  const common = { ...job, part, seed: input.seed, fast: input.fast } as const;
  const people = job.alphas.length;
  const size = Math.ceil(people / Math.max(2, input.crew.threads * 2));
  const starts = Array.from({ length: Math.ceil(people / size) }, (_, index) => index * size);
  const progress = input.report(label);
  const done = new Map<number, number>();
  await encodeAll(input, readRoutingSet(input.bench.dataFolder, job.set, setLimits(job.queries, part)).queries.map(({ text }) => text));
  const baselines = await input.crew.run('cost', { ...common, share: 'baselines' });
  const shares = await Promise.all(starts.map((from) =>
    input.crew.run('cost', { ...common, share: { from, to: Math.min(people, from + size) } }, (count) => {
      done.set(from, count);
      progress([...done.values()].reduce((sum, value) => sum + value, 0), people);
    })));
  const own = shares[0]!.map((first, index) => ({
    ...first,
    rewards: first.rewards.map((_, person) => shares.reduce((sum, share) => sum + share[index]!.rewards[person]!, 0)),
    accuracy: first.accuracy.map((_, person) => shares.reduce((sum, share) => sum + share[index]!.accuracy[person]!, 0)),
  }));
  return [...baselines, ...own];
}

/** References that are told more than any router could be; not among the baselines to beat. */
const TOLD = ['oracle', 'known α', 'kNN told α', 'own best single'];

export function costSection(input: ProtocolInput, title: string, results: readonly CostResult[], people: number): Section {
  const random = randomFor(input.seed, title);
  const oracle = results.find(({ name }) => name === 'oracle')!.rewards;
  const rivals = results.filter(({ name }) => !name.startsWith('Tacit') && !TOLD.some((told) => name.startsWith(told)));
  const best = rivals.reduce((one, other) => (mean(other.rewards) > mean(one.rewards) ? other : one));
  const accurate = rivals.reduce((one, other) => (mean(other.accuracy) > mean(one.accuracy) ? other : one));
  const rows = results.map(({ name, picks, rewards, accuracy }): Entry[] => [
    name,
    picks,
    mean(rewards),
    bootstrapRatio(rewards, oracle, random),
    bootstrapRatio(rewards.map((value, person) => value - best.rewards[person]!), new Float64Array(people).fill(1), random),
    mean(accuracy),
  ]);
  const ours = results.filter(({ name, picks }) => name === 'Tacit' && picks !== null).at(-1)!;
  return tableSection(title, { seed: input.seed, split: input.split, people }, ['method', 'picks', 'reward', 'reward ÷ oracle', `reward over ${best.name}`, 'accuracy'], rows, {
    'best baseline by reward': `${best.name}${best.picks === null ? '' : `, ${best.picks} picks`}`,
    [`Tacit at ${ours.picks} picks: improvement in reward over it, %`]: (100 * (mean(ours.rewards) - mean(best.rewards))) / Math.abs(mean(best.rewards)),
    'best baseline by accuracy': `${accurate.name}${accurate.picks === null ? '' : `, ${accurate.picks} picks`}`,
    [`Tacit at ${ours.picks} picks: improvement in accuracy over it, %`]: (100 * (mean(ours.accuracy) - mean(accurate.accuracy))) / mean(accurate.accuracy),
  });
}
