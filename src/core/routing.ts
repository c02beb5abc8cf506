import type { AxisName } from './dimensions';
import type { HeteroGraph } from './graph';

/** Quality tier relative to the training set, 1 … 5 (strongest); editorial in the catalogue, interpolated from win rates in the benchmark. */
export type Tier = number;

export type Modality = 'text' | 'image' | 'audio' | 'file';

export type SpeedClass = 'fast' | 'medium' | 'slow';

/**
 * What is known about an LLM without asking it anything: the router's view of a model.
 * `null` means "not public or not known"; the graph masks it.
 */
export interface ModelCard {
  /** Unique in this app: `<connection id>/<the provider's model id>`, or a catalogue id when nothing is connected. */
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly family: string;
  /** One sentence; it is encoded and becomes the LLM node's text feature. */
  readonly description: string;
  readonly contextTokens: number | null;
  readonly priceInUsdPerMTok: number | null;
  readonly priceOutUsdPerMTok: number | null;
  /** Billions of parameters in all. */
  readonly paramsB: number | null;
  /** `YYYY-MM`. */
  readonly released: string | null;
  readonly tier: Tier | null;
  readonly openWeights: boolean;
  readonly reasoning: boolean;
  /** Runs on the user's own machine or network, so that prompts do not leave it. */
  readonly local: boolean;
  readonly modalities: readonly Modality[];
  readonly speed: SpeedClass | null;
  /** Can call tools. */
  readonly tools: boolean | null;
}

/** The card of a model of which nothing but its name is known. */
export function unknownCard(id: string, name: string): ModelCard {
  return {
    id,
    name,
    provider: '',
    family: '',
    description: '',
    contextTokens: null,
    priceInUsdPerMTok: null,
    priceOutUsdPerMTok: null,
    paramsB: null,
    released: null,
    tier: null,
    openWeights: false,
    reasoning: false,
    local: false,
    modalities: ['text'],
    speed: null,
    tools: null,
  };
}

/** From how many tokens a context window counts as long. */
export const LONG_CONTEXT_TOKENS = 100_000;

/** What the user allows Auto, everywhere or in one chat. A need that a model is not known to meet counts as unmet. */
export interface PoolRules {
  readonly localOnly: boolean;
  /** US dollars for the expected response; null = no cap. */
  readonly maxCostUsd: number | null;
  /** Connections that Auto may use; null = all. */
  readonly connectionIds: readonly string[] | null;
  /** Only models that take images. */
  readonly vision: boolean;
  /** Only models with a context window of at least `LONG_CONTEXT_TOKENS`. */
  readonly longContext: boolean;
  /** Only models that can call tools. */
  readonly tools: boolean;
}

export const NO_RULES: PoolRules = { localOnly: false, maxCostUsd: null, connectionIds: null, vision: false, longContext: false, tools: false };

/** Hard limits: applied before any learned score. */
export interface RoutingConstraints extends PoolRules {
  /** Model ids the user has switched off for Auto. */
  readonly excludedModelIds: readonly string[];
  /** Connections whose spending limit of this month is used up. */
  readonly spentConnectionIds: readonly string[];
  /** Prompt plus expected response must fit in the context window. */
  readonly requiredContextTokens: number;
  readonly requiredModalities: readonly Modality[];
}

/** The connection that serves a model, from the model's id; null for a catalogue model, which nothing serves. */
export function connectionIdOf(modelId: string): string | null {
  const slash = modelId.indexOf('/');
  return slash < 0 ? null : modelId.slice(0, slash);
}

/** Explicit wishes, each −1 … 1, 0 = let the router learn it. They move the prior mean, not the evidence. */
export interface ExplicitUtility {
  /** 1 = cheap above all. */
  readonly economy: number;
  /** 1 = fast above all. */
  readonly speed: number;
  /** −1 = short answers, 1 = long ones. */
  readonly length: number;
  /** 1 = the best answer, whatever it costs. */
  readonly quality: number;
}

export const NEUTRAL_UTILITY: ExplicitUtility = { economy: 0, speed: 0, length: 0, quality: 0 };

/** A node of the pool: the card, its text feature and what has been seen of its responses. */
export interface Candidate {
  readonly card: ModelCard;
  /** `[384]`, L2-normalised embedding of `card.description`. */
  readonly descriptionEmbedding: Float32Array;
  /** Measured on this user's own use, or baked from public responses; see llm-features.ts. */
  readonly fingerprint: Fingerprint | null;
}

/** Running means of an LLM's measured axes. */
export interface Fingerprint {
  /** Responses seen. */
  readonly count: number;
  /** `[12]` mean standardised axes. */
  readonly axes: readonly number[];
  /** `[48]` shrunk per-cluster residuals, with counts. Empty when never measured by cluster. */
  readonly clusterQuality: readonly number[];
  readonly clusterLength: readonly number[];
  readonly clusterCount: readonly number[];
  /** Whether the mean quality was judged; else the graph expects it from the axes that were measured. */
  readonly judged: boolean;
}

