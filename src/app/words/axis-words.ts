import { AXIS_NAMES, FEATURE_COUNT, type AxisName } from '../../core/dimensions';
import type { PreferencePair } from '../../core/preference';
import type { AxisReason } from '../../core/routing';

interface AxisWords {
  /** Name of the axis on its own. */
  readonly label: string;
  /** What a response high on it is like, and one low on it. */
  readonly high: string;
  readonly low: string;
}

/** The router's axes in words that a person would use about an answer. */
export const AXIS_WORDS: Readonly<Record<AxisName, AxisWords>> = {
  quality: { label: 'Quality', high: 'better by common judgement', low: 'weaker by common judgement' },
  length: { label: 'Length', high: 'long', low: 'short' },
  length_fit: { label: 'Usual length', high: 'of a usual length', low: 'unusually long or short' },
  structure: { label: 'Structure', high: 'full of headings and lists', low: 'flowing prose' },
  simplicity: { label: 'Plain language', high: 'easy to read', low: 'dense' },
  warmth: { label: 'Warmth', high: 'warm', low: 'matter-of-fact' },
  rigour: { label: 'Rigour', high: 'step by step', low: 'without derivations' },
  certainty: { label: 'Certainty', high: 'committed', low: 'hedged' },
  examples: { label: 'Examples', high: 'rich in examples', low: 'without examples' },
  interaction: { label: 'Asking back', high: 'asks you back', low: 'does not ask back' },
  code: { label: 'Code', high: 'mostly code', low: 'little code' },
  economy: { label: 'Economy', high: 'cheap', low: 'expensive' },
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
  return mostStriking(values, NOTABLE_TRAIT, count).map(({ axis, value }) => (value > 0 ? AXIS_WORDS[axis].high : AXIS_WORDS[axis].low));
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
  if (reason.axis === 'shared') return 'What most people prefer';
  if (reason.axis === 'speed') return 'Your wish for speed';
  if (reason.axis === 'residual') return 'Style that has no name';
  const index = AXIS_NAMES.indexOf(reason.axis);
  const more = (chosen[index] ?? 0) >= (runnerUp[index] ?? 0);
  return `${AXIS_WORDS[reason.axis].label}: ${comparison(reason.axis, more)}`;
}

const COMPARATIVES: Readonly<Record<AxisName, readonly [string, string]>> = {
  quality: ['expected to be better', 'expected to be weaker'],
  length: ['longer', 'shorter'],
  length_fit: ['closer to a usual length', 'further from a usual length'],
  structure: ['more headings and lists', 'more flowing prose'],
  simplicity: ['easier to read', 'denser'],
  warmth: ['warmer', 'more matter-of-fact'],
  rigour: ['more step by step', 'fewer steps and sources'],
  certainty: ['more committed', 'more hedged'],
  examples: ['more examples', 'fewer examples'],
  interaction: ['asks back more', 'asks back less'],
  code: ['more code', 'less code'],
  economy: ['cheaper', 'more expensive'],
};

function comparison(axis: AxisName, more: boolean): string {
  return COMPARATIVES[axis][more ? 0 : 1];
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
    .map(({ axis, change }) => ({ axis, change, words: WANTED[axis][change > 0 ? 0 : 1] }));
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
    .map(({ axis, change }) => ({ axis, change, words: WANTED[axis][change > 0 ? 0 : 1] }));
}

const WANTED: Readonly<Record<AxisName, readonly [string, string]>> = {
  quality: ['quality above style', 'style above quality'],
  length: ['longer answers', 'shorter answers'],
  length_fit: ['answers of a usual length', 'unusually long or short answers'],
  structure: ['more headings and lists', 'more flowing prose'],
  simplicity: ['plainer language', 'denser language'],
  warmth: ['a warmer tone', 'a more matter-of-fact tone'],
  rigour: ['more steps and sources', 'fewer steps and sources'],
  certainty: ['more commitment', 'more caution'],
  examples: ['more examples', 'fewer examples'],
  interaction: ['asking back more', 'asking back less'],
  code: ['more code', 'less code'],
  economy: ['cheaper models', 'cost matters less'],
};
