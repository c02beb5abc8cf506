import type { MethodSpec } from '../jobs';
import { averageSeeds, calibration, captured, costSavedAtEqualUtility, joinPeople, measure, picksToReach, type Result } from '../measures';
import type { PersonalCurve, Script } from '../person-run';
import { randomFor } from '../random';
import type { Section } from '../report';
import type { Reference } from '../levels';
import { mean } from '../statistics';
import type { World, WorldOptions } from '../world';
import type { ProtocolInput } from './protocol';

export const CHECKPOINTS: readonly number[] = [0, 1, 2, 3, 5, 10, 20, 50];

/** People of one piece of work: small enough that threads end together, large enough that shared runs pay. */
const PEOPLE_PER_JOB = 25;

/** One method's curve over all people, shared out among the threads; the mean of the seeds. */
export async function runCurve(input: ProtocolInput, world: WorldOptions, method: MethodSpec, script: Omit<Script, 'seed'>, label: string): Promise<PersonalCurve> {
  const people = input.bench.world(world).users.length;
  const size = Math.max(1, Math.min(PEOPLE_PER_JOB, Math.ceil(people / input.crew.threads)));
  const starts = Array.from({ length: Math.ceil(people / size) }, (_, index) => index * size);
  const progress = input.report(`${label}, ${method.name}`);
  const done = new Map<string, number>();
  const curves = await Promise.all(
    Array.from({ length: input.seeds }, async (_, offset) => {
      const seed = input.seed + offset;
      const parts = await Promise.all(
        starts.map((from) =>
          input.crew.run('curve', { kind: 'curve', world, method, script: { ...script, seed }, range: { from, to: Math.min(people, from + size) } }, (count) => {
            done.set(`${seed} ${from}`, count);
            progress([...done.values()].reduce((sum, value) => sum + value, 0), people * input.seeds);
          }),
        ),
      );
      return joinPeople(parts);
    }),
  );
  return averageSeeds(curves);
}

export interface CurveSection {
  readonly title: string;
  readonly world: World;
  readonly reference: Reference;
  readonly fixed: readonly Result[];
  readonly curves: readonly PersonalCurve[];
  readonly checkpoints: readonly number[];
  readonly setting: Section['setting'];
}

/** The table every protocol of simulated people has. */
export function curveSection(input: ProtocolInput, { title, world, reference, fixed, curves, checkpoints, setting }: CurveSection): Section {
  const random = randomFor(input.seed, `bootstrap ${title}`);
  const levels: readonly Result[] = [
    { name: 'random', picks: null, utilities: reference.random },
    ...fixed,
    { name: 'user-blind (mean taste, same predictions)', picks: null, utilities: reference.blind },
    { name: 'own best single (hindsight)', picks: null, utilities: reference.bestSingle },
    { name: 'known-user ceiling', picks: null, utilities: reference.ceiling },
    { name: 'oracle', picks: null, utilities: reference.oracle },
  ];
  const results: Result[] = curves.flatMap(({ name, utilities, top1, costUsd }) => checkpoints.map((picks, index) => ({ name, picks, utilities: utilities[index]!, top1: top1[index], costUsd: costUsd[index] })));
  return {
    title,
    setting: { ...setting, people: world.users.length, prompts: world.folds.reduce((sum, fold) => sum + fold.scorePrompts.length, 0), LLMs: world.llms.length },
    levels: Object.fromEntries((['random', 'blind', 'bestSingle', 'ceiling', 'oracle'] as const).map((name) => [name, mean(reference[name])])),
    methods: [...levels, ...results].map((result) => measure(result, world.users, reference, random)),
    calibration: Object.fromEntries(curves.flatMap((curve) => (curve.forecasts.length > 0 ? [[curve.name, calibration(curve, checkpoints)]] : []))),
    figures: Object.assign({}, ...curves.map((curve) => figuresOf(curve, reference, checkpoints, random))) as Section['figures'],
  };
}

function figuresOf(curve: PersonalCurve, reference: Reference, checkpoints: readonly number[], random: () => number): Section['figures'] {
  const level = (utilities: Float64Array) => captured(utilities, reference, random).mean;
  const means = curve.utilities.map(level);
  const last = checkpoints.length - 1;
  const at = (picks: number) => means[checkpoints.indexOf(picks)];
  const ten = at(10);
  const saved = costSavedAtEqualUtility(curve, reference, random);
  return {
    [`${curve.name}: picks to 90 % of the known-user ceiling`]: picksToReach(0.9 * level(reference.ceiling), checkpoints, means),
    [`${curve.name}: picks to 90 % of its own score at ${checkpoints[last]} picks`]: picksToReach(0.9 * means[last]!, checkpoints, means),
    ...(ten === undefined || checkpoints[last]! <= 10 ? {} : { [`${curve.name}: captured at 10 picks ÷ at ${checkpoints[last]}`]: ten / means[last]! }),
    ...(saved === null ? {} : { [`${curve.name}: cost saved at the user-blind router's utility`]: saved }),
  };
}
