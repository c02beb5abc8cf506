import { phrase } from '../core/phrase';
import { adapt, driftAfter, stateAfter } from '../core/adaptation';
import type { AdaptationState } from '../core/adaptation-state';
import { decide, featuresOfRow, fitPerson } from '../core/decide';
import { EMBEDDING_SIZE, QUERY_FEATURE_COUNT, QUERY_SCALAR_COUNT } from '../core/dimensions';
import { DriftWatch, decayWeights } from '../core/drift';
import type { HeteroGraph } from '../core/graph';
import { chooseTeachingPair } from '../core/policy';
import type { PreferencePair } from '../core/preference';
import { queryScalars } from '../core/query-features';
import type { RouterOutputs } from '../core/router-outputs';
import type { Candidate, RoutingRequest } from '../core/routing';
import { evidenceFromPicks, fitUserEmbedding, populationPrior } from '../core/user-embedding';
import type { AdaptRequest, DescribeReply, DescribeRequest, EncodeRequest, NextPairReply, NextPairRequest, RouteReply } from '../protocol/engine';
import { EngineFailure, throwIfCancelled } from '../protocol/failure';
import type { CallContext, EngineHandlers } from '../protocol/serve';
import { graphTensors, newestPicks } from './graph-tensors';
import type { QueryNode } from './graph-tensors';
import { loadEngine } from './load';
import type { EngineEnvironment, LoadedEngine } from './load';
import { LoadGate } from './load-gate';
import { followUpFeatures, queryText } from './query-text';
import { runRouter } from './router';

/** The engine's methods. Nothing is kept between calls but the loaded models and the encoder's memory of recent texts. */
export function createEngineHandlers(environment: EngineEnvironment): EngineHandlers {
  const drift = new DriftMemory();
  const gate = new LoadGate((request, report, signal) => loadEngine(request, environment, report, signal));
  return {
    load: async (request, context) => (await gate.open(request, context)).status,
    encode: async (request, context) => encode(await gate.loaded(), request, context),
    route: async (request, { signal }) => route(await gate.loaded(), request, environment.now, signal),
    describe: async (request, { signal }) => describe(await gate.loaded(), request, signal),
    adapt: async (request, { signal }) => adaptUser(await gate.loaded(), request, drift, signal),
    nextPair: async (request) => nextPair(await gate.loaded(), request),
  };
}

async function encode({ encoder }: LoadedEngine, { texts }: EncodeRequest, { signal, reportProgress }: CallContext<'encode'>): Promise<readonly Float32Array[]> {
  const embeddings: Float32Array[] = [];
  for (const text of texts) {
    throwIfCancelled(signal);
    const known = encoder.recall(text);
    embeddings.push(known ?? (await encoder.encode(text, signal)));
    if (known !== null) continue;
    reportProgress({ encoded: embeddings.length, total: texts.length });
    await letMessagesIn();
  }
  return embeddings;
}

/** A run on WASM blocks the thread and resolves in a microtask: without a pause no cancel and no urgent route would be heard. */
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function route(engine: LoadedEngine, request: RoutingRequest, now: () => number, signal: AbortSignal): Promise<RouteReply> {
  const startedAt = now();
  const graph = newestPicks(request.graph);
  const query = await queryNode(engine, request.prompt, request.context, signal);
  const encodedAt = now();
  const outputs = await score(engine, query, request.candidates, graph, signal);
  const scoredAt = now();
  throwIfCancelled(signal);
  const decision = decide({
    request: { ...request, graph },
    outputs,
    artifact: engine.manifest,
    axisConstants: engine.axisConstants,
    queryEmbedding: query.embedding,
  });
  const decidedAt = now();
  return {
    decision,
    timings: { encodeMs: encodedAt - startedAt, graphMs: scoredAt - encodedAt, adaptMs: decidedAt - scoredAt, totalMs: decidedAt - startedAt },
  };
}

async function describe(engine: LoadedEngine, request: DescribeRequest, signal: AbortSignal): Promise<DescribeReply> {
  const { prompt, context, candidates } = request;
  const known = request.queryEmbedding;
  const query = known === null ? await queryNode(engine, prompt, context, signal) : { embedding: known, features: followUpFeatures(prompt, context, engine.manifest.router.queryWords) };
  const outputs = await score(engine, query, candidates, newestPicks(request.graph), signal);
  return {
    queryEmbedding: query.embedding,
    responses: candidates.map(({ card }, row) => ({
      modelId: card.id,
      features: featuresOfRow(outputs, row),
      blindUtility: outputs.utility[row] ?? 0,
    })),
    promptEffect: outputs.promptEffect,
    artifactVersion: engine.manifest.artifactVersion,
  };
}

