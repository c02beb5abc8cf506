import { wordsFromAxis } from './axes';
import { AXIS_COUNT, FEATURE_COUNT, RESIDUAL_COUNT, axisIndex } from './dimensions';
import { NO_EXPLANATION, explain } from './explanation';
import type { ScoreParts } from './explanation';
import type { Intercepts } from './intercepts';
import { evidenceWithIntercepts, featuresWithIntercepts, interceptsOf, priorWithIntercepts } from './intercepts';
import { dot } from './linear-algebra';
import type { ArtifactManifest, AxisConstants } from './manifest';
import type { Contender } from './policy';
import { POLICY_VERSION, choosePlan, marginOver, optimismAfter, winProbability } from './policy';
import type { RouterOutputs } from './router-outputs';
import type { ModelCard, RoutingDecision, RoutingRequest, ScoredCandidate } from './routing';
import { estimateTokens, tokensFromWords } from './tokens';
import type { Posterior } from './user-embedding';
import { evidenceFromPicks, fitUserEmbedding, priorFromGraph } from './user-embedding';
import type { Expectation, Wish } from './utility';
import { applyConstraints, relaxableConstraints, speedScore, wishFromUtility } from './utility';

export interface DecisionInput {
  readonly request: RoutingRequest;
  /** Of one prompt; row i belongs to `request.candidates[i]`, rows beyond are padding. */
  readonly outputs: RouterOutputs;
  readonly artifact: ArtifactManifest;
  readonly axisConstants: AxisConstants;
  /** `[384]` */
  readonly queryEmbedding: Float32Array;
}

/** A candidate with all that its score is made of. */
interface Entry extends ScoreParts, Contender {
  /** `[20 + L]` */
  readonly features: readonly number[];
  readonly wishScore: number;
  readonly expectedWords: number;
  readonly expectedCostUsd: number | null;
}

/**
 * From the graph's outputs to a decision: hard constraints, few-shot posterior from the user's picks, explicit wishes, ranking, plan and
 * its explanation. Pure: the same input gives the same decision. When no candidate qualifies, the plan is `none` and says which
 * constraints to relax.
 * @throws RangeError when the outputs do not fit the request.
 */
export function decide(input: DecisionInput): RoutingDecision {
  const { request, outputs, artifact } = input;
  checkSizes(request, outputs);
  const wish = wishFromUtility(request.utility, artifact.router);
  const fit = fitPerson(input);
  const { posterior } = fit;
  const entries = request.candidates.map(({ card }, row) => describeEntry(input, card, row, fit, wish));
  const promptTokens = tokensOfPrompt(request);
  const expectations = entries.map((entry) => expectationOf(entry, promptTokens));
  const { qualified, excluded } = applyConstraints(request.candidates, request.constraints, expectations);
  const ranked = qualified.map((row) => entries[row]!).toSorted((a, b) => b.score - a.score || compareIds(a.modelId, b.modelId));
  const common = { excluded, artifactVersion: artifact.artifactVersion, queryEmbedding: input.queryEmbedding, policyVersion: POLICY_VERSION, optimism: optimismAfter(posterior), seed: request.seed };
  const [best, runnerUp] = ranked;
  if (best === undefined) {
    return { plan: { kind: 'none', relax: relaxableConstraints(excluded) }, ranking: [], explanation: NO_EXPLANATION, ...common };
  }
  const { plan, propensities, gain } = choosePlan(posterior, ranked, request.comparison, request.seed);
  return {
    plan,
    ranking: ranked.map((entry, i) => scoreEntry(posterior, entry, best, propensities[i]!, artifact.router.pickTemperature)),
    explanation: runnerUp === undefined ? NO_EXPLANATION : explain(posterior, wish, best, runnerUp),
    ...(gain === null ? {} : { comparisonGain: gain }),
    ...common,
  };
}

/** What is known of a person: their taste, and beside it the intercepts of LLMs that they met. */
export interface PersonFit {
  /** Of `[20 + L]` weights, then τ. */
  readonly posterior: Posterior;
  readonly intercepts: Intercepts;
}

