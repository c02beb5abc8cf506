import { AXIS_COUNT, EMBEDDING_SIZE, FEATURE_COUNT, axisIndex } from '../../src/core/dimensions';
import { featuresOfRow } from '../../src/core/decide';
import type { PreferencePair } from '../../src/core/preference';
import { marginOver, winProbability, type Contender } from '../../src/core/policy';
import { queryFeatures } from '../../src/core/query-features';
import type { RouterOutputs } from '../../src/core/router-outputs';
import type { Candidate } from '../../src/core/routing';
import { evidenceFromPicks, fitUserEmbedding, priorFromGraph, type Posterior } from '../../src/core/user-embedding';
import { graphTensors } from '../../src/engine/graph-tensors';
import { runRouter } from '../../src/engine/router';
import type { Artifacts } from './artifacts';
import { measuredAxes } from './axes-of-cell';
import { modelCard } from './model-card';
import type { PersonalMethod, PersonalSession } from './personal-method';
import { cellOf, type World } from './world';

const OPTIMISM = 1.5;
const QUALITY = axisIndex('quality');

export interface TacitOptions {
  readonly name: string;
  /** Which two are shown: the router's own choice, or any two. */
  readonly duels: 'active' | 'random';
  readonly random: () => number;
}

/** The shipped graph and the shipped adaptation, as the app's worker runs them. */
export class TacitMethod implements PersonalMethod {
  readonly name: string;

  constructor(
    readonly world: World,
    readonly artifacts: Artifacts,
    readonly embeddings: readonly Float32Array[],
    readonly candidates: readonly Candidate[],
    readonly options: TacitOptions,
  ) {
    this.name = options.name;
  }

  begin(): PersonalSession {
    return new TacitSession(this);
  }
}

/** The pool as the app would see it: cards, encoded descriptions and, for LLMs known from training, fingerprints. */
export async function poolCandidates(world: World, artifacts: Artifacts): Promise<Candidate[]> {
  const rows = world.llms.flatMap((llm) => world.benchmark.llms[llm] ?? []);
  const embeddings = await artifacts.embed(rows.map((row) => row.description), () => undefined);
  return rows.map((row, column) => ({
    card: modelCard(row, artifacts.fingerprints),
    descriptionEmbedding: embeddings[column] ?? new Float32Array(EMBEDDING_SIZE),
    fingerprint: artifacts.fingerprints.fingerprints[row.id] ?? null,
  }));
}

class TacitSession implements PersonalSession {
  private readonly picks: PreferencePair[] = [];
  /** The prompt routed last, valid until the next pick: a duel, its pick and its forecast share one run. */
  private last: { readonly prompt: number; readonly outputs: RouterOutputs } | null = null;

  constructor(private readonly method: TacitMethod) {}

  private route(prompts: readonly number[]): Promise<readonly RouterOutputs[]> {
    const { world, embeddings, candidates, artifacts } = this.method;
    const feeds = graphTensors({
      queries: prompts.map((prompt) => ({
        embedding: embeddings[prompt] ?? new Float32Array(EMBEDDING_SIZE),
        features: queryFeatures(world.benchmark.prompts[prompt]?.query ?? ''),
      })),
      candidates,
      graph: { picks: this.picks, decay: this.picks.map(() => 1) },
    });
    return runRouter(artifacts.router, feeds);
  }

  private async routeOne(prompt: number): Promise<RouterOutputs> {
    if (this.last?.prompt === prompt) return this.last.outputs;
    const [outputs] = await this.route([prompt]);
    if (!outputs) throw new Error('the router returned nothing for a prompt');
    this.last = { prompt, outputs };
    return outputs;
  }

  private posterior(outputs: RouterOutputs): Posterior {
    const { router } = this.method.artifacts.manifest;
    return fitUserEmbedding({
      prior: priorFromGraph(outputs.priorMean, outputs.priorLogVariance, router),
      evidence: evidenceFromPicks(this.picks, null, this.picks.length === 0 ? null : outputs.evidenceRelevance),
      outcomeModel: router,
    });
  }

