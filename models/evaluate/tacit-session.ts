import { decide, featuresOfRow, fitPerson, type DecisionInput, type PersonFit } from '../../src/core/decide';
import { AXIS_COUNT, EMBEDDING_SIZE, FEATURE_COUNT, QUERY_FEATURE_COUNT, axisIndex } from '../../src/core/dimensions';
import { DriftWatch, decayWeights } from '../../src/core/drift';
import { featuresWithIntercepts } from '../../src/core/intercepts';
import { dot } from '../../src/core/linear-algebra';
import { nearestCluster, updateFingerprint } from '../../src/core/llm-features';
import type { ArtifactManifest } from '../../src/core/manifest';
import { rememberGain, winProbability, type Contender } from '../../src/core/policy';
import type { JudgedResponse, PreferencePair } from '../../src/core/preference';
import { queryFeatures } from '../../src/core/query-features';
import type { RouterOutputs } from '../../src/core/router-outputs';
import { NEUTRAL_UTILITY, NO_RULES, type Candidate, type ComparisonBudget, type ExplicitUtility, type Fingerprint, type RoutingDecision, type RoutingRequest } from '../../src/core/routing';
import { populationPrior } from '../../src/core/user-embedding';
import { wishFromUtility } from '../../src/core/utility';
import { graphTensors, type QueryNode } from '../../src/engine/graph-tensors';
import { runRouter } from '../../src/engine/router';
import { ablateOutputs, withoutClusters } from './ablation';
import { sameNumbers } from './statistics';
import type { Prompt, TacitSetting } from './tacit-setting';

const QUALITY = axisIndex('quality');
/** Prompts of one run of the graph. */
const BATCH = 160;

/** A response that was read: measured axes `[12]` (quality aside), null where nothing was measured. */
export interface ReadResponse {
  readonly column: number;
  readonly measured: readonly (number | null)[] | null;
  readonly words: number;
  readonly costUsd: number | null;
}

/** What scores are made of: weights on the `[20]` features, and of each column its LLM's intercept. */
interface Weights {
  readonly taste: Float64Array;
  readonly own: readonly number[];
}

/** Whether its text was there to be measured: a price alone says nothing of style. */
function wasRead({ measured }: ReadResponse): boolean {
  return typeof measured?.[axisIndex('length')] === 'number';
}

/** How often the policy may ask now. */
type Allowance = Pick<ComparisonBudget, 'remaining' | 'epsilon'>;

const ONE: Allowance = { remaining: 1, epsilon: 0 };

/** So little that no intercept leaves zero. */
const NO_VARIANCE = 1e-9;

const queryNodes = new WeakMap<Prompt, QueryNode>();

/**
 * One person's router, as the app's worker runs it: the shipped graph, `decide`, the drift watch. Scores come from the posterior directly
 * where that is provably the same as `decide` (checked on the first prompt of every batch) and from `decide` where not.
 */
export class TacitSession {
  private readonly picks: PreferencePair[] = [];
  private readonly watch: DriftWatch;
  private decay: readonly number[] = [];
  /** Outputs since the last pick. */
  private readonly fresh = new Map<number, RouterOutputs>();
  private candidates: readonly Candidate[];
  private hasRead = false;
  private recentGains: readonly number[] = [];
  /** Prompts sent so far. */
  private sent = 0;
  private readonly manifest: ArtifactManifest;

  constructor(private readonly setting: TacitSetting) {
    const { router } = setting.manifest;
    this.manifest = {
      ...setting.manifest,
      router: {
        ...router,
        interceptVariance: setting.off.has('no-intercepts') ? NO_VARIANCE : router.interceptVariance,
        sharedTaste: setting.off.has('one-population') || setting.off.has('flat-prior') ? null : router.sharedTaste,
        spikeAndSlab: setting.off.has('gaussian-prior') || setting.off.has('flat-prior') ? [] : router.spikeAndSlab,
      },
    };
    this.watch = new DriftWatch({ prior: populationPrior(router), outcomeModel: router });
    this.candidates = setting.candidates;
  }

