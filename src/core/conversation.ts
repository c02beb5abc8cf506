import type { RoutingDecision } from './routing';

export type ResponseStatus = 'streaming' | 'complete' | 'stopped' | 'failed';

/** Why a response ended early; the text received until then is kept. */
export interface ResponseFailure {
  readonly kind: string;
  readonly message: string;
  /** What the user can do next. */
  readonly advice: string;
}

export interface TokenUsage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** True when the provider gave no counts and they were estimated from the text. */
  readonly estimated: boolean;
}

/** One model's answer to one turn. */
export interface ModelResponse {
  readonly id: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly text: string;
  readonly reasoningText: string;
  readonly status: ResponseStatus;
  readonly failure: ResponseFailure | null;
  readonly startedAt: number;
  readonly firstTokenAt: number | null;
  readonly finishedAt: number | null;
  readonly usage: TokenUsage | null;
  readonly costUsd: number | null;
}

/** How this turn's model came to run. */
export type TurnMode = 'auto' | 'manual' | 'compare' | 'regenerate';

/**
 * One prompt and its responses. `responses` holds two during and after a comparison and one more for every regeneration;
 * `shownResponseId` is the one that later turns build on, null while a comparison waits for its pick.
 */
export interface Turn {
  readonly id: string;
  readonly conversationId: string;
  /** The turn this one follows; null for the first. Siblings with one parent are branches. */
  readonly parentId: string | null;
  readonly createdAt: number;
  readonly prompt: string;
  readonly mode: TurnMode;
  readonly decision: RoutingDecision | null;
  readonly responses: readonly ModelResponse[];
  readonly shownResponseId: string | null;
  /** Set while two blind responses wait for a pick, in the order shown. */
  readonly comparison: { readonly responseIds: readonly [string, string]; readonly preferenceId: string | null } | null;
  readonly thumbs: 'up' | 'down' | null;
}

export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Auto when null. */
  readonly pinnedModelId: string | null;
  /** Leaf of the branch on screen. */
  readonly currentTurnId: string | null;
}
