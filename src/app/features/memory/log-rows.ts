import type { AdaptationState } from '../../../core/adaptation-state';
import { decayWeights } from '../../../core/drift';
import { mark } from '../../../core/phrase';
import type { JudgedResponse, PreferencePair, PreferenceSource } from '../../../core/preference';
import { listedText, t } from '../../i18n';
import { traitWords } from '../../words/axis-words';

export const SOURCE_LABEL: Readonly<Record<PreferenceSource, string>> = {
  quiz: mark('Taste quiz'),
  compare: mark('Comparison'),
  thumb: mark('Thumb'),
  regenerate: mark('Regenerated'),
  switch: mark('Changed model'),
  import: mark('Imported'),
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
  if (pick.rejected === null) return pick.outcome === 'both_good' ? t('{{answer}}: good answer', { answer: chosen }) : t('{{answer}}: poor answer', { answer: chosen });
  const rejected = name(pick.rejected);
  switch (pick.outcome) {
    case 'win':
      return t('{{chosen}} over {{rejected}}', { chosen, rejected });
    case 'tie':
      return t('{{chosen}} and {{rejected}}: equally good', { chosen, rejected });
    case 'both_good':
      return t('{{chosen}} and {{rejected}}: both good', { chosen, rejected });
    case 'both_bad':
      return t('{{chosen}} and {{rejected}}: both bad', { chosen, rejected });
  }
}

function answerText(response: JudgedResponse): string {
  const traits = traitWords(response.features, 2);
  const length = t('{{number}} words', { number: response.words });
  return t('“{{traits}}”', { traits: listedText([...traits, length]) });
}

/** By pick id: the share of a full pick that this one counts now, from its source and its age. */
export function currentWeights(log: readonly PreferencePair[], adaptation: AdaptationState | null): ReadonlyMap<string, number> {
  const active = log.filter((pick) => pick.undoneAt === null);
  const decay = adaptation ? decayWeights(active, adaptation.drift) : active.map(() => 1);
  return new Map(active.map((pick, index) => [pick.id, pick.weight * (decay[index] ?? 1)]));
}

/** "counts in full", "counts 50 %", "does not count". */
export function weightText(weight: number | undefined): string {
  if (weight === undefined) return t('does not count');
  if (weight >= 0.995) return t('counts in full');
  const percent = Math.round(100 * weight);
  return percent < 1 ? t('hardly counts') : t('counts {{percent}} %', { percent });
}

/** When taste is thought to have changed, and how many picks lie before; null when no change stands. */
export function detectedChange(log: readonly PreferencePair[], adaptation: AdaptationState | null): { readonly at: number; readonly before: number } | null {
  const id = adaptation?.drift.changeAtPickId ?? null;
  const active = log.filter((pick) => pick.undoneAt === null);
  const index = id === null ? -1 : active.findIndex((pick) => pick.id === id);
  const pick = active[index];
  return pick && index > 0 ? { at: pick.createdAt, before: index } : null;
}