  /** `[prompts]` what the graph says about each, after the picks so far. */
  async outputs(prompts: readonly number[]): Promise<readonly RouterOutputs[]> {
    const known = this.picks.length === 0 && !this.hasRead ? this.setting.blank : this.fresh;
    const missing = [...new Set(prompts)].filter((prompt) => !known.has(prompt));
    for (let at = 0; at < missing.length; at += BATCH) {
      const batch = missing.slice(at, at + BATCH);
      (await this.run(batch)).forEach((outputs, row) => known.set(batch[row]!, outputs));
    }
    return prompts.map((prompt) => known.get(prompt)!);
  }

  private async run(prompts: readonly number[]): Promise<readonly RouterOutputs[]> {
    const { router, manifest, off } = this.setting;
    const { candidates } = this;
    const hidden = off.has('no-graph-history');
    const graph = hidden ? { picks: [], decay: [] } : { picks: this.picks, decay: this.decay };
    const outputs = await runRouter(router, graphTensors({ queries: prompts.map((prompt) => this.queryNode(prompt)), candidates, graph }));
    const complete = hidden ? outputs.map((output) => ({ ...output, evidenceRelevance: new Float32Array(this.picks.length).fill(1) })) : outputs;
    return off.size === 0 ? complete : complete.map((output) => ablateOutputs(output, manifest, off));
  }

  private queryNode(prompt: number): QueryNode {
    const entry = this.prompt(prompt);
    if (this.setting.off.has('no-encoder')) return { embedding: new Float32Array(EMBEDDING_SIZE), features: new Float32Array(QUERY_FEATURE_COUNT) };
    const known = queryNodes.get(entry);
    if (known) return known;
    const node = { embedding: entry.embedding, features: queryFeatures(entry.text, this.manifest.router.queryWords) };
    queryNodes.set(entry, node);
    return node;
  }

  private prompt(number: number): Prompt {
    const prompt = this.setting.prompts[number];
    if (!prompt) throw new Error(`no prompt ${number}`);
    return prompt;
  }

  private request(prompt: number, utility: ExplicitUtility, allowance: Allowance = ONE): RoutingRequest {
    return {
      prompt: this.prompt(prompt).text,
      context: [],
      // A pool of the benchmark has no hard constraints: what its LLMs answered is known.
      candidates: this.candidates.map((candidate) => ({ ...candidate, card: { ...candidate.card, contextTokens: null } })),
      graph: { picks: this.picks, decay: this.decay },
      constraints: { ...NO_RULES, excludedModelIds: [], spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: [] },
      utility,
      comparison: { enabled: true, recentGains: this.recentGains, ...allowance },
      seed: this.sent,
    };
  }

  decision(prompt: number, outputs: RouterOutputs, utility: ExplicitUtility = NEUTRAL_UTILITY): RoutingDecision {
    return decide(this.decisionInput(this.request(prompt, utility), prompt, outputs));
  }

  private decisionInput(request: RoutingRequest, prompt: number, outputs: RouterOutputs): DecisionInput {
    return { request, outputs, artifact: this.manifest, axisConstants: this.setting.axisConstants, queryEmbedding: this.prompt(prompt).embedding };
  }

  fit(prompt: number, outputs: RouterOutputs): PersonFit {
    return fitPerson({ request: this.request(prompt, NEUTRAL_UTILITY), outputs, artifact: this.manifest });
  }

  /** `[prompts × M]` scores after the picks so far, under an explicit wish if there is one. */
  async scores(prompts: readonly number[], utility: ExplicitUtility = NEUTRAL_UTILITY): Promise<Float64Array> {
    const outputs = await this.outputs(prompts);
    const width = this.setting.candidates.length;
    const result = new Float64Array(prompts.length * width);
    let last: { readonly outputs: RouterOutputs; readonly weights: Weights } | null = null;
    for (const [row, output] of outputs.entries()) {
      const weights: Weights = last !== null && sameEvidence(last.outputs, output) ? last.weights : this.weights(prompts[row]!, output, utility);
      last = { outputs: output, weights };
      this.writeScores(output, weights, result, row * width);
      if (row === 0 && !this.agrees(prompts[0]!, output, utility, result)) return this.slowScores(prompts, outputs, utility);
    }
    return result;
  }

