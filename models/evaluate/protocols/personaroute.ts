import { randomFor } from '../random';
import type { Row } from '../measures';
import type { Section } from '../report';
import { hasRoutingSet } from '../routing-set';
import { costSection, runCostJobs } from './cost';
import { simulatedSection, tacit, worldOf } from './curves';
import { poolsOf, type Protocol, type ProtocolInput } from './protocol';

const PEOPLE = 1000;
const LLMS = 10;
const PICKS = 20;
const SET = 'routerbench_subset';
/** Fixed points that no router could be; not among the baselines to beat. */
const NOT_ROUTERS = ['oracle', 'known-user ceiling', 'own best single (hindsight)'];

/** 1,000 people × 10 LLMs, the paper's two strategies in its own terms: reward and accuracy, improvement over the best baseline in %. */
export const personaroute: Protocol = async (input) => {
  const sections: Section[] = [];
  const skipped: string[] = [];
  if (hasRoutingSet(input.bench.dataFolder, SET)) sections.push(await costEfficiency(input));
  else skipped.push(`multi-cost-efficiency: routing/${SET}.jsonl(.gz) is missing`);
  const pool = poolsOf(input.bench.benchmark(), ['seen', 'unseen']).pools[0];
  if (pool) sections.push(await judged(input, pool));
  return { sections, skipped };
};

async function costEfficiency(input: ProtocolInput): Promise<Section> {
  const random = randomFor(0, 'personaroute people');
  const alphas = Array.from({ length: Math.min(PEOPLE, input.users * 4) }, () => 0.2 + 0.8 * random());
  const results = await runCostJobs(input, { set: SET, alphas, checkpoints: [0, PICKS], queries: Math.min(150, input.prompts) }, 'personaroute, multi-cost-efficiency');
  return costSection(input, `personaroute, multi-cost-efficiency: ${alphas.length} simulated people × ${LLMS} LLMs (${SET})`, results, alphas.length);
}

async function judged(input: ProtocolInput, pool: 'seen' | 'unseen' | 'all'): Promise<Section> {
  const world = worldOf(input, pool, { people: 'all', users: Math.min(PEOPLE, input.users * 4), llms: LLMS, prompts: Math.min(100, input.prompts) });
  const section = await simulatedSection({ ...input, seeds: 1 }, { title: `personaroute, personal taste as judge: simulated people × ${LLMS} LLMs`, world, methods: [tacit('Tacit')], script: { checkpoints: [0, PICKS] } });
  const rivals = section.methods.filter(({ name }) => !name.startsWith('Tacit') && !NOT_ROUTERS.includes(name));
  const ours = section.methods.filter(({ name }) => name === 'Tacit').at(-1)!;
  const bestBy = (of: (row: Row) => number) => rivals.reduce((one, other) => (of(other) > of(one) ? other : one));
  const [byAccuracy, byReward] = [bestBy((row) => row.top1 ?? 0), bestBy((row) => row.utility)];
  return {
    ...section,
    figures: {
      'best baseline by accuracy': labelled(byAccuracy),
      [`Tacit at ${PICKS} picks: improvement in accuracy over it, %`]: (100 * ((ours.top1 ?? 0) - (byAccuracy.top1 ?? 0))) / (byAccuracy.top1 || 1),
      'best baseline by captured reward': labelled(byReward),
      [`Tacit at ${PICKS} picks: improvement in captured reward over it, %`]: (100 * (ours.captured.mean - byReward.captured.mean)) / Math.abs(byReward.captured.mean),
    },
  };
}

function labelled({ name, picks }: Row): string {
  return picks === null ? name : `${name}, ${picks} picks`;
}
