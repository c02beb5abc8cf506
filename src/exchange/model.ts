import type { Conversation, Turn } from '../core/conversation';
import type { ImportedKind, Outcome } from '../core/preference';

/** Apps whose exports are read. */
export type ExportFormat = 'chatgpt' | 'claude' | 'open-webui' | 'librechat' | 'arena';

/** One message as a format's parser found it; hidden ones are left out and their children hang on the nearest visible ancestor. */
export interface ParsedMessage {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly reasoningText: string;
  /** The other app's name of the model; null when it does not say. */
  readonly model: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  readonly rating: 1 | -1 | null;
}

/** One chat as a format's parser found it. */
export interface ParsedChat {
  readonly format: ExportFormat;
  /** Null when the export has no id for it. */
  readonly sourceId: string | null;
  readonly title: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly messages: readonly ParsedMessage[];
  /** Last message of the path that was on screen; null when the export does not say. */
  readonly leafId: string | null;
  /** A vote between two answers of this chat, by their message ids. */
  readonly vote: ParsedVote | null;
}

export interface ParsedVote {
  readonly leftId: string;
  readonly rightId: string;
  readonly winner: 'left' | 'right' | 'tie' | 'both_bad';
}

/** An answer as evidence. */
export interface JudgedText {
  readonly model: string;
  readonly text: string;
}

/** What the other app knows of the user's taste: a rating, a regenerated answer or a vote. */
export interface ImportedJudgement {
  /** The same for the same judgement in every export of it. */
  readonly id: string;
  readonly kind: ImportedKind;
  readonly createdAt: number;
  readonly prompt: string;
  readonly outcome: Outcome;
  readonly chosen: JudgedText;
  readonly rejected: JudgedText | null;
  readonly conversationId: string;
  readonly turnId: string;
}

/** A chat in Tacit's own terms, with ids that are the same for every export of it. */
export interface ImportedChat {
  readonly format: ExportFormat;
  readonly conversation: Conversation;
  readonly turns: readonly Turn[];
  readonly judgements: readonly ImportedJudgement[];
}

/** What a file holds, for a preview before anything is stored. */
export interface ExportSurvey {
  readonly chats: Readonly<Partial<Record<ExportFormat, number>>>;
  readonly conversationIds: readonly string[];
  readonly prompts: number;
  readonly answers: number;
  /** Names of models with the number of their answers, most used first. */
  readonly models: readonly { readonly name: string; readonly answers: number }[];
  readonly from: number | null;
  readonly to: number | null;
  /** A few titles, newest first. */
  readonly titles: readonly string[];
  /** Entries that look like chats but cannot be read. */
  readonly skipped: number;
  readonly judgementCounts: Readonly<Record<ImportedKind, number>>;
  /** The newest ones, as many as the router looks at. */
  readonly judgements: readonly ImportedJudgement[];
}

/** Why a file cannot be imported, as plain data. */
export type ExportError =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_json'; readonly file: string }
  | { readonly kind: 'cut_off'; readonly file: string }
  | { readonly kind: 'broken_json'; readonly file: string; readonly entry: number; readonly detail: string }
  | { readonly kind: 'broken_zip'; readonly detail: string }
  | { readonly kind: 'too_large'; readonly file: string }
  | { readonly kind: 'unknown_format' }
  | { readonly kind: 'no_chats' }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** What reading rejects with. */
export class ExportFailure extends Error {
  override readonly name = 'ExportFailure';

  constructor(readonly error: ExportError) {
    super(`Export cannot be read: ${JSON.stringify(error)}`);
  }
}
