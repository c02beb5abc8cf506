import { parseAblations } from './ablation';
import { alpacaTaskData } from './baselines/alpaca-task-data';
import { LinearPeople, type LinearKind } from './baselines/linear-people';
import { NetworkPeople } from './baselines/network-people';
import { blindResults } from './blind-results';
import { runCost, type CostJobOptions, type CostResult } from './cost-run';
import { runJudged, type JudgedJobOptions, type JudgedResult } from './judged-run';
import { informedCandidates, referenceLevels, type Reference } from './levels';
import type { Result } from './measures';
import { runNewLlm, type NewLlmJobOptions } from './new-llm-run';
import { runOffline, type OfflineJobOptions, type OfflineResult } from './offline-run';
import { runPeople, type PeopleJobOptions, type PeopleResult } from './people-run';
import { runPersons, type PersonalCurve, type Range, type Script } from './person-run';
import type { PersonalMethod } from './personal-method';
import { afterQuiz } from './quiz';
import { TacitMethod } from './tacit-method';
import type { Workbench } from './workbench';
import type { World, WorldOptions } from './world';

/** One piece of work as plain data, so that any thread can do it. */
export interface Jobs {
  readonly embed: { readonly texts: readonly string[] };
  readonly reference: { readonly world: WorldOptions };
  readonly blind: { readonly world: WorldOptions; readonly seed: number; readonly neural: boolean };
  readonly curve: { readonly world: WorldOptions; readonly method: MethodSpec; readonly script: Script; readonly range: Range };
  readonly newLlm: NewLlmJobOptions;
  readonly cost: CostJobOptions;
  readonly people: PeopleJobOptions;
  readonly offline: OfflineJobOptions;
  readonly judged: JudgedJobOptions;
}

export interface MethodSpec {
  readonly name: string;
  readonly kind: 'tacit' | LinearKind | 'PersonalizedRouter';
  /** Names of ablations, comma-separated. */
  readonly ablations?: string;
  /** Everyday use, see `Script`. */
  readonly everyday?: boolean;
  /** The pick from which on the router is told that taste is another. */
  readonly toldAt?: number;
  /** What is known of LLMs that training did not see. */
  readonly knowledge?: 'card' | 'quiz' | 'trained';
}

export interface JobResults {
  readonly embed: readonly Float32Array[];
  readonly reference: Reference;
  readonly blind: readonly Result[];
  readonly curve: PersonalCurve;
  readonly newLlm: readonly PersonalCurve[];
  readonly cost: readonly CostResult[];
  readonly people: readonly PeopleResult[] | null;
  readonly offline: readonly OfflineResult[];
  readonly judged: readonly JudgedResult[];
}

export type JobKind = keyof Jobs;

type Report = (done: number) => void;
type Runners = { readonly [Kind in JobKind]: (bench: Workbench, job: Jobs[Kind], report: Report) => Promise<JobResults[Kind]> };

const RUNNERS: Runners = {
  embed: (bench, { texts }, report) => bench.artifacts.embed(texts, report),
  reference: (bench, { world }) => referenceLevels(bench, bench.world(world)),
  blind: (bench, { world, seed, neural }) => blindResults(bench, bench.world(world), seed, neural),
  curve: async (bench, { world: options, method, script, range }, report) => {
    const world = bench.world(options);
    return runPersons(world, await methodOf(bench, world, method, script.seed), script, range, report);
  },
  newLlm: runNewLlm,
  cost: runCost,
  people: runPeople,
  offline: runOffline,
  judged: runJudged,
};

export function runJob<Kind extends JobKind>(bench: Workbench, kind: Kind, job: Jobs[Kind], report: Report): Promise<JobResults[Kind]> {
  return RUNNERS[kind](bench, job, report);
}

async function methodOf(bench: Workbench, world: World, { name, kind, ablations, knowledge, toldAt }: MethodSpec, seed: number): Promise<PersonalMethod> {
  const prompts = await bench.prompts();
  if (kind === 'tacit') {
    const off = new Set(parseAblations(ablations));
    return new TacitMethod(name, world, bench.artifacts, prompts, await candidatesFor(bench, world, knowledge ?? 'card', seed), off, toldAt ?? null);
  }
  const embeddings = prompts.map(({ embedding }) => embedding);
  const dataOf = (fold: number) => alpacaTaskData(world, world.folds[fold]!, embeddings, bench.artifacts.fingerprints.axisConstants);
  const fitted = bench.once(`${kind} ${seed} ${world.llms.join()} ${world.folds.map((fold) => fold.pickPrompts.length).join()}`, () =>
    world.folds.map((_, fold) => (kind === 'PersonalizedRouter' ? new NetworkPeople(name, dataOf(fold), seed) : new LinearPeople(kind, dataOf(fold), seed))));
  return { name, begin: (person, fold) => fitted[world.folds.indexOf(fold)]!.begin(person) };
}

function candidatesFor(bench: Workbench, world: World, knowledge: NonNullable<MethodSpec['knowledge']>, seed: number) {
  const fold = world.folds[0]!;
  if (knowledge === 'quiz') return afterQuiz(bench, world, fold, seed);
  return knowledge === 'card' ? bench.candidates(world) : informedCandidates(bench, world, world.trainPrompts.length > 0 ? world.trainPrompts : fold.pickPrompts);
}
