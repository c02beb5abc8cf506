import type { AdaptationState } from '../../../core/adaptation-state';
import { decayWeights } from '../../../core/drift';
import type { JudgedResponse, PreferencePair, PreferenceSource } from '../../../core/preference';
import { traitWords } from '../../words/axis-words';

export const SOURCE_LABEL: Readonly<Record<PreferenceSource, string>> = {
  quiz: 'Taste quiz',
  compare: 'Comparison',
  thumb: 'Thumb',
  regenerate: 'Regenerated',
  switch: 'Changed model',
  import: 'Imported',
};

export type LogFilter = PreferenceSource | 'all' | 'undone';

/** Newest first. */
export function filterLog(log: readonly PreferencePair[], filter: LogFilter, query: string): readonly PreferencePair[] {
  const wanted = query.trim().toLocaleLowerCase();
  return log
    .filter((pick) => (filter === 'all' || (filter === 'undone' ? pick.undoneAt !== null : pick.source === filter)) && pick.promptExcerpt.toLocaleLowerCase().includes(wanted))
    .toReversed();
}

/** Sources that occur, for the filter. */
export function sourcesIn(log: readonly PreferencePair[]): readonly PreferenceSource[] {
  return [...new Set(log.map((pick) => pick.source))];
}

type NameOf = (modelId: string) => string;

/** What the pick said: "Fast Model over Slow Model", "short, warm over long, hedged" for the quiz, whose answers have no model. */
export function verdictText(pick: PreferencePair, nameOf: NameOf): string {
  const name = (response: JudgedResponse) => (pick.source === 'quiz' ? answerText(response) : nameOf(response.modelId));
  const chosen = name(pick.chosen);
  if (pick.rejected === null) return pick.outcome === 'both_good' ? `${chosen}: good answer` : `${chosen}: poor answer`;
  const rejected = name(pick.rejected);
  switch (pick.outcome) {
    case 'win':
      return `${chosen} over ${rejected}`;
    case 'tie':
      return `${chosen} and ${rejected}: equally good`;
    case 'both_good':
      return `${chosen} and ${rejected}: both good`;
    case 'both_bad':
      return `${chosen} and ${rejected}: both bad`;
  }
}

function answerText(response: JudgedResponse): string {
  const traits = traitWords(response.features, 2);
  const length = `${response.words} words`;
  return `“${traits.length > 0 ? `${traits.join(', ')}, ${length}` : length}”`;
}

/** By pick id: the share of a full pick that this one counts now, from its source and its age. */
export function currentWeights(log: readonly PreferencePair[], adaptation: AdaptationState | null): ReadonlyMap<string, number> {
  const active = log.filter((pick) => pick.undoneAt === null);
  const decay = adaptation ? decayWeights(active, adaptation.drift) : active.map(() => 1);
  return new Map(active.map((pick, index) => [pick.id, pick.weight * (decay[index] ?? 1)]));
}

/** "counts in full", "counts 50 %", "does not count". */
export function weightText(weight: number | undefined): string {
  if (weight === undefined) return 'does not count';
  if (weight >= 0.995) return 'counts in full';
  const percent = Math.round(100 * weight);
  return percent < 1 ? 'hardly counts' : `counts ${percent} %`;
}

/** When taste is thought to have changed, and how many picks lie before; null when no change stands. */
export function detectedChange(log: readonly PreferencePair[], adaptation: AdaptationState | null): { readonly at: number; readonly before: number } | null {
  const id = adaptation?.drift.changeAtPickId ?? null;
  const active = log.filter((pick) => pick.undoneAt === null);
  const index = id === null ? -1 : active.findIndex((pick) => pick.id === id);
  const pick = active[index];
  return pick && index > 0 ? { at: pick.createdAt, before: index } : null;
}
