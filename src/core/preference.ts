/** How the user's judgement of one or two responses came out. */
export type Outcome = 'win' | 'tie' | 'both_good' | 'both_bad';

export const OUTCOMES: readonly Outcome[] = ['win', 'tie', 'both_good', 'both_bad'];

/** Where a preference came from; weaker sources carry a smaller weight. */
export type PreferenceSource = 'quiz' | 'compare' | 'thumb' | 'regenerate' | 'switch' | 'import';

/** Evidence weight w of each source; a blind side-by-side pick counts fully. */
export const SOURCE_WEIGHT: Readonly<Record<PreferenceSource, number>> = {
  quiz: 1,
  compare: 1,
  thumb: 0.5,
  regenerate: 0.4,
  switch: 0.3,
  import: 0.25,
};

/** What an imported judgement was in the app it came from: a vote between two answers, a thumb, or an answer kept after another was asked for. */
export type ImportedKind = 'vote' | 'rating' | 'regeneration';

/** Half of what the same judgement weighs when it is made here: who made it, in which mood and on which sides, is not known. */
export const IMPORT_WEIGHT: Readonly<Record<ImportedKind, number>> = {
  vote: 0.5,
  rating: SOURCE_WEIGHT.import,
  regeneration: 0.2,
};

/** One response in a preference, described by what was seen and, where unseen, predicted. */
export interface JudgedResponse {
  readonly modelId: string;
  /** `[20]`: standardised axes (measured where the response was read) and predicted residuals. */
  readonly features: readonly number[];
  /** b(q, m) as it was expected before it was written; the fit judges by `features` instead. */
  readonly blindUtility: number;
  readonly words: number;
  readonly costUsd: number | null;
  readonly latencyMs: number | null;
}

/**
 * One entry of the append-only preference log, the truth from which every learned state can be replayed.
 * For `tie` and `both_*` `chosen` is the response shown first. `rejected` is null for a thumb on a single response.
 */
export interface PreferencePair {
  /** Sortable: entries are replayed in the order of `createdAt`, then `id`. */
  readonly id: string;
  readonly createdAt: number;
  readonly source: PreferenceSource;
  readonly outcome: Outcome;
  readonly chosen: JudgedResponse;
  readonly rejected: JudgedResponse | null;
  /** `[384]` embedding of the prompt. */
  readonly queryEmbedding: Float32Array;
  readonly promptExcerpt: string;
  readonly weight: number;
  /** Names hidden until the pick. */
  readonly blind: boolean;
  /** Which side `chosen` stood on; null when nothing was side by side. */
  readonly chosenSide: 'left' | 'right' | null;
  /** Probability that the policy showed this pair (or this single response). */
  readonly propensity: number;
  readonly artifactVersion: string;
  readonly conversationId: string | null;
  readonly turnId: string | null;
  /** Undone by the user: kept in the log, left out of every replay. */
  readonly undoneAt: number | null;
}
