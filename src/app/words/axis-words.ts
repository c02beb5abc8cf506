import { AXIS_NAMES, FEATURE_COUNT, type AxisName } from '../../core/dimensions';
import { mark } from '../../core/phrase';
import type { PreferencePair } from '../../core/preference';
import type { AxisReason } from '../../core/routing';
import { t } from '../i18n';

interface AxisWords {
  /** Name of the axis on its own. */
  readonly label: string;
  /** What a response high on it is like, and one low on it. */
  readonly high: string;
  readonly low: string;
}

/** The router's axes in words that a person would use about an answer; English, to be said through `t`. */
export const AXIS_WORDS: Readonly<Record<AxisName, AxisWords>> = {
  quality: { label: mark('Quality'), high: mark('better by common judgement'), low: mark('weaker by common judgement') },
  length: { label: mark('Length'), high: mark('long'), low: mark('short') },
  length_fit: { label: mark('Usual length'), high: mark('of a usual length'), low: mark('unusually long or short') },
  structure: { label: mark('Structure'), high: mark('full of headings and lists'), low: mark('flowing prose') },
  simplicity: { label: mark('Plain language'), high: mark('easy to read'), low: mark('dense') },
  warmth: { label: mark('Warmth'), high: mark('warm'), low: mark('matter-of-fact') },
  rigour: { label: mark('Rigour'), high: mark('step by step'), low: mark('without derivations') },
  certainty: { label: mark('Certainty'), high: mark('committed'), low: mark('hedged') },
  examples: { label: mark('Examples'), high: mark('rich in examples'), low: mark('without examples') },
  interaction: { label: mark('Asking back'), high: mark('asks you back'), low: mark('does not ask back') },
  code: { label: mark('Code'), high: mark('mostly code'), low: mark('little code') },
  economy: { label: mark('Economy'), high: mark('cheap'), low: mark('expensive') },
};

/** Standard deviations from which a trait, or a difference, is worth a word. */
const NOTABLE_TRAIT = 0.5;
const NOTABLE_DIFFERENCE = 0.2;

interface AxisValue {
  readonly axis: AxisName;
  readonly value: number;
}

/** Quality and cost are told in numbers; "of a usual length" is not a style. */
function mostStriking(values: readonly AxisValue[], threshold: number, count: number): readonly AxisValue[] {
  return values
    .filter(({ axis, value }) => axis !== 'quality' && axis !== 'length_fit' && axis !== 'economy' && Math.abs(value) >= threshold)
    .toSorted((left, right) => Math.abs(right.value) - Math.abs(left.value))
    .slice(0, count);
}

/** The most striking traits of a response or a model by itself, for example "short, matter-of-fact". `features` is standardised. */
export function traitWords(features: readonly number[], count: number): readonly string[] {
  const values = AXIS_NAMES.map((axis, index) => ({ axis, value: features[index] ?? 0 }));
  return mostStriking(values, NOTABLE_TRAIT, count).map(({ axis, value }) => t(value > 0 ? AXIS_WORDS[axis].high : AXIS_WORDS[axis].low));
}

/**
 * How one model's answer is expected to differ from those of the others for the same prompt, the most striking first: "shorter, warmer".
 * `features` and each of `others` are `[20]`, standardised; with no other model there is nothing to say.
 */
export function differenceWords(features: readonly number[], others: readonly (readonly number[])[], count: number): readonly string[] {
  if (others.length === 0) return [];
  const meanOf = (index: number) => others.reduce((sum, other) => sum + (other[index] ?? 0), 0) / others.length;
  const values = AXIS_NAMES.map((axis, index) => ({ axis, value: (features[index] ?? 0) - meanOf(index) }));
  return mostStriking(values, NOTABLE_DIFFERENCE, count).map(({ axis, value }) => comparison(axis, value > 0));
}

/** What one reason of the explanation stands for. `chosen` and `runnerUp` are `[20]` features. */
export function reasonLabel(reason: AxisReason, chosen: readonly number[], runnerUp: readonly number[]): string {
  if (reason.axis === 'shared') return t('What most people prefer');
  if (reason.axis === 'speed') return t('Your wish for speed');
  if (reason.axis === 'residual') return t('Style that has no name');
  if (reason.axis === 'model') return t('How its answers have fared with you');
  const index = AXIS_NAMES.indexOf(reason.axis);
  const more = (chosen[index] ?? 0) >= (runnerUp[index] ?? 0);
  return t('{{trait}}: {{difference}}', { trait: t(AXIS_WORDS[reason.axis].label), difference: comparison(reason.axis, more) });
}

