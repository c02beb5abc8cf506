import type { Candidate } from '../../src/core/routing';
import { loadArtifacts, type Artifacts } from './artifacts';
import { readBenchmark, type Benchmark } from './benchmark';
import { poolCandidates } from './candidates';
import type { Prompt } from './tacit-setting';
import { buildWorld, type World, type WorldOptions } from './world';

/** What every job needs, loaded once in each thread. */
export interface Workbench {
  readonly artifacts: Artifacts;
  readonly dataFolder: string;
  /** The AlpacaEval part of the folder. */
  benchmark(): Benchmark;
  /** Its prompts with their embeddings, by prompt number. */
  prompts(): Promise<readonly Prompt[]>;
  world(options: WorldOptions): World;
  candidates(world: World): Promise<readonly Candidate[]>;
  /** Anything expensive that several jobs of one thread share, made once. */
  once<Value>(key: string, make: () => Value): Value;
}

export async function openWorkbench(dataFolder: string, modelsFolder: string): Promise<Workbench> {
  const artifacts = await loadArtifacts(modelsFolder);
  const made = new Map<string, unknown>();
  function once<Value>(key: string, make: () => Value): Value {
    if (!made.has(key)) made.set(key, make());
    return made.get(key) as Value;
  }
  const benchmark = () => once('benchmark', () => readBenchmark(dataFolder));
  return {
    artifacts,
    dataFolder,
    benchmark,
    prompts: () =>
      once('prompts', async () => {
        const texts = benchmark().prompts.map(({ query }) => query);
        const embeddings = await artifacts.embed(texts);
        return texts.map((text, index) => ({ text, embedding: embeddings[index]! }));
      }),
    world: (options) => once(`world ${JSON.stringify(options)}`, () => buildWorld(benchmark(), options)),
    candidates: (world) => once(`candidates ${world.llms.join()}`, () => poolCandidates(world, artifacts)),
    once,
  };
}
