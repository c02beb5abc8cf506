import type { Words } from './phrase';
import type { PoolRules, RoutingDecision } from './routing';

export type ResponseStatus = 'streaming' | 'complete' | 'stopped' | 'failed';

/** Why a response ended early; the text received until then is kept. */
export interface ResponseFailure {
  readonly kind: string;
  readonly message: Words;
  /** What the user can do next. */
  readonly advice: Words;
}

export interface TokenUsage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** True when the provider gave no counts and they were estimated from the text. */
  readonly estimated: boolean;
}

/** Why another model answers than the one that was meant to; announced above the answer. */
export interface StandIn {
  /**
   * `late`: the router took too long or was still loading. `router_failed`: it gave no answer. `unsure`: it could not tell, and the user
   * prefers the default model then. `provider_failed`: the model meant to answer could not be reached or broke off.
   */
  readonly reason: 'late' | 'router_failed' | 'unsure' | 'provider_failed';
  /** The model that was meant to answer; null when none had been chosen. */
  readonly insteadOf: string | null;
  /** How the user agreed: asked this time, or by a standing choice in the settings. */
  readonly agreed: 'asked' | 'standing';
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
  /** Null when the model is the one that was chosen. */
  readonly standIn: StandIn | null;
}

/** A file that goes with a prompt; its bytes lie apart from it. */
export interface Attachment {
  readonly id: string;
  /** Images go as they are, text files as text. */
  readonly kind: 'image' | 'text';
  readonly name: string;
  readonly mediaType: string;
  /** Bytes, as they are sent. */
  readonly size: number;
}

/** How a chat's prompts are to be answered. */
export interface ChatSetup {
  /** Instructions sent before every prompt; empty for none. */
  readonly systemPrompt: string;
  /** The preset it was made from; the chat keeps its own copy of what that said. */
  readonly presetId: string | null;
  /** Auto when null. */
  readonly pinnedModelId: string | null;
}

export const NO_SETUP: ChatSetup = { systemPrompt: '', presetId: null, pinnedModelId: null };

/** A named way to set up a chat. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly systemPrompt: string;
  readonly pinnedModelId: string | null;
  readonly updatedAt: number;
}

/** The conversation that is kept in memory only. There is one at a time, and nothing of it is ever stored or learned from. */
export const TEMPORARY_ID = 'temporary';

/** How this turn's model came to run. */
export type TurnMode = 'auto' | 'manual' | 'pinned' | 'compare' | 'regenerate';

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
  readonly attachments: readonly Attachment[];
  readonly mode: TurnMode;
  readonly decision: RoutingDecision | null;
  readonly responses: readonly ModelResponse[];
  readonly shownResponseId: string | null;
  /** Set while two blind responses wait for a pick, in the order shown. */
  readonly comparison: { readonly responseIds: readonly [string, string]; readonly preferenceId: string | null } | null;
  readonly thumbs: 'up' | 'down' | null;
}

/** What Auto may use in one chat, in place of the rules that hold everywhere. */
export interface ChatLimits {
  readonly rules: PoolRules;
  /** Models switched off for this chat only. */
  readonly excludedModelIds: readonly string[];
}

export interface Conversation extends ChatSetup {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Leaf of the branch on screen. */
  readonly currentTurnId: string | null;
  /** Null: what is set for every chat holds. */
  readonly limits: ChatLimits | null;
  /** When it was put on top of the list; null when it was not. */
  readonly pinnedAt: number | null;
  readonly folderId: string | null;
  /** When it was deleted, while that can still be undone; such a conversation is in no list. */
  readonly deletedAt: number | null;
}

/** A group of conversations that the user made. */
export interface Folder {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  /** Its conversations are shown. */
  readonly open: boolean;
}

/** A conversation as it begins; what is not given has its usual value. */
export function newConversation(begin: Pick<Conversation, 'id' | 'title' | 'createdAt'> & Partial<Conversation>): Conversation {
  return { ...NO_SETUP, updatedAt: begin.createdAt, currentTurnId: null, limits: null, pinnedAt: null, folderId: null, deletedAt: null, ...begin };
}