  private weights(prompt: number, outputs: RouterOutputs, utility: ExplicitUtility): Weights {
    const { shift } = wishFromUtility(utility, this.manifest.router);
    const { posterior, intercepts } = this.fit(prompt, outputs);
    const own = this.candidates.map(({ card }) => intercepts.modelIds.indexOf(card.id));
    return { taste: Float64Array.from(shift, (value, i) => value + posterior.mean[i]!), own: own.map((slot) => (slot < 0 ? 0 : posterior.mean[FEATURE_COUNT + slot]!)) };
  }

  private writeScores(outputs: RouterOutputs, { taste, own }: Weights, result: Float64Array, at: number): void {
    const { utility, axes, residual } = outputs;
    for (let column = 0; column < this.setting.candidates.length; column++) {
      let score = utility[column]! + own[column]!;
      for (let axis = 0; axis < AXIS_COUNT; axis++) score += taste[axis]! * axes[column * AXIS_COUNT + axis]!;
      for (let i = AXIS_COUNT; i < FEATURE_COUNT; i++) score += taste[i]! * residual[column * (FEATURE_COUNT - AXIS_COUNT) + i - AXIS_COUNT]!;
      result[at + column] = score;
    }
  }

  private agrees(prompt: number, outputs: RouterOutputs, utility: ExplicitUtility, scores: Float64Array): boolean {
    const byId = new Map(this.decision(prompt, outputs, utility).ranking.map(({ modelId, score }) => [modelId, score]));
    return this.setting.candidates.every(({ card }, column) => Math.abs((byId.get(card.id) ?? Number.NaN) - scores[column]!) < 1e-6);
  }

  private slowScores(prompts: readonly number[], outputs: readonly RouterOutputs[], utility: ExplicitUtility): Float64Array {
    return Float64Array.from(prompts.flatMap((prompt, row) => {
      const byId = new Map(this.decision(prompt, outputs[row]!, utility).ranking.map(({ modelId, score }) => [modelId, score]));
      return this.setting.candidates.map(({ card }) => byId.get(card.id) ?? -Infinity);
    }));
  }

  /** What the policy shows for a prompt that is sent, best first: one, or two when it asks and `allowance` lets it. */
  async shown(prompt: number, allowance: Allowance): Promise<readonly number[]> {
    const [outputs] = await this.outputs([prompt]);
    const { plan, ranking, comparisonGain } = decide(this.decisionInput(this.request(prompt, NEUTRAL_UTILITY, allowance), prompt, outputs!));
    this.sent += 1;
    if (comparisonGain !== undefined) this.recentGains = rememberGain(this.recentGains, comparisonGain);
    if (plan.kind !== 'compare') return [this.column(ranking[0]!.modelId)];
    return [ranking[0]!.modelId, ...plan.modelIds.filter((id) => id !== ranking[0]!.modelId)].map((id) => this.column(id));
  }

  private column(modelId: string): number {
    return this.candidates.findIndex(({ card }) => card.id === modelId);
  }

  /** The two that the policy shows, the best first: its own pair when it asks, else the best and the same optimistic challenger. */
  async duel(prompt: number): Promise<readonly [number, number]> {
    const [outputs] = await this.outputs([prompt]);
    const { plan, ranking, optimism } = this.decision(prompt, outputs!);
    const best = ranking[0]!;
    if (plan.kind === 'compare') return [this.column(best.modelId), this.column(plan.modelIds.find((id) => id !== best.modelId) ?? plan.modelIds[1])];
    const optimistic = ranking.slice(1).map(({ score, scoreDeviation }) => score + optimism! * scoreDeviation);
    return [this.column(best.modelId), this.column(ranking[1 + optimistic.indexOf(Math.max(...optimistic))]!.modelId)];
  }

  /** The preference log so far. */
  get log(): readonly PreferencePair[] {
    return this.picks;
  }

  /** Takes over a log made elsewhere, for example with another pool of LLMs. */
  adopt(log: readonly PreferencePair[]): void {
    for (const pick of log) this.append(pick);
  }

