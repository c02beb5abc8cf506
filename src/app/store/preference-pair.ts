import { measureResponse, responseAxes } from '../../core/axes';
import { AXIS_COUNT, axisIndex } from '../../core/dimensions';
import type { AxisConstants } from '../../core/manifest';
import { SOURCE_WEIGHT, type JudgedResponse, type Outcome, type PreferencePair, type PreferenceSource } from '../../core/preference';

/** Characters of the prompt kept with a pick, so that a person recognises it in Memory. */
const EXCERPT_LENGTH = 160;

export interface SeenResponse {
  readonly modelId: string;
  /** `[20]` the router's prediction for this model and prompt. */
  readonly predicted: readonly number[];
  readonly blindUtility: number;
  /** What was read; null when this model's response was never seen. */
  readonly text: string | null;
  /** Null when unknown; then the predicted economy stays. */
  readonly costUsd: number | null;
  readonly latencyMs: number | null;
  readonly constants: AxisConstants;
}

/** A response as evidence: axes measured where it was read, predicted where not; quality and the residual are always predicted. */
export function judgedResponse({ modelId, predicted, blindUtility, text, costUsd, latencyMs, constants }: SeenResponse): JudgedResponse {
  if (text === null) return { modelId, features: predicted, blindUtility, words: 0, costUsd, latencyMs };
  const measures = measureResponse(text);
  const measured = responseAxes(measures, costUsd, constants);
  const isPredicted = (axis: number) => axis >= AXIS_COUNT || axis === axisIndex('quality') || (axis === axisIndex('economy') && costUsd === null);
  const features = predicted.map((value, axis) => (isPredicted(axis) ? value : (measured[axis] ?? value)));
  return { modelId, features, blindUtility, words: measures.words, costUsd, latencyMs };
}

export interface Judgement {
  readonly id: string;
  readonly createdAt: number;
  readonly source: PreferenceSource;
  readonly outcome: Outcome;
  /** For ties and both bad: the one shown first. */
  readonly chosen: JudgedResponse;
  readonly rejected: JudgedResponse | null;
  readonly queryEmbedding: Float32Array;
  readonly prompt: string;
  readonly artifactVersion: string;
  readonly blind?: boolean;
  readonly chosenSide?: 'left' | 'right' | null;
  /** Probability that the policy showed what was judged; 1 when the user chose it. */
  readonly propensity?: number;
  readonly conversationId?: string | null;
  readonly turnId?: string | null;
}

/** An entry of the preference log, weighted by its source. */
export function preferencePair(judgement: Judgement): PreferencePair {
  const { prompt, blind = false, chosenSide = null, propensity = 1, conversationId = null, turnId = null, ...rest } = judgement;
  const excerpt = prompt.trim().replace(/\s+/g, ' ');
  return {
    ...rest,
    promptExcerpt: excerpt.length > EXCERPT_LENGTH ? `${excerpt.slice(0, EXCERPT_LENGTH - 1)}…` : excerpt,
    weight: SOURCE_WEIGHT[judgement.source],
    blind,
    chosenSide,
    propensity,
    conversationId,
    turnId,
    undoneAt: null,
  };
}
