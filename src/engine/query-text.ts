import { QUERY_FEATURE_NAMES, queryFeatures, queryScalars } from '../core/query-features';

/** Characters of earlier turns that may join a prompt; a longer prompt speaks for itself and takes fewer. */
const CONTEXT_BUDGET = 400;
/** Every character of the prompt leaves this many fewer for context: from 200 characters on, the prompt stands alone. */
const BUDGET_PER_CHARACTER = 2;
/** Of one earlier turn, its beginning, where people say what they want. */
const TURN_BUDGET = 200;

/**
 * The text whose embedding routes a prompt: the prompt, then the beginnings of the newest earlier turns while the budget lasts.
 * So "shorter" after a question about tax law is routed as tax law, and a long self-contained prompt is routed by itself. The
 * prompt comes first, since the encoder cuts the end; mean pooling makes the order matter little otherwise.
 * `context` is oldest first.
 */
export function queryText(prompt: string, context: readonly string[]): string {
  const parts = [prompt];
  let budget = CONTEXT_BUDGET - BUDGET_PER_CHARACTER * prompt.length;
  for (const turn of context.toReversed()) {
    if (budget <= 0) break;
    const part = turn.trim().slice(0, Math.min(TURN_BUDGET, budget));
    if (part === '') continue;
    parts.push(part);
    budget -= part.length;
  }
  return parts.join('\n');
}

/** Entries of the query's features that a follow-up takes over: that it is about code, that it is about a piece of writing. */
const INHERITED = [QUERY_FEATURE_NAMES.indexOf('has_code'), QUERY_FEATURE_NAMES.indexOf('asks_to_write')];

/**
 * The features of a prompt in its conversation. A prompt short enough to need context ("shorter, please") goes on with what the newest turn
 * was about; its length and form stay its own, since they tell what kind of answer is wanted now. A longer prompt speaks for itself.
 */
export function followUpFeatures(prompt: string, context: readonly string[], words: ReadonlyMap<string, number>): Float32Array {
  const features = queryFeatures(prompt, words);
  const newest = context.findLast((turn) => turn.trim() !== '');
  if (newest === undefined || BUDGET_PER_CHARACTER * prompt.length >= CONTEXT_BUDGET) return features;
  const before = queryScalars(newest.includes('```') ? newest : newest.slice(0, TURN_BUDGET));
  for (const index of INHERITED) features[index] = Math.max(features[index] ?? 0, before[index] ?? 0);
  return features;
}