export interface RoutingRequest {
  readonly prompt: string;
  /** Earlier turns of the conversation, oldest first, so that a follow-up like "shorter" is routed in context. */
  readonly context: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly graph: HeteroGraph;
  readonly constraints: RoutingConstraints;
  readonly utility: ExplicitUtility;
  readonly comparison: ComparisonBudget;
  /** Seeds the policy's exploration and side order. */
  readonly seed: number;
}

/** How often the router may ask for a side-by-side pick. */
export interface ComparisonBudget {
  /** False turns comparisons off. */
  readonly enabled: boolean;
  /** Comparisons still allowed now (the app counts them per day). */
  readonly remaining: number;
  /** Probability of a logged exploratory comparison even when the router is sure. */
  readonly epsilon: number;
  /** What comparisons at the last prompts would have been worth (`RoutingDecision.comparisonGain`), asked for or not: what a good occasion is. */
  readonly recentGains: readonly number[];
}

export const EXCLUSION_REASONS = [
  'switched_off',
  'not_local',
  'other_provider',
  'budget_spent',
  'too_expensive',
  'context_too_small',
  'missing_modality',
  'no_vision',
  'short_context',
  'no_tools',
] as const;

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export interface ExcludedCandidate {
  readonly modelId: string;
  /** The first constraint it breaks, in the order of `EXCLUSION_REASONS`. */
  readonly reason: ExclusionReason;
  /** Every constraint it breaks. */
  readonly reasons: readonly ExclusionReason[];
}

export interface ScoredCandidate {
  readonly modelId: string;
  /** Posterior mean of the score s(q, m), explicit wishes included. */
  readonly score: number;
  /** The part of `score` that comes from explicit wishes; the rest is what the user is expected to like. */
  readonly wishScore: number;
  /** Posterior standard deviation of the score's difference to the chosen one; 0 for the chosen. */
  readonly scoreDeviation: number;
  /** P(this response is preferred to the chosen one's). */
  readonly winProbability: number;
  /** b(q, m), the user-blind part. */
  readonly blindUtility: number;
  /** `[20]` predicted axes and residuals. */
  readonly features: readonly number[];
  readonly expectedWords: number;
  /** US dollars, or null when the price is unknown; 0 for a local model. */
  readonly expectedCostUsd: number | null;
  /** Probability that the policy would have shown this model. */
  readonly propensity: number;
}

/**
 * One true reason for the ranking: a named axis and its exact share of the score difference. `shared` is what everyone likes (b),
 * `residual` the unnamed learned dimensions, `model` what picks say of the LLM itself beyond its answers' features, `speed` the explicit wish for a fast model.
 */
export interface AxisReason {
  readonly axis: AxisName | 'residual' | 'model' | 'shared' | 'speed';
  /** Contribution to score(chosen) − score(runner-up). */
  readonly contribution: number;
}

/** Exact attribution to a past pick: z* − μ0 = Σ0 Σ w(1−p)δ. */
export interface PickReason {
  readonly preferenceId: string;
  readonly contribution: number;
}

/** The margin split exactly, twice: margin = Σ axes = priorContribution + Σ picks + otherPicks.contribution. */
export interface Explanation {
  /** Null when nothing else qualified; the margin is then 0. */
  readonly runnerUpId: string | null;
  /** score(chosen) − score(runner-up) */
  readonly margin: number;
  /** Largest share first. */
  readonly axes: readonly AxisReason[];
  /** The picks that matter most, largest share first; the rest is summed in `otherPicks`. */
  readonly picks: readonly PickReason[];
  readonly otherPicks: { readonly count: number; readonly contribution: number };
  /** What prior, explicit wishes and shared score alone contribute to the margin. */
  readonly priorContribution: number;
}

/** What to do now. `propensity` is the probability that the policy would show exactly this model or this (unordered) pair. */
export type RoutingPlan =
  | { readonly kind: 'single'; readonly modelId: string; readonly propensity: number }
  | {
      readonly kind: 'compare';
      /** In the order shown, left first; already randomised. */
      readonly modelIds: readonly [string, string];
      readonly reason: 'uncertain' | 'exploration';
      readonly propensity: number;
    }
  | {
      /** Every candidate breaks a hard constraint (see `excluded`), or there is none at all. */
      readonly kind: 'none';
      /** Constraints of which relaxing any one admits a model, the one that admits most first; where none alone does, those to relax together. */
      readonly relax: readonly ExclusionReason[];
    };

export interface RoutingDecision {
  readonly plan: RoutingPlan;
  /** Best first. Excluded models are not in it; empty when the plan is `none`. */
  readonly ranking: readonly ScoredCandidate[];
  readonly excluded: readonly ExcludedCandidate[];
  readonly explanation: Explanation;
  readonly artifactVersion: string;
  /** `[384]` of the prompt in context; stored with the turn so that its pick can become a graph node. */
  readonly queryEmbedding: Float32Array;
  readonly policyVersion: string;
  /** Standard deviations of optimism with which the policy looked for a challenger; the first version, which had 1.5, did not write it down. */
  readonly optimism?: number;
  /** Expected improvement of the challenger over the best, units of the score: what a comparison here is worth. Absent when none could be made. */
  readonly comparisonGain?: number;
  readonly seed: number;
}