/** The posterior of the user embedding for this prompt's task. */
export function fitPerson({ request, outputs, artifact }: { readonly request: Pick<RoutingRequest, 'graph' | 'candidates'> } & Pick<DecisionInput, 'outputs' | 'artifact'>): PersonFit {
  const { picks, decay } = request.graph;
  const { router } = artifact;
  const intercepts = interceptsOf(request.candidates, picks, router.interceptVariance);
  const evidence = evidenceFromPicks(picks, decay, picks.length === 0 ? null : outputs.evidenceRelevance);
  const posterior = fitUserEmbedding({
    prior: priorWithIntercepts(priorFromGraph(outputs.priorMean, outputs.priorLogVariance, router), intercepts),
    evidence: evidenceWithIntercepts(evidence, picks, intercepts),
    outcomeModel: router,
  });
  return { posterior, intercepts };
}

/** `[20]` predicted axes and residuals of candidate `row`. */
export function featuresOfRow(outputs: Pick<RouterOutputs, 'axes' | 'residual'>, row: number): number[] {
  return [
    ...outputs.axes.subarray(row * AXIS_COUNT, (row + 1) * AXIS_COUNT),
    ...outputs.residual.subarray(row * RESIDUAL_COUNT, (row + 1) * RESIDUAL_COUNT),
  ];
}

function describeEntry(input: DecisionInput, card: ModelCard, row: number, { posterior, intercepts }: PersonFit, wish: Wish): Entry {
  const features = featuresWithIntercepts(featuresOfRow(input.outputs, row), card.id, intercepts);
  const blindUtility = input.outputs.utility[row]!;
  const speed = speedScore(card, wish);
  const wishScore = dot(wish.shift, features, FEATURE_COUNT) + speed;
  const expectedWords = wordsFromAxis(features[axisIndex('length')]!, input.axisConstants);
  return {
    modelId: card.id,
    features,
    blindUtility,
    speedScore: speed,
    score: blindUtility + dot(posterior.mean, features, features.length) + wishScore,
    wishScore,
    expectedWords,
    expectedCostUsd: expectedCost(card, tokensOfPrompt(input.request), expectedWords),
  };
}

/** US dollars of prompt, context and expected response; null when a price is unknown, 0 on the user's own machine. */
export function expectedCost(card: ModelCard, promptTokens: number, expectedWords: number): number | null {
  if (card.local) return 0;
  if (card.priceInUsdPerMTok === null || card.priceOutUsdPerMTok === null) return null;
  return (promptTokens * card.priceInUsdPerMTok + tokensFromWords(expectedWords) * card.priceOutUsdPerMTok) / 1e6;
}

function tokensOfPrompt({ prompt, context }: RoutingRequest): number {
  return context.reduce((sum, turn) => sum + estimateTokens(turn), estimateTokens(prompt));
}

function expectationOf(entry: Entry, promptTokens: number): Expectation {
  return { totalTokens: promptTokens + tokensFromWords(entry.expectedWords), costUsd: entry.expectedCostUsd };
}

function scoreEntry(posterior: Posterior, entry: Entry, best: Entry, propensity: number, temperature: number): ScoredCandidate {
  const { modelId, score, wishScore, blindUtility, features, expectedWords, expectedCostUsd } = entry;
  return {
    modelId,
    score,
    wishScore,
    scoreDeviation: Math.sqrt(marginOver(posterior, entry, best).variance),
    winProbability: winProbability(posterior, entry, best, temperature),
    blindUtility,
    features: features.slice(0, FEATURE_COUNT),
    expectedWords,
    expectedCostUsd,
    propensity,
  };
}

function checkSizes({ candidates, graph }: RoutingRequest, outputs: RouterOutputs): void {
  const rows = candidates.length;
  const fits =
    outputs.utility.length >= rows && outputs.axes.length >= rows * AXIS_COUNT && outputs.residual.length >= rows * RESIDUAL_COUNT &&
    outputs.priorMean.length === FEATURE_COUNT && outputs.priorLogVariance.length === FEATURE_COUNT &&
    outputs.evidenceRelevance.length >= graph.picks.length && graph.decay.length >= graph.picks.length;
  if (!fits) throw new RangeError(`The graph's outputs do not fit ${rows} candidates and ${graph.picks.length} picks`);
}

/** Equal scores are ordered by id, by code units, so that the ranking never depends on the locale. */
function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