const COMPARATIVES: Readonly<Record<AxisName, readonly [string, string]>> = {
  quality: [mark('expected to be better'), mark('expected to be weaker')],
  length: [mark('longer'), mark('shorter')],
  length_fit: [mark('closer to a usual length'), mark('further from a usual length')],
  structure: [mark('more headings and lists'), mark('more flowing prose')],
  simplicity: [mark('easier to read'), mark('denser')],
  warmth: [mark('warmer'), mark('more matter-of-fact')],
  rigour: [mark('more step by step'), mark('fewer steps and sources')],
  certainty: [mark('more committed'), mark('more hedged')],
  examples: [mark('more examples'), mark('fewer examples')],
  interaction: [mark('asks back more'), mark('asks back less')],
  code: [mark('more code'), mark('less code')],
  economy: [mark('cheaper'), mark('more expensive')],
};

function comparison(axis: AxisName, more: boolean): string {
  return t(COMPARATIVES[axis][more ? 0 : 1]);
}

export interface TasteChange {
  readonly axis: AxisName;
  /** Positive = more of it is wanted than before. The unit is that of the user embedding, up to a common factor for `pickEffect`. */
  readonly change: number;
  readonly words: string;
}

/** A change smaller than this share of the largest is not worth a word. */
const WORTH_SAYING = 0.35;

/**
 * What one pick says about the user, in words: the direction in which it moves the user embedding, Σ·x with Σ the posterior covariance and x the
 * feature difference of the two responses (for both good or both bad: plus or minus the responses themselves). This is the Newton step of
 * the pick's own likelihood, so that nothing else that changed meanwhile is credited to it. A tie says only that no difference mattered.
 * `covariance` is `[20 × 20]`, row-major.
 */
export function pickEffect(pair: Pick<PreferencePair, 'outcome' | 'chosen' | 'rejected'>, covariance: readonly number[], count: number): readonly TasteChange[] {
  const direction = evidenceDirection(pair);
  const moves = AXIS_NAMES.map((axis, row) => ({
    axis,
    change: direction.reduce((sum, value, column) => sum + value * (covariance[row * FEATURE_COUNT + column] ?? 0), 0),
  })).toSorted((left, right) => Math.abs(right.change) - Math.abs(left.change));
  const largest = Math.abs(moves[0]?.change ?? 0);
  if (largest === 0) return [];
  return moves
    .slice(0, count)
    .filter(({ change }) => Math.abs(change) >= WORTH_SAYING * largest)
    .map(({ axis, change }) => ({ axis, change, words: t(WANTED[axis][change > 0 ? 0 : 1]) }));
}

function evidenceDirection({ outcome, chosen, rejected }: Pick<PreferencePair, 'outcome' | 'chosen' | 'rejected'>): readonly number[] {
  const other = (index: number) => rejected?.features[index] ?? 0;
  switch (outcome) {
    case 'win':
      return chosen.features.map((value, index) => value - other(index));
    case 'tie':
      return [];
    case 'both_good':
      return chosen.features.map((value, index) => value + other(index));
    case 'both_bad':
      return chosen.features.map((value, index) => -(value + other(index)));
  }
}

/** The axes on which the user embedding differs most between two states, in words. Both are `[20]`; `before` null = zero. */
export function tasteChanges(before: readonly number[] | null, after: readonly number[], count: number): readonly TasteChange[] {
  return AXIS_NAMES.map((axis, index) => ({ axis, change: (after[index] ?? 0) - (before?.[index] ?? 0) }))
    .filter(({ change }) => Math.abs(change) > 0.005)
    .toSorted((left, right) => Math.abs(right.change) - Math.abs(left.change))
    .slice(0, count)
    .map(({ axis, change }) => ({ axis, change, words: t(WANTED[axis][change > 0 ? 0 : 1]) }));
}

const WANTED: Readonly<Record<AxisName, readonly [string, string]>> = {
  quality: [mark('quality above style'), mark('style above quality')],
  length: [mark('longer answers'), mark('shorter answers')],
  length_fit: [mark('answers of a usual length'), mark('unusually long or short answers')],
  structure: [mark('more headings and lists'), mark('more flowing prose')],
  simplicity: [mark('plainer language'), mark('denser language')],
  warmth: [mark('a warmer tone'), mark('a more matter-of-fact tone')],
  rigour: [mark('more steps and sources'), mark('fewer steps and sources')],
  certainty: [mark('more commitment'), mark('more caution')],
  examples: [mark('more examples'), mark('fewer examples')],
  interaction: [mark('asking back more'), mark('asking back less')],
  code: [mark('more code'), mark('less code')],
  economy: [mark('cheaper models'), mark('cost matters less')],
};
