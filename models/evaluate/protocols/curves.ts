import type { MethodSpec } from '../jobs';
import { averageSeeds, calibration, captured, costSavedAtEqualUtility, joinPeople, measure, picksToReach, type Result } from '../measures';
import type { PersonalCurve, Script } from '../person-run';
import { randomFor } from '../random';
import type { Section } from '../report';
import type { Reference } from '../levels';
import { mean, sameNumbers } from '../statistics';
import type { World, WorldOptions } from '../world';
import type { ProtocolInput } from './protocol';

export const CHECKPOINTS: readonly number[] = [0, 1, 2, 3, 5, 10, 20, 50];

/** People of one piece of work: small enough that threads end together, large enough that shared runs pay. */
const PEOPLE_PER_JOB = 25;

/** One method's curve over all people, shared out among the threads; the mean of the seeds. */
export async function runCurve(input: ProtocolInput, world: WorldOptions, method: MethodSpec, script: Omit<Script, 'seed'>, label: string): Promise<PersonalCurve> {
  const people = input.bench.world(world).users.length;
  // Seeds average the luck of the router's picks; the baselines' first seed says where they stand.
  const seeds = method.kind === 'tacit' ? input.seeds : 1;
  const size = Math.max(1, Math.min(PEOPLE_PER_JOB, Math.ceil(people / input.crew.threads)));
  const starts = Array.from({ length: Math.ceil(people / size) }, (_, index) => index * size);
  const progress = input.report(`${label}, ${method.name}`);
  const done = new Map<string, number>();
  const curves = await Promise.all(
    Array.from({ length: seeds }, async (_, offset) => {
      const seed = input.seed + offset;
      const parts = await Promise.all(
        starts.map((from) =>
          input.crew.run('curve', { world, method, script: { ...script, seed }, range: { from, to: Math.min(people, from + size) } }, (count) => {
            done.set(`${seed} ${from}`, count);
            progress([...done.values()].reduce((sum, value) => sum + value, 0), people * seeds);
          }),
        ),
      );
      return joinPeople(parts);
    }),
  );
  return averageSeeds(curves);
}

/** The baselines that learn a person from picks. */
const LEARNERS: readonly MethodSpec[] = (['PersonalizedRouter', 'matrix factorisation', 'LinUCB', 'linear dueling Thompson'] as const).map((kind) => ({ name: kind, kind }));

export function tacit(name: string, more: Omit<MethodSpec, 'name' | 'kind'> = {}): MethodSpec {
  return { name, kind: 'tacit', ...more };
}

/** One run for each ablation asked for, by its name. */
export function ablated(input: ProtocolInput): MethodSpec[] {
  return input.ablations.map((name) => tacit(`Tacit, ${name}`, { ablations: name }));
}

export interface SimulatedRun {
  readonly title: string;
  readonly world: WorldOptions;
  readonly methods: readonly MethodSpec[];
  readonly script: Omit<Script, 'seed'>;
  /** Learning baselines are left out, because another table has them or they cannot take part. */
  readonly withoutLearners?: boolean;
}

/** People of a world under a script: the router's variants beside every baseline. */
export async function simulatedSection(input: ProtocolInput, { title, world: options, methods, script, withoutLearners }: SimulatedRun): Promise<Section> {
  const world = input.bench.world(options);
  const specs = [...methods, ...(withoutLearners || input.fast ? [] : LEARNERS)];
  const [reference, blind, ...curves] = await Promise.all([
    input.crew.run('reference', { world: options }),
    input.crew.run('blind', { world: options, seed: input.seed, neural: !input.fast }),
    ...specs.map((method) => runCurve(input, options, method, scriptFor(method, script), title)),
  ]);
  return curveSection(input, { title, world, reference, fixed: blind, curves, checkpoints: script.checkpoints, setting: settingOf(input) });
}

/** Random duels are an ablation like another: chance shows the pairs, the router learns from them. Only the router has explicit wishes. */
function scriptFor({ kind, ablations, everyday = false }: MethodSpec, { frontierAt, ...script }: Omit<Script, 'seed'>): Omit<Script, 'seed'> {
  if (kind !== 'tacit') return script;
  const asked = { ...script, everyday, ...(frontierAt === undefined ? {} : { frontierAt }) };
  return ablations?.split(',').includes('random-duels') ? { ...asked, duels: 'random' } : asked;
}

export function worldOf(input: ProtocolInput, pool: WorldOptions['pool'], more: Partial<WorldOptions> = {}): WorldOptions {
  return { pool, users: input.users, prompts: input.prompts, split: input.split, picks: input.picks, ...more };
}

export function settingOf({ seed, seeds, split, picks }: ProtocolInput): Section['setting'] {
  return { seed, seeds, split, picks };
}

interface CurveSection {
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
    ...(sameNumbers(reference.ownCeiling, reference.ceiling) ? [] : [{ name: 'known-user ceiling, LLMs by card', picks: null, utilities: reference.ownCeiling }]),
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
    ...(mean(curve.sent[last]!) === checkpoints[last] ? {} : Object.fromEntries(checkpoints.slice(1).map((picks, index) => [`${curve.name}: prompts sent until ${picks} picks`, mean(curve.sent[index + 1]!)]))),
    ...(saved === null ? {} : { [`${curve.name}: cost saved at the user-blind router's utility`]: saved }),
  };
}
