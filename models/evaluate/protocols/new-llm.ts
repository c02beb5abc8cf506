import { averageSeeds, joinPeople } from '../measures';
import { KNOWLEDGE } from '../new-llm-run';
import type { PersonalCurve } from '../person-run';
import { randomFor } from '../random';
import type { Section } from '../report';
import { bootstrapRatio } from '../statistics';
import type { WorldOptions } from '../world';
import { curveSection, settingOf, worldOf } from './curves';
import { poolsOf, secondary, type Protocol, type ProtocolInput } from './protocol';

const PICKS = 20;
const PEOPLE_PER_JOB = 25;

/** A person with 20 picks on known LLMs meets new ones: nothing was picked among them; then a 20-prompt quiz shows what they are like. */
export const newLlm: Protocol = async (asked) => {
  const input = { ...secondary(asked), users: asked.users };
  const { pools } = poolsOf(input.bench.benchmark(), ['seen', 'unseen']);
  if (pools.length < 2) return { sections: [], skipped: ['LLMs of seen and of unseen families are both needed; this folder has no splits.json that names them'] };
  return {
    sections: [await meets(input, worldOf(input, 'unseen'), 'new LLMs alone'), await meets(input, worldOf(input, 'all'), 'old and new LLMs together')],
    skipped: [],
  };
};

async function meets(input: ProtocolInput, scoreWorld: WorldOptions, what: string): Promise<Section> {
  const world = input.bench.world(scoreWorld);
  const people = world.users.length;
  const starts = Array.from({ length: Math.ceil(people / PEOPLE_PER_JOB) }, (_, index) => index * PEOPLE_PER_JOB);
  const progress = input.report(`new-llm, ${what}`);
  let done = 0;
  const reference = input.crew.run('reference', { world: scoreWorld });
  const blind = input.crew.run('blind', { world: scoreWorld, seed: input.seed, neural: !input.fast });
  const seeds = await Promise.all(Array.from({ length: input.seeds }, async (_, offset) => {
    const parts = await Promise.all(starts.map(async (from) => {
      const curves = await input.crew.run('newLlm', { pickWorld: worldOf(input, 'seen'), scoreWorld, picks: PICKS, range: { from, to: Math.min(people, from + PEOPLE_PER_JOB) }, seed: input.seed + offset });
      progress((done += Math.min(people, from + PEOPLE_PER_JOB) - from), people * input.seeds);
      return curves;
    }));
    return KNOWLEDGE.map((_name, index) => joinPeople(parts.map((curves) => curves[index]!)));
  }));
  const curves: PersonalCurve[] = KNOWLEDGE.map((_, index) => averageSeeds(seeds.map((one) => one[index]!)));
  const section = curveSection(input, { title: `new-llm, simulated people with ${PICKS} picks on known LLMs, ${what}`, world, reference: await reference, fixed: await blind, curves, checkpoints: [PICKS], setting: settingOf(input) });
  const levels = await reference;
  const random = randomFor(input.seed, `new-llm ${what}`);
  const above = (curve: PersonalCurve) => curve.utilities[0]!.map((value, person) => value - levels.random[person]!);
  return {
    ...section,
    figures: {
      'captured, card only ÷ as trained on': bootstrapRatio(above(curves[0]!), above(curves[2]!), random),
      'captured, after a 20-prompt quiz ÷ as trained on': bootstrapRatio(above(curves[1]!), above(curves[2]!), random),
    },
  };
}
