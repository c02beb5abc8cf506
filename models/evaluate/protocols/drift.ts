import { gain, captured, measure, type Row } from '../measures';
import type { PersonalCurve } from '../person-run';
import { randomFor } from '../random';
import type { Reference } from '../levels';
import type { Section } from '../report';
import { mean } from '../statistics';
import { runCurve, settingOf, tacit, worldOf } from './curves';
import { poolsOf, secondary, type Protocol, type ProtocolInput } from './protocol';

const FLIP = 30;
const CHECKPOINTS = [0, 10, 20, FLIP, 31, 33, 35, 38, 41, 45, 50, 60];

/** Taste turns round at pick 30: how deep the score falls, how fast it comes back, and what watching for it costs those whose taste stays. */
export const drift: Protocol = async (asked) => {
  const input = secondary(asked);
  const { pools, skipped } = poolsOf(input.bench.benchmark(), input.pools.includes('seen') ? ['seen'] : input.pools);
  const usable = pools.length > 0 ? pools : poolsOf(input.bench.benchmark(), ['unseen']).pools;
  const sections = [];
  for (const pool of usable) sections.push(await onPool(input, pool));
  return { sections, skipped: usable.length > 0 ? [] : skipped };
};

async function onPool(input: ProtocolInput, pool: 'seen' | 'unseen' | 'all'): Promise<Section> {
  const options = worldOf(input, pool);
  const world = input.bench.world(options);
  const [watched, unwatched, told] = [tacit('Tacit'), tacit('Tacit without drift tracking', { ablations: 'no-drift' }), tacit('Tacit told of the flip', { toldAt: FLIP })];
  const stays = { checkpoints: CHECKPOINTS };
  const [before, after, flippedOn, flippedOff, flippedTold, steadyOn, steadyOff] = await Promise.all([
    input.crew.run('reference', { world: options }),
    input.crew.run('reference', { world: { ...options, flipped: true } }),
    runCurve(input, options, watched, { ...stays, flipAt: FLIP }, 'drift, taste flips'),
    runCurve(input, options, unwatched, { ...stays, flipAt: FLIP }, 'drift, taste flips'),
    runCurve(input, options, told, { ...stays, flipAt: FLIP }, 'drift, taste flips'),
    runCurve(input, options, watched, stays, 'drift, taste stays'),
    runCurve(input, options, unwatched, stays, 'drift, taste stays'),
  ]);
  const random = randomFor(input.seed, `drift ${pool}`);
  const rowsOf = (curve: PersonalCurve, name: string, flips: boolean): Row[] =>
    CHECKPOINTS.map((picks, index) => measure({ name, picks, utilities: curve.utilities[index]!, top1: curve.top1[index] }, world.users, flips && picks > FLIP ? after : before, random));
  return {
    title: `drift, simulated people whose taste flips at pick ${FLIP}, ${pool} LLMs`,
    setting: { ...settingOf(input), people: world.users.length, LLMs: world.llms.length },
    levels: { 'before the flip: random': mean(before.random), ceiling: mean(before.ceiling), oracle: mean(before.oracle), 'after it: random': mean(after.random), 'ceiling ': mean(after.ceiling), 'oracle ': mean(after.oracle) },
    methods: [...rowsOf(flippedOn, watched.name, true), ...rowsOf(flippedOff, unwatched.name, true), ...rowsOf(flippedTold, told.name, true), ...rowsOf(steadyOn, 'taste stays: Tacit', false), ...rowsOf(steadyOff, 'taste stays: without drift tracking', false)],
    calibration: {},
    figures: {
      [`${watched.name}: picks until back at 90 % of the score before the flip`]: recovery(flippedOn, before, after, random),
      [`${unwatched.name}: picks until back at 90 % of the score before the flip`]: recovery(flippedOff, before, after, random),
      [`${told.name}: picks until back at 90 % of the score before the flip`]: recovery(flippedTold, before, after, random),
      'cost of drift tracking without drift, captured at 50 picks': gain(steadyOn.utilities[CHECKPOINTS.indexOf(50)]!, steadyOff.utilities[CHECKPOINTS.indexOf(50)]!, before, random),
      'gain of drift tracking 20 picks after a flip, captured': gain(flippedOn.utilities[CHECKPOINTS.indexOf(50)]!, flippedOff.utilities[CHECKPOINTS.indexOf(50)]!, after, random),
    },
  };
}

/** Picks after the flip; null when not within the run. Captured is on the scale of the taste of the moment. */
function recovery(curve: PersonalCurve, before: Reference, after: Reference, random: () => number): number | null {
  const score = (index: number, reference: Reference) => captured(curve.utilities[index]!, reference, random).mean;
  const level = 0.9 * score(CHECKPOINTS.indexOf(FLIP), before);
  const back = CHECKPOINTS.findIndex((picks, index) => picks > FLIP && score(index, after) >= level);
  return back < 0 ? null : CHECKPOINTS[back]! - FLIP;
}
