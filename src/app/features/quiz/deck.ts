import type { QuizAnswer, QuizPrompt } from '../../../content/quiz';
import { measureResponse, responseAxes } from '../../../core/axes';
import { FEATURE_COUNT, axisIndex } from '../../../core/dimensions';
import type { AxisConstants } from '../../../core/manifest';
import type { JudgedResponse, PreferencePair } from '../../../core/preference';
import { createRandom } from '../../../core/random';

/** Quiz answers stand in the log as responses of models that no pool has: `quiz/<answer id>`. */
const MODEL_PREFIX = 'quiz/';

export function quizModelId(answerId: string): string {
  return MODEL_PREFIX + answerId;
}

/** Two answers to one prompt; `id` does not depend on their order. */
export interface CandidatePair {
  readonly id: string;
  readonly prompt: QuizPrompt;
  readonly answers: readonly [QuizAnswer, QuizAnswer];
}

/**
 * An answer as evidence: axes measured in its text, quality as its author judged it, and nothing of the dimensions without a name, which
 * only a model's own predictions have. It cost nothing that is known, so economy stays at the mean.
 */
export function describeAnswer(answer: QuizAnswer, constants: AxisConstants): JudgedResponse {
  const measures = measureResponse(answer.text);
  const features = Array.from({ length: FEATURE_COUNT }, () => 0);
  responseAxes(measures, null, constants).forEach((value, axis) => (features[axis] = value));
  features[axisIndex('quality')] = answer.quality;
  return { modelId: quizModelId(answer.id), features, blindUtility: 0, words: measures.words, costUsd: null, latencyMs: null };
}

function pairId(left: string, right: string): string {
  return [left, right].toSorted().join(' | ');
}

/** Every pair of answers to a prompt. */
export function pairsOf(prompt: QuizPrompt): readonly CandidatePair[] {
  return prompt.answers.flatMap((first, index) =>
    prompt.answers.slice(index + 1).map((second): CandidatePair => ({ id: pairId(first.id, second.id), prompt, answers: [first, second] })),
  );
}

/** Ids of the pairs that count in the log. */
function judgedPairIds(log: readonly PreferencePair[]): ReadonlySet<string> {
  const answerId = (modelId: string) => (modelId.startsWith(MODEL_PREFIX) ? modelId.slice(MODEL_PREFIX.length) : null);
  const ids = log.flatMap((pick) => {
    const chosen = answerId(pick.chosen.modelId);
    const rejected = pick.rejected && answerId(pick.rejected.modelId);
    return pick.source === 'quiz' && pick.undoneAt === null && chosen && rejected ? [pairId(chosen, rejected)] : [];
  });
  return new Set(ids);
}

/**
 * What may be asked next: pairs of prompts that were neither judged nor skipped; when those run out, unjudged pairs of the prompts
 * that were judged. Empty when everything has been asked.
 */
export function unusedPairs(prompts: readonly QuizPrompt[], log: readonly PreferencePair[], skipped: ReadonlySet<string>): readonly CandidatePair[] {
  const judged = judgedPairIds(log);
  const isFresh = (prompt: QuizPrompt) => !skipped.has(prompt.id) && !pairsOf(prompt).some((pair) => judged.has(pair.id));
  const fresh = prompts.filter(isFresh);
  const source = fresh.length > 0 ? fresh : prompts.filter((prompt) => !skipped.has(prompt.id));
  return source.flatMap(pairsOf).filter((pair) => !judged.has(pair.id));
}

/** A random order; equal seeds give equal orders. */
export function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ item }) => item);
}