  private contenders(outputs: RouterOutputs, posterior: Posterior): Contender[] {
    return this.method.candidates.map(({ card }, column) => {
      const features = featuresOfRow(outputs, column);
      let score = outputs.utility[column] ?? 0;
      for (let index = 0; index < FEATURE_COUNT; index++) score += (posterior.mean[index] ?? 0) * (features[index] ?? 0);
      return { modelId: card.id, score, features };
    });
  }

  async scores(prompts: readonly number[]): Promise<Float64Array> {
    const width = this.method.candidates.length;
    const result = new Float64Array(prompts.length * width);
    (await this.route(prompts)).forEach((outputs, row) => {
      this.contenders(outputs, this.posterior(outputs)).forEach(({ score }, column) => (result[row * width + column] = score));
    });
    return result;
  }

  async duel(prompt: number): Promise<readonly [number, number]> {
    const width = this.method.candidates.length;
    if (this.method.options.duels === 'random') return twoOf(width, this.method.options.random);
    const outputs = await this.routeOne(prompt);
    const posterior = this.posterior(outputs);
    const contenders = this.contenders(outputs, posterior);
    const best = indexOfMax(contenders.map(({ score }) => score));
    const optimistic = contenders.map((contender, column) => {
      if (column === best) return -Infinity;
      const { mean, variance } = marginOver(posterior, contender, contenders[best]!);
      return mean + OPTIMISM * Math.sqrt(variance);
    });
    return [best, indexOfMax(optimistic)];
  }

  async observe({ prompt, chosen, rejected }: { prompt: number; chosen: number; rejected: number }): Promise<void> {
    const outputs = await this.routeOne(prompt);
    const judged = (column: number) => ({
      modelId: this.method.candidates[column]!.card.id,
      features: this.readFeatures(outputs, prompt, column),
      blindUtility: outputs.utility[column] ?? 0,
      words: cellOf(this.method.world, prompt, column).words,
      costUsd: cellOf(this.method.world, prompt, column).costUsd,
      latencyMs: null,
    });
    this.picks.push({
      id: String(this.picks.length).padStart(6, '0'),
      createdAt: this.picks.length,
      source: 'compare',
      outcome: 'win',
      chosen: judged(chosen),
      rejected: judged(rejected),
      queryEmbedding: this.method.embeddings[prompt] ?? new Float32Array(EMBEDDING_SIZE),
      promptExcerpt: '',
      weight: 1,
      blind: true,
      chosenSide: null,
      propensity: 1,
      artifactVersion: this.method.artifacts.manifest.artifactVersion,
      conversationId: null,
      turnId: null,
      undoneAt: null,
    });
    this.last = null;
  }

  /** Measured axes of the response that was read; what cannot be measured stays as predicted. */
  private readFeatures(outputs: RouterOutputs, prompt: number, column: number): number[] {
    const predicted = featuresOfRow(outputs, column);
    const measured = measuredAxes(cellOf(this.method.world, prompt, column), this.method.artifacts.fingerprints.axisConstants, this.method.world.benchmark.scales);
    return predicted.map((value, index) => (index < AXIS_COUNT && index !== QUALITY ? (measured[index] ?? value) : value));
  }

  async pickProbability(prompt: number, first: number, second: number): Promise<number | null> {
    const outputs = await this.routeOne(prompt);
    const posterior = this.posterior(outputs);
    const contenders = this.contenders(outputs, posterior);
    return winProbability(posterior, contenders[first]!, contenders[second]!, this.method.artifacts.manifest.router.pickTemperature);
  }
}

function indexOfMax(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0);
}

function twoOf(width: number, random: () => number): readonly [number, number] {
  const first = Math.floor(random() * width);
  const second = (first + 1 + Math.floor(random() * (width - 1))) % width;
  return [first, second];
}
