import type { AdaptationState } from '../../core/adaptation-state';
import { AXIS_NAMES, FEATURE_COUNT, type AxisName } from '../../core/dimensions';
import { normalCdf } from '../../core/normal';
import type { PreferencePair } from '../../core/preference';
import { joinedText, t } from '../i18n';
import { AXIS_WORDS, pickEffect, tasteChanges, type TasteChange } from './axis-words';

/** How sure it is that the weight of an axis has the sign it has. */
export type Certainty = 'unknown' | 'leaning' | 'clear';

/** Probabilities of the sign from which a wish is worth a word. */
const LEANING_FROM = 0.8;
const CLEAR_FROM = 0.95;
/** Weights below this, log-odds for a standard deviation of the axis, nobody would notice, however sure their sign is. */
const LEAST_NOTICED = 0.05;

export interface TasteAxis {
  readonly axis: AxisName;
  readonly label: string;
  /** Weight of the user embedding on this axis; positive = more of it is wanted. */
  readonly weight: number;
  /** Posterior standard deviation of the weight. */
  readonly deviation: number;
  readonly certainty: Certainty;
  /** What the weight asks for, for example "shorter answers". */
  readonly words: string;
}

export type TasteState = Pick<AdaptationState, 'userEmbedding' | 'covariance'>;

/** The named axes of a user embedding, in their fixed order. */
export function tasteAxes({ userEmbedding, covariance }: TasteState): readonly TasteAxis[] {
  return AXIS_NAMES.map((axis, index) => {
    const weight = userEmbedding[index] ?? 0;
    const deviation = Math.sqrt(Math.max(0, covariance[index * FEATURE_COUNT + index] ?? 0));
    return { axis, label: t(AXIS_WORDS[axis].label), weight, deviation, certainty: certaintyOf(weight, deviation), words: wishWords(axis, weight) };
  });
}

function certaintyOf(weight: number, deviation: number): Certainty {
  if (Math.abs(weight) < LEAST_NOTICED) return 'unknown';
  if (deviation === 0) return 'clear';
  const probability = normalCdf(Math.abs(weight) / deviation);
  if (probability >= CLEAR_FROM) return 'clear';
  return probability >= LEANING_FROM ? 'leaning' : 'unknown';
}

/** The words of tasteChanges for one weight, whatever its size. */
function wishWords(axis: AxisName, weight: number): string {
  const only = AXIS_NAMES.map((name) => (name === axis ? Math.sign(weight) || 1 : 0));
  return tasteChanges(null, only, 1)[0]?.words ?? t(AXIS_WORDS[axis].label);
}

export interface TasteSummary {
  readonly clear: readonly string[];
  readonly leaning: readonly string[];
  readonly unknown: readonly string[];
}

/** The profile in words, surest first; `unknown` holds the labels of axes that could go either way. */
export function tasteSummary(axes: readonly TasteAxis[]): TasteSummary {
  const bySureness = axes.toSorted((left, right) => sureness(right) - sureness(left));
  const wishes = (certainty: Certainty) => bySureness.filter((axis) => axis.certainty === certainty).map((axis) => axis.words);
  return { clear: wishes('clear'), leaning: wishes('leaning'), unknown: axes.filter((axis) => axis.certainty === 'unknown').map((axis) => axis.label) };
}

function sureness({ weight, deviation }: TasteAxis): number {
  return Math.abs(weight) / Math.max(deviation, 1e-9);
}

/** What one pick taught, the most striking first. `covariance` is that of the profile after it, `[20 × 20]`. */
export function changesFromPick(pick: PreferencePair, covariance: readonly number[], count: number): readonly TasteChange[] {
  return withoutEcho(pickEffect(pick, covariance, count + 1)).slice(0, count);
}

/** How usual a length is moves along with the length; beside "shorter answers" it would only puzzle. */
function withoutEcho(changes: readonly TasteChange[]): readonly TasteChange[] {
  const hasLength = changes.some(({ axis }) => axis === 'length');
  return changes.filter(({ axis }) => axis !== 'length_fit' || !hasLength);
}

/** "a, b and c". */
export function listText(words: readonly string[]): string {
  return joinedText(words);
}