  async observe(prompt: number, chosen: ReadResponse, rejected: ReadResponse): Promise<void> {
    const [outputs] = await this.outputs([prompt]);
    const { manifest, off } = this.setting;
    this.append({
      id: String(this.picks.length).padStart(6, '0'),
      createdAt: this.picks.length,
      source: 'compare',
      outcome: 'win',
      chosen: this.judged(outputs!, chosen),
      rejected: this.judged(outputs!, rejected),
      queryEmbedding: off.has('no-encoder') ? new Float32Array(EMBEDDING_SIZE) : this.prompt(prompt).embedding,
      promptExcerpt: '',
      weight: 1,
      blind: true,
      chosenSide: null,
      propensity: 1,
      artifactVersion: manifest.artifactVersion,
      conversationId: null,
      turnId: null,
      undoneAt: null,
    });
    this.read(prompt, outputs!, [chosen, rejected]);
  }

  /** An answer that was shown alone: nothing is picked, but its LLM is known better. */
  async answered(prompt: number, response: ReadResponse): Promise<void> {
    const [outputs] = await this.outputs([prompt]);
    this.read(prompt, outputs!, [response]);
  }

  /** As in the app, every answer that is read goes into the fingerprint of its LLM. */
  private read(prompt: number, outputs: RouterOutputs, responses: readonly ReadResponse[]): void {
    const { off, clusterCentroids } = this.setting;
    if (off.has('no-fingerprints') || off.has('expected-axes')) return;
    const cluster = nearestCluster(this.prompt(prompt).embedding, clusterCentroids);
    this.candidates = this.candidates.map((candidate, column) => {
      const own = responses.filter((response) => response.column === column && wasRead(response));
      const fingerprint = own.reduce<Fingerprint | null>((before, response) => updateFingerprint(before, this.judged(outputs, response).features.slice(0, AXIS_COUNT), cluster, outputs.promptEffect), candidate.fingerprint);
      return own.length === 0 ? candidate : { ...candidate, fingerprint: off.has('no-clusters') ? withoutClusters(fingerprint) : fingerprint };
    });
    this.hasRead = true;
    this.fresh.clear();
  }

  private append(pick: PreferencePair): void {
    this.picks.push(pick);
    this.decay = this.decayed();
    this.fresh.clear();
  }

  private decayed(): readonly number[] {
    const { off, toldAt = null } = this.setting;
    if (toldAt !== null && this.picks.length > toldAt) return this.picks.map((_, index) => (index < toldAt ? 0 : 1));
    return off.has('no-drift') ? this.picks.map(() => 1) : decayWeights(this.picks, this.watch.catchUp(this.picks));
  }

  /** Measured axes of the response that was read; what cannot be measured stays as predicted. */
  private judged(outputs: RouterOutputs, { column, measured, words, costUsd }: ReadResponse): JudgedResponse {
    const predicted = featuresOfRow(outputs, column);
    const seen = this.setting.off.has('expected-axes') ? null : measured;
    const features = predicted.map((value, index) => (index < AXIS_COUNT && index !== QUALITY ? (seen?.[index] ?? value) : value));
    return { modelId: this.setting.candidates[column]!.card.id, features, blindUtility: outputs.utility[column]!, words, costUsd, latencyMs: null };
  }

  /** The response of a column as the policy sees it; `features` `[20]`, predicted or measured. */
  contender({ posterior, intercepts }: PersonFit, column: number, features: readonly number[]): Contender {
    const modelId = this.candidates[column]!.card.id;
    const widened = featuresWithIntercepts(features, modelId, intercepts);
    return { modelId, features: widened, score: dot(this.manifest.router.population, features) + dot(posterior.mean, widened, widened.length) };
  }

  /** P(the first is picked over the second), from predictions. */
  async pickProbability(prompt: number, first: number, second: number): Promise<number> {
    const [outputs] = await this.outputs([prompt]);
    const fit = this.fit(prompt, outputs!);
    const contender = (column: number) => this.contender(fit, column, featuresOfRow(outputs!, column));
    return winProbability(fit.posterior, contender(first), contender(second), this.setting.manifest.router.pickTemperature);
  }
}

/** Whether two prompts of one run share prior and relevance, and with them the posterior. */
function sameEvidence(a: RouterOutputs, b: RouterOutputs): boolean {
  return sameNumbers(a.priorMean, b.priorMean) && sameNumbers(a.priorLogVariance, b.priorLogVariance) && sameNumbers(a.evidenceRelevance, b.evidenceRelevance);
}