/**
 * The state after the graph's picks. Drift is judged under the population's prior, which no pick has touched, so that a replay gives
 * the same state; the user embedding itself is then fitted under the graph's prior for the average of the user's prompts.
 */
async function adaptUser(engine: LoadedEngine, request: AdaptRequest, drift: DriftMemory, signal: AbortSignal): Promise<AdaptationState> {
  const { router, artifactVersion } = engine.manifest;
  const { picks } = newestPicks(request.graph);
  const { state, candidates } = request;
  const watch = drift.follow(engine, picks, state?.drift.dismissedPickId ?? null);
  const population = { state, picks, prior: populationPrior(router), outcomeModel: router };
  if (picks.length === 0 || candidates.length === 0) return adapt({ ...population, relevance: null, artifactVersion }, watch);
  const drifted = driftAfter(population, watch);
  const decay = decayWeights(picks, drifted);
  const outputs = await score(engine, averageQuery(picks), candidates, { picks, decay }, signal);
  const { posterior } = fitPerson({ request: { graph: { picks, decay }, candidates }, outputs, artifact: engine.manifest });
  return stateAfter(picks, drifted, posterior, artifactVersion);
}

/** One drift watch for the log that is growing: without it every pick would replay all of them. It changes no result. */
class DriftMemory {
  private kept: { readonly engine: LoadedEngine; readonly watch: DriftWatch } | null = null;

  follow(engine: LoadedEngine, picks: readonly PreferencePair[], dismissedPickId: string | null): DriftWatch {
    const { router } = engine.manifest;
    const continues = this.kept?.engine === engine && this.kept.watch.continues(picks, dismissedPickId);
    if (this.kept === null || !continues) this.kept = { engine, watch: new DriftWatch({ prior: populationPrior(router), outcomeModel: router }, dismissedPickId) };
    return this.kept.watch;
  }
}

function nextPair({ manifest }: LoadedEngine, { graph, pairs, seed }: NextPairRequest): NextPairReply {
  if (pairs.length === 0) throw new EngineFailure({ kind: 'no_candidates' });
  const { picks, decay } = newestPicks(graph);
  const posterior = fitUserEmbedding({
    prior: populationPrior(manifest.router),
    evidence: evidenceFromPicks(picks, decay, null),
    outcomeModel: manifest.router,
  });
  return chooseTeachingPair(posterior, pairs, manifest.router, seed);
}

async function queryNode({ encoder, manifest }: LoadedEngine, prompt: string, context: readonly string[], signal: AbortSignal): Promise<QueryNode> {
  return { embedding: await encoder.encode(queryText(prompt, context), signal), features: followUpFeatures(prompt, context, manifest.router.queryWords) };
}

/** One run of the graph for one prompt. */
async function score(
  { router }: LoadedEngine,
  query: QueryNode,
  candidates: readonly Candidate[],
  graph: HeteroGraph,
  signal: AbortSignal,
): Promise<RouterOutputs> {
  if (candidates.length === 0) throw new EngineFailure({ kind: 'no_candidates' });
  const [outputs] = await runRouter(router, graphTensors({ queries: [query], candidates, graph }), signal);
  if (outputs === undefined) throw new EngineFailure({ kind: 'internal', detail: phrase('The router gave no output.') });
  return outputs;
}

/**
 * The mean of the picks' prompts, at unit length again; their scalars come from the excerpts, which is all that is kept of them. Words are left out: they
 * tell how models answer, and the fit asks only how much each pick says.
 */
function averageQuery(picks: readonly PreferencePair[]): QueryNode {
  const embedding = meanOf(picks.map((pick) => pick.queryEmbedding), EMBEDDING_SIZE);
  const length = Math.hypot(...embedding);
  const features = new Float32Array(QUERY_FEATURE_COUNT);
  features.set(meanOf(picks.map((pick) => queryScalars(pick.promptExcerpt)), QUERY_SCALAR_COUNT));
  return { embedding: length > 0 ? embedding.map((value) => value / length) : embedding, features };
}

function meanOf(vectors: readonly Float32Array[], size: number): Float32Array {
  const mean = new Float32Array(size);
  for (const vector of vectors) {
    for (let index = 0; index < size; index += 1) mean[index] = (mean[index] ?? 0) + (vector[index] ?? 0) / vectors.length;
  }
  return mean;
}
