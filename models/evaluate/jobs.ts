import { parseAblations } from './ablation';
import { cardsOnly } from './candidates';
import { referenceLevels, type Reference } from './levels';
import { runPersons, type PersonalCurve, type Range, type Script } from './person-run';
import type { PersonalMethod } from './personal-method';
import { TacitMethod } from './tacit-method';
import type { Workbench } from './workbench';
import type { World, WorldOptions } from './world';

/** One piece of work as plain data, so that any thread can do it. */
export type Job =
  | { readonly kind: 'embed'; readonly texts: readonly string[] }
  | { readonly kind: 'reference'; readonly world: WorldOptions }
  | { readonly kind: 'curve'; readonly world: WorldOptions; readonly method: MethodSpec; readonly script: Script; readonly range: Range };

export interface MethodSpec {
  readonly name: string;
  readonly ablations?: string;
}

export interface JobResults {
  readonly embed: readonly Float32Array[];
  readonly reference: Reference;
  readonly curve: PersonalCurve;
}

export type JobKind = Job['kind'];
export type JobOf<Kind extends JobKind> = Extract<Job, { kind: Kind }>;

type Runners = { readonly [Kind in JobKind]: (bench: Workbench, job: JobOf<Kind>, report: (done: number) => void) => Promise<JobResults[Kind]> };

const RUNNERS: Runners = {
  embed: (bench, { texts }, report) => bench.artifacts.embed(texts, report),
  reference: (bench, { world }) => referenceLevels(bench, bench.world(world)),
  curve: async (bench, { world: options, method, script, range }, report) => {
    const world = bench.world(options);
    return runPersons(world, await methodOf(bench, world, method), script, range, report);
  },
};

export function runJob<Kind extends JobKind>(bench: Workbench, kind: Kind, job: JobOf<Kind>, report: (done: number) => void): Promise<JobResults[Kind]> {
  return RUNNERS[kind](bench, job, report);
}

async function methodOf(bench: Workbench, world: World, { name, ablations }: MethodSpec): Promise<PersonalMethod> {
  const off = new Set(parseAblations(ablations));
  const candidates = await bench.candidates(world);
  return new TacitMethod(name, world, bench.artifacts, await bench.prompts(), off.has('no-fingerprints') ? cardsOnly(candidates) : candidates, off);
}
